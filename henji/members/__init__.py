"""会员: the one database of members."""
