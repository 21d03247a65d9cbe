"""互助金账: what stood before, slips of some units, a statement that another officer ticks, closings."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from henji.mutual_aid.jobs import statements
from henji.mutual_aid.ledger import chart, commands, matching, queries
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.models import Kind
from henji.web.demo import books
from henji.web.demo.acts.workbooks import take_in
from henji.web.demo.stage import Stage, Step, in_2016

#: So many units have paid in; the others' lists stand open.
_PAID_IN = 30
#: The last slips are not on the statement yet, and of some money on it nobody has booked anything.
_NOT_YET = 4


def steps(stage: Stage) -> Iterator[Step]:
    """In December the books are brought up to date, and those of the year before are closed."""
    yield Step(in_2016(6, 28, 11), partial(_bring_forward, stage), "登记期初余额")
    yield Step(in_2016(7, 1), partial(_close, stage, date(2015, 12, 31)), "2015 年年结")
    for place in range(_PAID_IN):
        yield Step(in_2016(12, 6, 9 + place % 8), partial(_pay_in, stage, place), "单位缴存捐款")
    yield Step(in_2016(12, 16), partial(_send_up, stage), "上解市总")
    yield Step(in_2016(12, 19, 9), partial(_read_statement, stage), "导入银行对账单")
    yield Step(in_2016(12, 19, 10), partial(_tick, stage), "银行对账")
    yield Step(in_2016(12, 19, 11), partial(_close, stage, date(2016, 10, 31)), "结账至 10 月")


def _bring_forward(stage: Stage, at: datetime) -> None:
    held = Decimal(stage.plan.of_size(600_000))
    told = {"on": date(2015, 1, 4), "slip": "2014-结余", "words": "2014 年结转"}
    _enter(stage, at, entry="opening", amount_yuan=held, **told)


def _pay_in(stage: Stage, place: int, at: datetime) -> None:
    unit = queries.open_lists(stage.county)[0]
    employer = queries.unit_of(stage.county, unit.unit)
    told = {"on": at.date(), "slip": f"1206{place:04d}", "employer": employer}
    _enter(stage, at, entry="paid_in", amount_yuan=unit.stands_yuan, **told)


def _send_up(stage: Stage, at: datetime) -> None:
    told = {"on": at.date(), "slip": "12160001", "words": "按比例上解"}
    _enter(stage, at, entry="to_above", amount_yuan=Decimal(stage.plan.of_size(20_000)), **told)


def _enter(stage: Stage, at: datetime, **told: Any) -> None:
    commands.enter_voucher(county=stage.county, **told, by=stage.actor("wu"), at=at)


def _read_statement(stage: Stage, at: datetime) -> None:
    take_in(stage, statements, _statement(stage), "专户对账单（12月）.xlsx", at)


def _statement(stage: Stage) -> BytesIO:
    """What the bank says of two years: all that was booked but the last slips, and money nobody booked."""
    held = list(queries.postings_to(stage.county, chart.BANK))
    slips = [row for row in held if row.voucher.kind == Kind.PAID_IN]
    said = [row for row in held if row not in slips[len(slips) - _NOT_YET :]]
    lines = [(row.on, matching.moved(row), row.voucher.slip) for row in said]
    brought, *moved = lines
    return books.statement([*moved, (date(2016, 12, 19), Decimal("88.80"), "12190007")], brought[1])


def _tick(stage: Stage, at: datetime) -> None:
    county = stage.county
    proposed = matching.proposals(list(matching.open_lines(county)), list(matching.open_postings(county)))
    sure = [Match.read(one.value) for one in proposed if one.sure]
    commands.confirm_matches(county=county, matches=sure, by=stage.actor("zhao"), at=at)


def _close(stage: Stage, closed_to: date, at: datetime) -> None:
    commands.close_books(county=stage.county, closed_to=closed_to, by=stage.actor("chen"), at=at)
