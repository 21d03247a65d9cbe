"""Deeds: opening drives, recording and correcting gifts, paying aid, granting subsidies."""

from henji.mutual_aid.commands.aid import correct_aid, pay_aid, withdraw_aid
from henji.mutual_aid.commands.drives import correct_drive, open_drive
from henji.mutual_aid.commands.gifts import (
    correct_donation,
    import_donations,
    name_donor,
    record_donation,
    withdraw_donation,
)
from henji.mutual_aid.commands.subsidies import correct_subsidy, grant_subsidy, withdraw_subsidy

__all__ = [
    "correct_aid",
    "correct_donation",
    "correct_drive",
    "correct_subsidy",
    "grant_subsidy",
    "import_donations",
    "name_donor",
    "open_drive",
    "pay_aid",
    "record_donation",
    "withdraw_aid",
    "withdraw_donation",
    "withdraw_subsidy",
]
