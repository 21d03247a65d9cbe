"""两个率: after whatever was imported, corrected, withdrawn or named, they equal a naive recount.

The recount keeps what each gift, payment and drive now is in plain lists and adds it up as one would by
hand; nothing of it is read from the database.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.evidence.figures import Missing, Scope
from henji.lib.periods import Period
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands, offers, queries
from henji.mutual_aid.models import Donation, Giver
from henji.mutual_aid.tests.books import undone

YEAR = Period.year(2016)
#: Members 1 and 2 are there from the beginning, 3 joins on the thirtieth day; nobody is called 4.
MEMBERS = {1: 0, 2: 0, 3: 30}
NOBODY = 4


def on(days):
    return date(2016, 11, 1) + timedelta(days)


THIS_YEAR = {"aid_from": date(2016, 1, 1), "aid_to": date(2016, 12, 31), "collects_from": on(0)}


@dataclass
class Row:
    """A gift, a payment, a subsidy or a drive as it is now; `held` is its version on record."""

    held: Any
    on: date
    amount: Decimal = Decimal(0)
    who: int = 0
    drive: int = 0
    gone: bool = False


@dataclass
class Books:
    """The recount's own books."""

    counted: list[date]
    gifts: list[Row] = field(default_factory=list)
    aid: list[Row] = field(default_factory=list)
    subsidies: list[Row] = field(default_factory=list)

    def participation(self, as_of):
        """Whoever gave by the day, and was a member on the counting day of the latest drive; each once."""
        day = min(self.counted[-1], as_of)
        members = {who for who, joined in MEMBERS.items() if on(joined) <= day}
        gave = {row.who for row in self.gifts if not row.gone and row.on <= as_of}
        return len(members & gave), len(members)

    def payout(self, as_of):
        return tuple(
            sum((row.amount for row in rows if not row.gone and row.on <= as_of), Decimal(0))
            for rows in (self.aid, self.gifts)
        )

    def granted(self, drive):
        """The subsidies to a drive."""
        held = (row.amount for row in self.subsidies if not row.gone and row.drive == drive)
        return sum(held, Decimal(0))


DAYS, DRIVES = st.integers(0, 55), st.integers(0, 1)
WHICH, YUAN = st.integers(0, 6), st.integers(1, 500)
LINES = st.lists(st.tuples(st.integers(0, NOBODY), YUAN, DAYS), min_size=1, max_size=4)
DEEDS = st.one_of(
    st.tuples(st.just("give"), st.integers(0, 3), DRIVES, YUAN, DAYS),
    st.tuples(st.just("book"), DRIVES, LINES),
    st.tuples(st.just("book again"), WHICH),
    st.tuples(st.just("pay"), st.integers(1, 3), YUAN, DAYS),
    st.tuples(st.just("grant"), DRIVES, YUAN, DAYS),
    st.tuples(st.just("correct"), st.sampled_from(["gifts", "aid", "subsidies"]), WHICH, YUAN, DAYS),
    st.tuples(st.just("withdraw"), st.sampled_from(["gifts", "aid", "subsidies"]), WHICH),
    st.tuples(st.just("name"), WHICH, st.integers(1, 3)),
    st.tuples(st.just("count on"), DRIVES, DAYS),
)


