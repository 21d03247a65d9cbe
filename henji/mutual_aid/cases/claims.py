"""申请内容: what an applicant tells, as it lies in the envelope of the application."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal

from henji.lib.text import tidy, tidy_name

#: What is told in words or names persons, and lies in the envelope; days and amounts stand beside it.
SEALED = ("disease", "patient", "identity", "hospital", "card", "holder", "bank", "phone", "reason", "income")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """申请内容. `identity` and `patient` are those of whoever is ill.

    Amounts in yuan; `income` is what the applicant earns a month. `holder` is in whose name the account
    `card` is kept, `bank` where.
    """

    category: str
    relation: str
    event_on: date
    costs_yuan: Decimal
    insured_yuan: Decimal
    patient: str
    identity: str
    card: str
    holder: str
    bank: str = ""
    disease: str = ""
    hospital: str = ""
    phone: str = ""
    reason: str = ""
    income: str = ""

    @property
    def own_yuan(self) -> Decimal:
        """自付: what the household itself paid."""
        return self.costs_yuan - self.insured_yuan

    @property
    def income_yuan(self) -> Decimal | None:
        """月收入; None where nobody told it."""
        return Decimal(self.income) if self.income else None

    @property
    def born_on(self) -> date | None:
        """患者出生日期, as the identity number tells it."""
        digits = self.identity[6:14]
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            return None

    @property
    def sealed(self) -> dict[str, str]:
        """What lies in the envelope."""
        told = asdict(self)
        return {name: told[name] for name in SEALED if told[name]}

    def tidied(self) -> "Claim":
        """整理: without needless spaces, and no longer than anybody reads."""
        told = asdict(self)
        names = {"patient": tidy_name(self.patient), "holder": tidy_name(self.holder)}
        words = {field.name: tidy(told[field.name])[:_LONGEST] for field in fields(self) if field.type is str}
        return Claim(**{**told, **words, **names})
