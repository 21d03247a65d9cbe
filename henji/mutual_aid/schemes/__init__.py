"""救助方案: who is covered, for what, by how much, how both rates are defined: data, by year and region."""
