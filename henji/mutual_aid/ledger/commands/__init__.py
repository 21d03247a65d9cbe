"""Deeds on the books: vouchers by hand, closings, and what the bank says."""

from henji.mutual_aid.ledger.commands.bank import confirm_matches, import_statement, withdraw_match
from henji.mutual_aid.ledger.commands.books import close_books, enter_voucher, reverse_voucher

__all__ = [
    "close_books",
    "confirm_matches",
    "enter_voucher",
    "import_statement",
    "reverse_voucher",
    "withdraw_match",
]
