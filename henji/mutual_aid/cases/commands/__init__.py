"""Deeds: what happens to applications for aid, from the application to the file."""

from henji.mutual_aid.cases.commands.applying import Handed, add_papers, apply, supplement, withdraw
from henji.mutual_aid.cases.commands.checking import answer_doubt, refuse, reveal, send_back, visit
from henji.mutual_aid.cases.commands.closing import (
    demand_back,
    file_away,
    keep_receipt,
    record_recovery,
)
from henji.mutual_aid.cases.commands.deciding import Choice, Decision, decide, record_city_decision
from henji.mutual_aid.cases.commands.paying import (
    cancel_batch,
    form_batch,
    import_returns,
    send_batch,
)
from henji.mutual_aid.cases.commands.posting import answer_objection, hear_objection, post

__all__ = [
    "Choice",
    "Decision",
    "Handed",
    "add_papers",
    "answer_doubt",
    "answer_objection",
    "apply",
    "cancel_batch",
    "decide",
    "demand_back",
    "file_away",
    "form_batch",
    "hear_objection",
    "import_returns",
    "keep_receipt",
    "post",
    "record_city_decision",
    "record_recovery",
    "refuse",
    "reveal",
    "send_back",
    "send_batch",
    "supplement",
    "visit",
    "withdraw",
]
