"""Deeds: taking in rosters, finding employers, enrolling, correcting, revealing, moving memberships."""

from henji.members.commands.asking import ask_for, ask_for_transfer, decline_asking
from henji.members.commands.doubts import look_for_doubts, reopen_doubt, settle_by_moving, settle_doubt
from henji.members.commands.erasing import erase_person
from henji.members.commands.merging import merge, unmerge
from henji.members.commands.moving import change_standing, end_membership, rejoin, withdraw_turn
from henji.members.commands.persons import correct_person, enrol, reveal
from henji.members.commands.rosters import import_roster, place, withdraw_placing
from henji.members.commands.transfers import accept, refuse, release, withdraw_release

__all__ = [
    "accept",
    "ask_for",
    "ask_for_transfer",
    "change_standing",
    "correct_person",
    "decline_asking",
    "end_membership",
    "enrol",
    "erase_person",
    "import_roster",
    "look_for_doubts",
    "merge",
    "place",
    "refuse",
    "rejoin",
    "release",
    "reopen_doubt",
    "reveal",
    "settle_by_moving",
    "settle_doubt",
    "unmerge",
    "withdraw_placing",
    "withdraw_release",
    "withdraw_turn",
]
