"""日缓存: whatever was done, in whatever order it was recorded, what is held is what would be computed."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.assessment import commands, day_cache
from henji.assessment.models import PublishedStandard
from henji.assessment.rules import Said
from henji.assessment.tests.test_day_cache import DAY, LIVE, YEAR, computed, marked, opened_drive, score_of
from henji.evidence import commands as evidence
from henji.evidence.tests.papers import pdf
from henji.lib.actors import INSTALLER
from henji.lib.refusals import Refusal
from henji.members import commands as members
from henji.members import queries as roster
from henji.members.models import Person
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.models import Donation, Drive
from henji.unions.models import Union


@dataclass
class Story:
    """A county to which things happen, one after another; some are recorded late."""

    county: Union
    standard: PublishedStandard
    drive: Drive
    at: datetime
    persons: list[Person] = field(default_factory=list)

    def happens(self, deed: str, number: int) -> None:
        """Do it; what the rules refuse does not happen."""
        with suppress(Refusal), transaction.atomic():
            getattr(self, deed)(number)
        self.at += timedelta(minutes=7)

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": INSTALLER, "at": self.at}

    def enrols(self, number: int) -> None:
        name, identity = f"李会员{number}", number_of(number)
        self.persons.append(members.enrol(county=self.county, name=name, identity=identity, **self.signed))

    def leaves(self, number: int) -> None:
        person = self.persons[number % len(self.persons)] if self.persons else None
        if person:
            card = roster.card(person)
            members.correct_person(
                person=person,
                seen=card.seen,
                name="李会员",
                employer=None,
                start_on=date(2015, 1, 1),
                end_on=self.today - timedelta(days=number),
                **self.signed,
            )

    def gives(self, number: int) -> None:
        if self.persons:
            mutual_aid.record_donation(
                drive=self.drive,
                amount_yuan=Decimal(50),
                given_on=self.today - timedelta(days=number),
                person=self.persons[number % len(self.persons)],
                **self.signed,
            )

    def corrects(self, number: int) -> None:
        for gift in Donation.objects.known()[:1]:
            mutual_aid.correct_donation(
                donation=gift,
                amount_yuan=Decimal(60),
                given_on=self.today - timedelta(days=number),
                receipt="",
                reason="抄错",
                **self.signed,
            )

    def withdraws(self, _number: int) -> None:
        for gift in Donation.objects.known()[:1]:
            mutual_aid.withdraw_donation(donation=gift, reason="重复登记", **self.signed)

    def pays(self, number: int) -> None:
        if self.persons:
            mutual_aid.pay_aid(
                county=self.county,
                person=self.persons[0],
                category="大病",
                paid_yuan=Decimal(40),
                paid_on=self.today - timedelta(days=number),
                voucher=f"凭{number}",
                **self.signed,
            )

    def files(self, number: int) -> None:
        evidence.keep_paper(
            county=self.county,
            kind="minutes",
            on=self.today - timedelta(days=number),
            title="会议纪要",
            files=[pdf()],
            about=["assessment.item:B10"],
            **self.signed,
        )

    def states(self, number: int) -> None:
        commands.state_value(
            subject=self.county,
            standard=self.standard,
            part="B10.held",
            said=Said(Decimal(number)),
            from_on=self.today - timedelta(days=number),
            to_on=None,
            explanation="会议记录可查",
            replacing=True,
            **self.signed,
        )

    def signs(self, _number: int) -> None:
        commands.sign_self_score(
            subject=self.county, standard=self.standard, year=YEAR, as_of=self.today, **self.signed
        )

    def sleeps(self, number: int) -> None:
        self.at += timedelta(days=number)

    def is_recorded_late(self, number: int) -> None:
        """What comes next was begun hours before what came last."""
        self.at -= timedelta(hours=number)


HAPPENS = st.tuples(
    st.sampled_from(
        [
            *("enrols", "leaves", "gives", "corrects", "withdraws", "pays"),
            *("files", "states", "signs", "sleeps", "is_recorded_late"),
        ]
    ),
    st.integers(0, 4),
)
TOLD = LIVE.replace("base_total: 6", "base_total: 8").replace(
    "  - code: B10",
    """  - code: B2
    kind: base
    name: 支付
    points: 2
    parts:
      - code: rate
        name: 支付率
        points: 2
        demand: 不低于 50% 得 2 分。
        rule: {kind: threshold, operator: ">=", minimum: 0.5}
        figure: mutual_aid.payout_rate
        source: 测试
  - code: B10""",
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(HAPPENS, min_size=1, max_size=12))
def test_whatever_was_done_what_is_held_is_what_would_be_computed(county, at, deeds):
    with suppress(_Undone), transaction.atomic():
        standard = commands.publish_standard(publisher=county, text=TOLD, by=INSTALLER, at=at)
        story = Story(county, standard, opened_drive(county, at), at)
        for deed, number in [("enrols", 1), ("gives", 0), *deeds]:
            story.happens(deed, number)
            for day in (story.today, DAY):
                card = computed(county, standard, day)
                assert day_cache.scorecard(county, standard, YEAR, day) == card
                assert score_of(county, standard, day) == marked(card)
        raise _Undone


class _Undone(Exception):
    """All that an example did is taken back."""
