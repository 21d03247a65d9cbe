"""方案条款: the shape of an aid scheme. Data only: days, amounts, shares and choices, never code; no Django.

What is wrong is told by the type of the error (`bands`, `twice`, …); `schemes.reading` has the words.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from henji.lib.data import Code, Data, Day, Name, Share, Version, Words, Yuan, refuse
from henji.mutual_aid.schemes.fitting import must_be_among, must_differ, must_not_fall, must_run_forwards

Relation = Literal["self", "spouse", "child", "parent"]
Relations = Annotated[tuple[Relation, ...], Field(min_length=1, max_length=4)]
Level = Literal["unit", "township", "county", "city"]
Days = Annotated[int, Field(ge=0, le=366)]


class Collection(Data):
    """募集: from which day to which the drive collects."""

    collects_from: Day
    collects_to: Day
    source: Name

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        must_run_forwards(self.collects_from, self.collects_to)
        return self


class Rank(Data):
    """一级: for whom how much is asked at least. No amount where no sum is named ("一日工资")."""

    name: Name
    least_yuan: Yuan | None = None


class Gifts(Data):
    """捐款标准 of a place. Gifts are voluntary: nobody is refused for less."""

    code: Code
    name: Name
    words: Words
    ranks: Annotated[tuple[Rank, ...], Field(min_length=1, max_length=20)]
    source: Name


class Covered(Data):
    """保障对象: a relation to the participant, and on what condition.

    `below_age` is the age that the patient has not reached; `or_studying` covers whoever is older but still
    in full-time school.
    """

    relation: Relation
    words: Words
    unemployed: bool = False
    below_age: Annotated[int, Field(gt=0, le=150)] | None = None
    or_studying: bool = False
    source: Name


class Disease(Data):
    """病种: with the condition on which it counts, and for whom."""

    code: Code
    name: Name
    condition: Words | None = None
    relations: Relations
    source: Name


def _rise(bands: tuple[tuple[Decimal, Decimal], ...]) -> tuple[tuple[Decimal, Decimal], ...]:
    if any(low[0] >= high[0] or low[1] >= high[1] for low, high in pairwise(bands)):
        refuse("bands", "bands go from the lowest sum up, and so do their amounts")
    return bands


#: From which sum on, how much.
Band = tuple[Yuan, Yuan]


class Flat(Data):
    """定额: always the same amount."""

    kind: Literal["flat"]
    yuan: Yuan


class Tiers(Data):
    """分档: the amount of the highest band that the sum reaches; below the first, nothing."""

    kind: Literal["tiers"]
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=20), AfterValidator(_rise)]


class ShareOf(Data):
    """按另一类的比例: a share of what the other category would give for the same sum."""

    kind: Literal["share_of"]
    category: Code
    share: Share


class Between(Data):
    """在限内议定: the meeting decides, from the least to the most."""

    kind: Literal["between"]
    least_yuan: Yuan
    most_yuan: Yuan

    @model_validator(mode="after")
    def _not_backwards(self) -> Self:
        must_not_fall(self.least_yuan, self.most_yuan)
        return self


class Degree(Data):
    """一种情形, as disability or death; what may be decided for it."""

    code: Code
    name: Name
    least_yuan: Yuan
    most_yuan: Yuan

    @model_validator(mode="after")
    def _not_backwards(self) -> Self:
        must_not_fall(self.least_yuan, self.most_yuan)
        return self


class ByDegree(Data):
    """按情形: what may be decided depends on what happened."""

    kind: Literal["by_degree"]
    degrees: Annotated[tuple[Degree, ...], Field(min_length=1, max_length=20)]


Amount = Flat | Tiers | ShareOf | Between | ByDegree


class Category(Data):
    """救助类别. `measure` is the sum that tiers and `from_yuan` are read against.

    `once`: per disease and aid year, per disease for good, per category and aid year, per event, or any
    number of times. `follows_aid`: only for who had other aid in the same aid year.
    """

    code: Code
    name: Name
    relations: Relations
    occasion: Literal["listed_disease", "other_disease", "accident", "disaster", "hardship"]
    measure: Literal["own_payment", "loss", "nothing"] = "nothing"
    from_yuan: Yuan = Decimal(0)
    amount: Annotated[Amount, Field(discriminator="kind")]
    first_time: bool = False
    once: Literal["disease_year", "disease_ever", "category_year", "event", "any"] = "disease_year"
    follows_aid: bool = False
    cap_yuan: Yuan | None = None
    source: Name

    @model_validator(mode="after")
    def _measured_where_a_sum_is_read(self) -> Self:
        reads = self.from_yuan > 0 or isinstance(self.amount, Tiers | ShareOf)
        if reads and self.measure == "nothing":
            refuse("measure", "a threshold or a tier is read against some sum")
        return self

    @property
    def is_of_disease(self) -> bool:
        """Whether it is for the sick."""
        return self.occasion in ("listed_disease", "other_disease")


class Siblings(Data):
    """同一父母: what holds where two participants share a parent."""

    one_claim_per_parent: bool = True
    not_if_parent_was_aided: bool = True
    source: Name


class Waiting(Data):
    """等待期: so many days from the first of the aid year; who gave the year before need not wait."""

    days: Days = 0
    waived_for_renewals: bool = True
    source: Name


class Cap(Data):
    """年度上限 of one person: the participant, with the whole family; or each patient."""

    most_yuan: Yuan
    of: Literal["participant", "patient"] = "participant"
    source: Name


class Notice(Data):
    """公示: at least so many days."""

    days: Annotated[int, Field(gt=0, le=60)]
    counted: Literal["working", "calendar"] = "working"
    source: Name


class Approval(Data):
    """一步: who does what. What is more than the county's `limit_yuan` goes on to the city."""

    code: Code
    name: Name
    level: Level
    who: Name
    does: Words
    within_days: Annotated[int, Field(gt=0, le=366)] | None = None
    limit_yuan: Yuan | None = None
    source: Name


