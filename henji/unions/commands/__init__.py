"""Deeds: founding, closing and describing unions; registering, correcting and organising employers."""

from henji.unions.commands.clears import keep_clears
from henji.unions.commands.employers import correct_employer, import_employers, organise, register_employer
from henji.unions.commands.founding import close_union, found_county, found_union, withdraw_closing
from henji.unions.commands.records import keep_record, reveal_phone

__all__ = [
    "close_union",
    "correct_employer",
    "found_county",
    "found_union",
    "import_employers",
    "keep_clears",
    "keep_record",
    "organise",
    "register_employer",
    "reveal_phone",
    "withdraw_closing",
]
