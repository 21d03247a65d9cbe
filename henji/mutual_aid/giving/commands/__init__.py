"""Deeds: lists made and handed out, gifts reported and accepted, money paid in, receipts."""

from henji.mutual_aid.giving.commands.paying import (
    cancel_receipt,
    issue_receipt,
    record_slip,
    withdraw_slip,
)
from henji.mutual_aid.giving.commands.reporting import accept_reports, open_link, report_gifts, return_report
from henji.mutual_aid.giving.commands.rolls import hand_out, make_rolls, revoke_link

__all__ = [
    "accept_reports",
    "cancel_receipt",
    "hand_out",
    "issue_receipt",
    "make_rolls",
    "open_link",
    "record_slip",
    "report_gifts",
    "return_report",
    "revoke_link",
    "withdraw_slip",
]