class PaperAsked(Data):
    """申请材料; for these categories and relations, for all where none is named."""

    name: Name
    categories: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    relations: Annotated[tuple[Relation, ...], Field(max_length=4)] = ()
    source: Name


class Participation(Data):
    """参加率: members who gave ÷ members of the counting day.

    `counted_on`: the day that the drive itself names, the last day of its collection, or the first or
    last day of its aid year. `gifts`: those of any day up to the one asked about, or of the days of
    collection alone.
    """

    counted_on: Literal["drive", "collection_end", "aid_start", "aid_end"] = "drive"
    gifts: Literal["any_day", "in_collection"] = "any_day"
    target: Share
    source: Name


class Payout(Data):
    """支付率: aid paid in the year ÷ what was collected for it, with or without other money of the fund."""

    collected: Literal["donations", "donations_and_subsidy", "opening_and_donations"] = "donations"
    target: Share
    source: Name


class Scheme(Data):
    """救助方案: one version of it, for one region and year; in force from `valid_from` through `valid_to`.

    `label` says what it is worth ("参考方案，非官方规定"). `gifts_in_force` names one of `gifts`; the others
    are there to compare.
    """

    code: Code
    version: Version
    name: Name
    label: Name
    region: Name
    year: Annotated[int, Field(ge=2000, le=2199)]
    valid_from: Day
    valid_to: Day
    aid_from: Day
    aid_to: Day
    claims_until: Day | None = None
    givers_only: bool = True
    collection: Collection
    waiting: Waiting
    cap: Cap | None = None
    siblings: Siblings
    notice: Notice
    participation: Participation
    payout: Payout
    gifts_in_force: Code
    gifts: Annotated[tuple[Gifts, ...], Field(min_length=1, max_length=20)]
    covered: Annotated[tuple[Covered, ...], Field(min_length=1, max_length=4)]
    diseases: Annotated[tuple[Disease, ...], Field(max_length=200)] = ()
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=50)]
    approvals: Annotated[tuple[Approval, ...], Field(min_length=1, max_length=20)]
    papers: Annotated[tuple[PaperAsked, ...], Field(max_length=50)] = ()

    def __hash__(self) -> int:
        return hash((self.code, self.version, self.year))

    @model_validator(mode="after")
    def _days_run_forwards(self) -> Self:
        must_run_forwards(self.valid_from, self.valid_to)
        must_run_forwards(self.aid_from, self.aid_to)
        if self.claims_until and self.claims_until < self.aid_to:
            refuse("claims_until", "claims end no earlier than the aid year")
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        for entries in (self.gifts, self.diseases, self.categories, self.approvals):
            must_differ(entry.code for entry in entries)
        must_differ(covered.relation for covered in self.covered)
        must_differ(disease.name for disease in self.diseases)
        for category in self.categories:
            if isinstance(category.amount, ByDegree):
                must_differ(degree.code for degree in category.amount.degrees)
        return self

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        codes = {category.code for category in self.categories}
        must_be_among((self.gifts_in_force,), {gifts.code for gifts in self.gifts})
        for paper in self.papers:
            must_be_among(paper.categories, codes)
        held = {covered.relation for covered in self.covered}
        named = (
            *(disease.relations for disease in self.diseases),
            *(category.relations for category in self.categories),
            *(paper.relations for paper in self.papers),
        )
        for relations in named:
            must_be_among(relations, held)
        return self

    @model_validator(mode="after")
    def _shares_are_of_amounts(self) -> Self:
        for category in self.categories:
            if isinstance(category.amount, ShareOf):
                other = self.category(category.amount.category)
                if other is None or not isinstance(other.amount, Flat | Tiers):
                    refuse("share_of", "a share is of a category with a flat amount or tiers")
        return self

    @model_validator(mode="after")
    def _what_goes_to_the_city_is_decided_there(self) -> Self:
        if self.county_limit is not None and all(step.level != "city" for step in self.approvals):
            refuse("limit", "where the county has a limit, the city decides the rest")
        return self

    @property
    def county_limit(self) -> Decimal | None:
        """县级权限: up to which amount the county itself decides; None where it decides all."""
        return min(
            (
                step.limit_yuan
                for step in self.approvals
                if step.level == "county" and step.limit_yuan is not None
            ),
            default=None,
        )

    @property
    def first_day(self) -> date:
        """The first day of aid for who has to wait."""
        return self.aid_from + timedelta(days=self.waiting.days)

    @property
    def gifts_asked(self) -> Gifts:
        """捐款标准 in force."""
        return next(gifts for gifts in self.gifts if gifts.code == self.gifts_in_force)

    def category(self, code: str) -> Category | None:
        """救助类别 by its code."""
        return next((category for category in self.categories if category.code == code), None)

    def disease(self, told: str) -> Disease | None:
        """病种 by its code or name."""
        return next((disease for disease in self.diseases if told in (disease.code, disease.name)), None)

    def cover_of(self, relation: str) -> Covered | None:
        """保障对象 of the relation."""
        return next((covered for covered in self.covered if covered.relation == relation), None)

    def steps(self, amount_yuan: Decimal) -> tuple[Approval, ...]:
        """审批步骤 that an amount goes through: those of the city only where the county may not decide it."""
        goes_on = self.goes_to_city(amount_yuan)
        return tuple(step for step in self.approvals if goes_on or step.level != "city")

    def goes_to_city(self, amount_yuan: Decimal) -> bool:
        """Whether the amount is more than the county may decide."""
        return self.county_limit is not None and amount_yuan > self.county_limit

    def papers_for(self, category: str, relation: str) -> tuple[PaperAsked, ...]:
        """申请材料 for a claim."""
        return tuple(
            paper
            for paper in self.papers
            if category in (paper.categories or (category,)) and relation in (paper.relations or (relation,))
        )
