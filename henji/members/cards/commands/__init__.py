"""Deeds: what happens to cards."""

from henji.members.cards.commands.applying import TO_BE_CLOSED_WITHIN, apply, withdraw_consent
from henji.members.cards.commands.bank import Checked, check, export, import_returns
from henji.members.cards.commands.holding import (
    activate,
    close,
    find,
    hand_out,
    lose,
    reapply,
    replace,
    reveal_number,
    withdraw_hand_out,
)

__all__ = [
    "TO_BE_CLOSED_WITHIN",
    "Checked",
    "activate",
    "apply",
    "check",
    "close",
    "export",
    "find",
    "hand_out",
    "import_returns",
    "lose",
    "reapply",
    "replace",
    "reveal_number",
    "withdraw_consent",
    "withdraw_hand_out",
]
