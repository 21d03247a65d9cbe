"""Deeds: publishing standards, stating values, signing scores."""

from henji.assessment.commands.acceptance import set_acceptance
from henji.assessment.commands.charges import assign_item
from henji.assessment.commands.signing import sign_self_score, sign_superior_score
from henji.assessment.commands.standards import (
    begin_draft,
    discard_draft,
    publish_draft,
    publish_standard,
    restore_draft,
    save_draft,
)
from henji.assessment.commands.targets import receive_targets
from henji.assessment.commands.values import state_value

__all__ = [
    "assign_item",
    "begin_draft",
    "discard_draft",
    "publish_draft",
    "publish_standard",
    "receive_targets",
    "restore_draft",
    "save_draft",
    "set_acceptance",
    "sign_self_score",
    "sign_superior_score",
    "state_value",
]
