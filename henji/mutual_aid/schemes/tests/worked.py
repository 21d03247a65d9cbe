"""手算的例子: claims under the reference scheme, each reckoned by hand from its table."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from henji.mutual_aid.schemes.claims import Claim, Past

CANCER, KIDNEY = "恶性肿瘤", "慢性肾功能衰竭"
LI, WANG = "participant-li", "participant-wang"
MOTHER, WIFE, CHILD = "patient-mother", "patient-wife", "patient-child"


@dataclass(frozen=True)
class Worked:
    """例: what is claimed after what, what it gives, and by which codes it is questioned."""

    words: str
    claim: Claim
    gives: str
    asks: tuple[str, ...] = ()
    before: tuple[Past, ...] = field(default=())
    to_city: bool = False
    most: str = ""


def ill(own: str | None = "12000", **more) -> Claim:
    """A participant's first cancer of the year."""
    told: dict[str, Any] = {
        "category": "S1",
        "disease": CANCER,
        "diagnosed_on": date(2016, 3, 8),
        "own_yuan": None if own is None else Decimal(own),
        "participant": LI,
        "gave": True,
        "first_diagnosis": True,
    }
    return Claim(**(told | more))


def other(own: str, **more) -> Claim:
    """Another disease of a participant."""
    return ill(own, category="S2", disease="肺炎", first_diagnosis=None, **more)


def wife(own: str = "12000", **more) -> Claim:
    told: dict[str, Any] = {
        "category": "S3",
        "relation": "spouse",
        "patient": WIFE,
        "patient_employed": False,
    }
    return ill(own, **(told | more))


def child(born_on: date | None, **more) -> Claim:
    told: dict[str, Any] = {
        "category": "S3",
        "relation": "child",
        "patient": CHILD,
        "patient_born_on": born_on,
    }
    return ill("12000", **(told | more))


def mother(**more) -> Claim:
    return ill(None, **({"category": "S4", "relation": "parent", "patient": MOTHER} | more))


def event(category: str, **more) -> Claim:
    told: dict[str, Any] = {
        "category": category,
        "event_on": date(2016, 7, 19),
        "participant": LI,
        "gave": True,
    }
    return Claim(**(told | more))


def past(on: date = date(2016, 5, 4), amount: str = "3000", **more) -> Past:
    told: dict[str, Any] = {"category": "S1", "disease": CANCER, "participant": LI}
    return Past(on=on, amount_yuan=Decimal(amount), **(told | more))


YEAR_BEFORE = date(2015, 6, 1)

