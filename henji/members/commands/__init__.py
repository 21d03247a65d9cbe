"""Deeds: taking in rosters, enrolling and correcting one person, finding employers, revealing."""

from henji.members.commands.persons import correct_person, enrol, reveal
from henji.members.commands.rosters import import_roster, place, withdraw_placing

__all__ = [
    "correct_person",
    "enrol",
    "import_roster",
    "place",
    "reveal",
    "withdraw_placing",
]
