"""申请与判定: what is claimed and what was given before, and what a judgment says. Pure: no Django, no clock.

Reasons and questions are told by a code and its values; `schemes.wording` has the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Claim:
    """申请: what is claimed. What is not known is None; who, is told by any key that stays the same.

    `event_on` is the day of the accident, the discharge, the disaster; for a disease the day of its diagnosis
    counts where this is not given. `gave` is whether the participant gave to the drive of the aid year,
    `renewed` whether also to the one before. `proposed_yuan` is what is proposed where the scheme leaves it
    open.
    """

    category: str
    relation: str = "self"
    disease: str = ""
    diagnosed_on: date | None = None
    event_on: date | None = None
    applied_on: date | None = None
    costs_yuan: Decimal | None = None
    insured_yuan: Decimal | None = None
    own_yuan: Decimal | None = None
    loss_yuan: Decimal | None = None
    proposed_yuan: Decimal | None = None
    degree: str = ""
    participant: str = ""
    patient: str = ""
    gave: bool | None = None
    renewed: bool | None = None
    first_diagnosis: bool | None = None
    condition_met: bool | None = None
    patient_employed: bool | None = None
    patient_born_on: date | None = None
    patient_studies: bool | None = None

    @property
    def who(self) -> str:
        """The patient."""
        return self.patient or (self.participant if self.relation == "self" else "")

    @property
    def day(self) -> date | None:
        """The day that decides to which aid year it belongs."""
        return self.event_on or self.diagnosed_on


@dataclass(frozen=True, slots=True)
class Past:
    """以往救助: what was given before; `on` is the day that decides to which aid year it belongs."""

    category: str
    on: date
    amount_yuan: Decimal
    relation: str = "self"
    disease: str = ""
    participant: str = ""
    patient: str = ""

    @property
    def who(self) -> str:
        """The patient."""
        return self.patient or (self.participant if self.relation == "self" else "")


@dataclass(frozen=True, slots=True)
class Said:
    """一句话: by its code, with its values."""

    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """问题. While one that `stops` is not answered otherwise, the scheme gives nothing."""

    code: str
    values: Values = field(default_factory=dict)
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """判定: the amount, and how high the meeting may go where the scheme leaves it open.

    `otherwise_yuan` is the amount if the questions that stop it were none.
    """

    amount_yuan: Decimal = ZERO
    most_yuan: Decimal = ZERO
    otherwise_yuan: Decimal = ZERO
    questions: tuple[Question, ...] = ()
    reasons: tuple[Said, ...] = ()
    goes_to_city: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether a question has to be answered before anything is given."""
        return any(question.stops for question in self.questions)

    @property
    def is_open(self) -> bool:
        """Whether the scheme leaves the amount to the meeting."""
        return self.amount_yuan != self.most_yuan
