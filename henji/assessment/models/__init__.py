"""Nouns: standards, drafts, values stated by hand, signed scores, targets, charges, acceptances, a cache."""

from henji.assessment.models.acceptance import Acceptance
from henji.assessment.models.cache import DayScore, FigureDay
from henji.assessment.models.charges import Charge, ChargeQuerySet
from henji.assessment.models.signed import Column, SignedScore, SignedScoreQuerySet
from henji.assessment.models.standards import (
    DraftText,
    DraftTextQuerySet,
    PublishedStandard,
    PublishedStandardQuerySet,
    StandardDraft,
    StandardDraftQuerySet,
)
from henji.assessment.models.targets import Target, TargetQuerySet
from henji.assessment.models.values import StatedValue, StatedValueQuerySet, ValueKind

__all__ = [
    "Acceptance",
    "Charge",
    "ChargeQuerySet",
    "Column",
    "DayScore",
    "DraftText",
    "DraftTextQuerySet",
    "FigureDay",
    "PublishedStandard",
    "PublishedStandardQuerySet",
    "SignedScore",
    "SignedScoreQuerySet",
    "StandardDraft",
    "StandardDraftQuerySet",
    "StatedValue",
    "StatedValueQuerySet",
    "Target",
    "TargetQuerySet",
    "ValueKind",
]