WORKED = [
    # 分档的边
    Worked("nothing paid oneself", ill("0"), "2000"),
    Worked("the fen below the second tier", ill("9999.99"), "2000"),
    Worked("exactly at the second tier", ill("10000"), "3000"),
    Worked("the fen below the third tier", ill("29999.99"), "3000"),
    Worked("exactly at the third tier", ill("30000"), "5000"),
    Worked("the fen below the highest tier", ill("49999.99"), "5000"),
    Worked("exactly at the highest tier, more than the county decides", ill("50000"), "8000", to_city=True),
    Worked("far above the highest tier", ill("480000"), "8000", to_city=True),
    Worked(
        "own payment reckoned from the bill",
        ill(None, costs_yuan=Decimal(60000), insured_yuan=Decimal("29999.99")),
        "5000",
    ),
    Worked(
        "own payment that the bill contradicts",
        ill("30000", costs_yuan=Decimal(60000), insured_yuan=Decimal(40000)),
        "5000",
        ("own_differs",),
    ),
    Worked("no payment known", ill(None), "0", ("no_sum",)),
    Worked("a payment below nought", ill("-1"), "0", ("below_zero", "below")),
    Worked(
        "more insured than it cost",
        ill(None, costs_yuan=Decimal(100), insured_yuan=Decimal(200)),
        "0",
        ("insured_more", "below"),
    ),
    # 救助期
    Worked("the first day of the aid year", ill(diagnosed_on=date(2016, 1, 1)), "3000"),
    Worked("the day before", ill(diagnosed_on=date(2015, 12, 31)), "0", ("outside_year",)),
    Worked("the last day of the aid year", ill(diagnosed_on=date(2016, 12, 31)), "3000"),
    Worked("the day after", ill(diagnosed_on=date(2017, 1, 1)), "0", ("outside_year",)),
    Worked("leap day", ill(diagnosed_on=date(2016, 2, 29)), "3000"),
    Worked("no day", ill(diagnosed_on=None), "0", ("no_day",)),
    Worked(
        "diagnosed the year before, left hospital in this one",
        ill(diagnosed_on=date(2015, 12, 31), event_on=date(2016, 1, 9)),
        "0",
        ("diagnosed_before",),
    ),
    # 首次、只给一次
    Worked("not the first diagnosis", ill(first_diagnosis=False), "0", ("not_first",)),
    Worked("nobody knows whether the first", ill(first_diagnosis=None), "3000", ("first_unknown",)),
    Worked("the same disease again", ill(), "0", ("same_disease_this_year",), (past(),)),
    Worked(
        "the same disease under its code", ill(disease="D01"), "0", ("same_disease_this_year",), (past(),)
    ),
    Worked(
        "a second disease in the year",
        ill("30000", disease=KIDNEY, condition_met=True),
        "5000",
        before=(past(),),
    ),
    Worked(
        "the same disease, aided in an earlier year",
        ill(),
        "0",
        ("aided_in_earlier_year",),
        (past(YEAR_BEFORE),),
    ),
    Worked("another's cancer is no matter", ill(), "3000", before=(past(participant=WANG),)),
    # 病种
    Worked("a disease that is not listed", ill(disease="肺炎"), "0", ("not_listed",)),
    Worked("no disease named", ill(disease=" "), "0", ("no_disease",)),
    Worked("a condition not looked at", ill(disease=KIDNEY), "3000", ("condition_unknown",)),
    Worked("a condition not met", ill(disease=KIDNEY, condition_met=False), "0", ("condition_not_met",)),
    # 其他疾病
    Worked("another disease, the fen below the threshold", other("14999.99"), "0", ("below",)),
    Worked("another disease, at the threshold", other("15000"), "1000"),
    Worked("another disease, at the second tier", other("30000"), "2000"),
    Worked("another disease, at the third tier", other("50000"), "3000"),
    Worked(
        "a listed disease claimed as another",
        ill("20000", category="S2", first_diagnosis=False),
        "1000",
        ("is_listed",),
    ),
    # 配偶、子女
    Worked("a wife without work has half", wife(), "1500"),
    Worked("a wife with work", wife(patient_employed=True), "0", ("has_work",)),
    Worked("a wife of whose work nobody knows", wife(patient_employed=None), "1500", ("work_unknown",)),
    Worked("a child the day before it is eighteen", child(date(1998, 3, 9)), "1500"),
    Worked("a child on the day it is eighteen", child(date(1998, 3, 8)), "0", ("study_unknown",)),
    Worked("a child of twenty at school", child(date(1996, 3, 8), patient_studies=True), "1500"),
    Worked("a child of twenty at work", child(date(1996, 3, 8), patient_studies=False), "0", ("too_old",)),
    Worked(
        "a child born on leap day, on the 28th of February",
        child(date(1996, 2, 29), diagnosed_on=date(2016, 2, 28), patient_studies=True),
        "1500",
    ),
    Worked("a child of no known age", child(None), "1500", ("age_unknown",)),
    Worked("a wife under the participant's own category", wife(category="S1"), "0", ("not_covered",)),
    # 父母
    Worked("a parent", mother(), "1000"),
    Worked(
        "a parent for whom a brother has claimed",
        mother(),
        "0",
        ("same_disease_this_year", "sibling_claimed"),
        (past(category="S4", relation="parent", patient=MOTHER, participant=WANG, amount="1000"),),
    ),
    Worked(
        "a parent for whom a brother has claimed another disease",
        mother(disease=KIDNEY, condition_met=True),
        "0",
        ("sibling_claimed",),
        (past(category="S4", relation="parent", patient=MOTHER, participant=WANG, amount="1000"),),
    ),
    Worked(
        "a parent whose brother claimed last year",
        mother(disease=KIDNEY, condition_met=True),
        "1000",
        before=(past(YEAR_BEFORE, category="S4", relation="parent", patient=MOTHER, participant=WANG),),
    ),
    Worked(
        "a parent who was aided as a participant",
        mother(disease=KIDNEY, condition_met=True),
        "0",
        ("parent_was_aided",),
        (past(participant=MOTHER),),
    ),
    # 意外、灾害、二次救助
    Worked("an accident that maims, nothing proposed", event("S5", degree="disability"), "1000", most="5000"),
    Worked(
        "an accident that maims, within the limits",
        event("S5", degree="伤残", proposed_yuan=Decimal(2600)),
        "2600",
        most="5000",
    ),
    Worked(
        "more proposed than may be",
        event("S5", degree="disability", proposed_yuan=Decimal("5000.01")),
        "5000",
        ("proposed_outside",),
        most="5000",
    ),
    Worked("an accident that kills", event("S5", degree="death"), "5000"),
    Worked("an accident of no known degree", event("S5"), "0", ("no_degree",)),
    Worked(
        "the same accident again",
        event("S5", degree="death"),
        "0",
        ("same_event",),
        (past(date(2016, 7, 19), "1000", category="S5", disease=""),),
    ),
    Worked("a loss a fen too small", event("S6", loss_yuan=Decimal("9999.99")), "0", ("below",)),
    Worked("a loss just large enough", event("S6", loss_yuan=Decimal(10000)), "1000", most="3000"),
    Worked("no loss known", event("S6"), "0", ("no_sum",)),
    Worked("second aid without a first", event("S7"), "0", ("follows_nothing",)),
    Worked(
        "second aid after a first",
        event("S7", proposed_yuan=Decimal(2000)),
        "2000",
        before=(past(),),
        most="3000",
    ),
    Worked(
        "second aid twice",
        event("S7", proposed_yuan=Decimal(2000)),
        "0",
        ("same_category_this_year",),
        (past(), past(category="S7", disease="", amount="1000")),
    ),
    # 上限
    Worked(
        "what the cap of the year leaves",
        ill("50000", disease=KIDNEY, condition_met=True),
        "2000",
        before=(past(amount="8000"),),
    ),
    Worked(
        "a cap used up",
        ill("50000", disease=KIDNEY, condition_met=True),
        "0",
        before=(past(amount="10000"),),
    ),
    Worked(
        "what was given last year leaves the cap alone",
        ill("30000", disease=KIDNEY, condition_met=True),
        "5000",
        before=(past(YEAR_BEFORE, amount="10000"),),
    ),
    # 参加人
    Worked("who gave nothing", ill(gave=False), "0", ("did_not_give",)),
    Worked("who may have given", ill(gave=None), "3000", ("gave_unknown",)),
    Worked("a category that is not there", ill(category="S9"), "0", ("no_category",)),
]