class Hands:
    """王干事's: does each deed, and writes down in the recount's books what it should have changed."""

    def __init__(self, drives, people, mill, take, signed):
        self.drives, self.people, self.mill, self.take = drives, people, mill, take
        self.signed, self.taken, self.n = signed, [], 0
        self.books = Books(counted=[drive.counted_on for drive in drives])

    def do(self, what, *told):
        self.n += 1
        getattr(self, f"_{what.replace(' ', '_')}")(*told)

    def _give(self, who, drive, yuan, day):
        giver = {"person": self.people[who]} if who else {"employer": self.mill}
        told = {"amount_yuan": Decimal(yuan), "given_on": on(day), "receipt": f"手{self.n}"}
        held = commands.record_donation(drive=self.drives[drive], **giver, **told, **self.signed)
        self.books.gifts.append(Row(held, on(day), Decimal(yuan), who, drive))

    def _book(self, drive, lines):
        rows = [
            (*_called(who), "常山纺织", yuan, on(day).isoformat(), f"册{n}")
            for n, (who, yuan, day) in enumerate(lines, self.n * 10)
        ]
        job = self.take(*rows, into=self.drives[drive])
        assert job.result["imported"] == len(lines)
        self.taken.append((drive, rows))
        written = Donation.objects.filter(made_by=job.trace_id).order_by("source_row")
        for held, (who, yuan, day) in zip(written, lines, strict=True):
            self.books.gifts.append(Row(held, on(day), Decimal(yuan), who % NOBODY, drive))

    def _book_again(self, which):
        if which < len(self.taken):
            drive, rows = self.taken[which]
            assert self.take(*reversed(rows), into=self.drives[drive]).result["unchanged"] == len(rows)

    def _pay(self, who, yuan, day):
        told = {"category": "大病", "paid_yuan": Decimal(yuan), "paid_on": on(day), "voucher": f"救{self.n}"}
        county = self.drives[0].county
        held = commands.pay_aid(county=county, person=self.people[who], **told, **self.signed)
        self.books.aid.append(Row(held, on(day), Decimal(yuan)))

    def _grant(self, drive, yuan, day):
        told = {"granted_yuan": Decimal(yuan), "granted_on": on(day), "voucher": f"补{self.n}"}
        held = commands.grant_subsidy(drive=self.drives[drive], **told, **self.signed)
        self.books.subsidies.append(Row(held, on(day), Decimal(yuan), drive=drive))

    def _correct(self, kind, which, yuan, day):
        row = self._standing(kind, which)
        if row is None or (row.amount, row.on) == (yuan, on(day)):
            return
        held, why = row.held, {"reason": "抄错", **self.signed}
        if kind == "gifts":
            told = {"amount_yuan": Decimal(yuan), "given_on": on(day), "receipt": held.receipt}
            now = commands.correct_donation(donation=held, **told, **why)
        elif kind == "aid":
            told = {"paid_yuan": Decimal(yuan), "paid_on": on(day), "voucher": held.voucher}
            now = commands.correct_aid(payment=held, category=held.category, **told, **why)
        else:
            told = {"granted_yuan": Decimal(yuan), "granted_on": on(day), "voucher": held.voucher}
            now = commands.correct_subsidy(subsidy=held, **told, **why)
        self._put(kind, which, replace(row, held=now, amount=Decimal(yuan), on=on(day)))

    def _withdraw(self, kind, which):
        row = self._standing(kind, which)
        if row is None:
            return
        why = {"reason": "重复", **self.signed}
        if kind == "gifts":
            commands.withdraw_donation(donation=row.held, **why)
        elif kind == "aid":
            commands.withdraw_aid(payment=row.held, **why)
        else:
            commands.withdraw_subsidy(subsidy=row.held, **why)
        self._put(kind, which, replace(row, gone=True))

    def _name(self, which, who):
        row = self._standing("gifts", which)
        if row and row.held.giver == Giver.UNKNOWN:
            now = commands.name_donor(donation=row.held, person=self.people[who], **self.signed)
            self._put("gifts", which, replace(row, held=now, who=who))

    def _count_on(self, drive, day):
        seen = queries.version_of(self.drives[drive])
        if seen.counted_on != on(day):
            days = ("name", "collects_from", "collects_to", "aid_from", "aid_to")
            told = {name: getattr(seen, name) for name in days} | {"counted_on": on(day)}
            commands.correct_drive(version=seen, **told, reason="通知上是这天", **self.signed)
            self.books.counted[drive] = on(day)

    def _standing(self, kind, which):
        rows = getattr(self.books, kind)
        return rows[which] if which < len(rows) and not rows[which].gone else None

    def _put(self, kind, which, row):
        getattr(self.books, kind)[which] = row


def _called(who):
    """How a book names the giver: whom nobody knows by a name alone, a group by no name."""
    return (f"会员{who}", number_of(who) if who in MEMBERS else "") if who else ("集体", "")


@pytest.fixture
def drive(open_drive):
    """The later drive of the year."""
    return open_drive(2016, code="二", **THIS_YEAR, collects_to=on(50))


@pytest.fixture
def hands(open_drive, drive, enrol, mill, take, signed):
    """Two drives of the year, the members, and nothing given yet."""
    earlier = open_drive(2016, code="一", **THIS_YEAR, collects_to=on(40))
    people = {who: enrol(f"会员{who}", who, start_on=on(joined)) for who, joined in MEMBERS.items()}
    return lambda: Hands([earlier, drive], people, mill, take, signed)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(DEEDS, min_size=1, max_size=12), as_of=DAYS)
def test_both_rates_equal_a_naive_recount(deeds, as_of, hands, county, reach_of, officer):
    with undone():
        done = hands()
        for deed in deeds:
            done.do(*deed)
        scope = Scope((county.pk,), YEAR, on(as_of))
        participation = offers.participation_rate(scope)[county.pk]
        payout = offers.payout_rate(scope)[county.pk]
        assert not isinstance(participation, Missing)
        assert (participation.part, participation.whole) == done.books.participation(on(as_of))
        assert (payout.part, payout.whole) == done.books.payout(on(as_of))
        for place, drive in enumerate(done.drives):
            state = queries.state_of(drive, reach_of(officer))
            gifts = [row for row in done.books.gifts if row.drive == place and not row.gone]
            assert state.subsidy_yuan == done.books.granted(place)
            assert state.collected_yuan == sum(row.amount for row in gifts)
            assert state.donors == len({row.who for row in gifts} - {0})
