"""一日捐: two drives with their books, the union's subsidies, the aid that was paid."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from henji.members import queries as members
from henji.members.models import Person
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation
from henji.mutual_aid.schemes import commands as schemes
from henji.mutual_aid.schemes import reading
from henji.web.demo import books
from henji.web.demo.acts.workbooks import take_in
from henji.web.demo.drives import Gift, Help
from henji.web.demo.stage import Stage, Step, at, in_2016, rows

#: Up to and without which day each book of 2016 goes, when it came in, and what it is called.
_BOOKS = (
    (date(2016, 8, 1), (8, 2), "一日捐名册（7月）.xlsx"),
    (date(2016, 9, 1), (9, 2), "一日捐名册（8月）.xlsx"),
    (date(2016, 10, 1), (10, 9), "一日捐名册（9月）.xlsx"),
    (date(2016, 12, 1), (12, 1), "一日捐名册（10—11月）.xlsx"),
)
_GRANTS = (((8, 26), "2016-0811"), ((11, 8), "2016-1104"), ((12, 5), "2016-1203"))
#: What was paid before the county had this system was written down on this day.
_RECORDED = in_2016(6, 28, 10)


def steps(stage: Stage) -> Iterator[Step]:
    """The drives, the books month by month, the subsidies, the aid week by week."""
    plan = stage.plan
    yield Step(in_2016(6, 27), lambda at: _open(stage, 2015, at), "设立一日捐活动")
    yield Step(in_2016(6, 27, 10), partial(_adopt_scheme, stage), "采用救助方案")
    yield _book(stage, 2015, "2015 年一日捐名册.xlsx", plan.gifts_of_2015, in_2016(6, 27, 11))
    yield Step(in_2016(6, 28), lambda at: _open(stage, 2016, at), "设立一日捐活动")
    first = date(2016, 1, 1)
    for end, day, name in _BOOKS:
        gifts = [gift for gift in plan.gifts if first <= gift.given_on < end]
        yield _book(stage, 2016, name, gifts, in_2016(*day))
        first = end
    for (day, voucher), yuan in zip(_GRANTS, plan.subsidies, strict=True):
        yield Step(in_2016(*day), partial(_grant, stage, yuan, voucher), "拨入工会补贴")
    for paid in plan.aid:
        yield Step(max(at(paid.paid_on, 10), _RECORDED), partial(_pay, stage, paid), "支付救助金")
    yield Step(in_2016(12, 19, 15), partial(_correct_gift, stage), "更正一笔捐款")


def _open(stage: Stage, year: int, at: datetime) -> None:
    stage.drives[year] = mutual_aid.open_drive(
        county=stage.county,
        code=str(year),
        name=f"{year} 年职工互助一日捐",
        collects_from=date(year, 7, 1),
        collects_to=date(year, 11, 30),
        aid_from=date(year, 1, 1),
        aid_to=date(year, 12, 31),
        by=stage.actor("chen"),
        at=at,
    )


def _adopt_scheme(stage: Stage, at: datetime) -> None:
    text = reading.reference()
    schemes.publish_scheme(county=stage.county, text=text, by=stage.actor("chen"), at=at)


def _book(stage: Stage, year: int, name: str, gifts: Sequence[Gift], when: datetime) -> Step:
    words = f"导入{name.removesuffix('.xlsx')}（{len(gifts):,} 笔）"
    return Step(when, partial(_bring, stage, year, name, gifts), words, weight=rows(len(gifts)))


def _bring(stage: Stage, year: int, name: str, gifts: Sequence[Gift], at: datetime) -> None:
    take_in(stage, donations, books.donations(gifts), name, at, drive=stage.drives[year].pk)


def _grant(stage: Stage, yuan: int, voucher: str, at: datetime) -> None:
    mutual_aid.grant_subsidy(
        drive=stage.drives[2016],
        granted_yuan=Decimal(yuan),
        granted_on=at.date(),
        voucher=voucher,
        by=stage.actor("chen"),
        at=at,
    )


def _pay(stage: Stage, paid: Help, at: datetime) -> None:
    (person,) = members.find_by_identity(stage.county.pk, [paid.number]).values()
    mutual_aid.pay_aid(
        county=stage.county,
        person=Person.objects.get(pk=person),
        category=paid.category,
        paid_yuan=Decimal(paid.yuan),
        paid_on=paid.paid_on,
        voucher=paid.voucher,
        by=stage.actor("wang"),
        at=at,
    )


def _correct_gift(stage: Stage, at: datetime) -> None:
    large = Donation.objects.known().filter(drive=stage.drives[2016], person__isnull=False, amount_yuan=100)
    gift = large.order_by("pk")[0]
    mutual_aid.correct_donation(
        donation=gift,
        amount_yuan=Decimal(50),
        given_on=gift.given_on,
        receipt=gift.receipt,
        reason="名册多写了一倍，按银行回单改",
        by=stage.actor("wang"),
        at=at,
    )
