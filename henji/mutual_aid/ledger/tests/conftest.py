"""What the tests of the books share: the room's own drive, members and hands."""

from decimal import Decimal

import pytest
from django.db import transaction

from henji.evidence import traces
from henji.mutual_aid.ledger import chart, posting
from henji.mutual_aid.ledger.models import Kind
from henji.mutual_aid.ledger.tests.agreeing import must_agree
from henji.mutual_aid.tests.conftest import (
    at,
    check,
    confirm,
    drive,
    employ,
    enrol,
    give,
    grant,
    mill,
    open_drive,
    pay,
    signed,
    take,
)

__all__ = [
    "at",
    "check",
    "confirm",
    "drive",
    "employ",
    "enrol",
    "give",
    "grant",
    "mill",
    "open_drive",
    "pay",
    "signed",
    "take",
]


@pytest.fixture
def post(county, signed, at):
    """A voucher by itself, under a trace that stands for a deed: by default interest of 10 yuan."""

    def post(amount="10", on=None, kind=Kind.INTEREST, lines=None, where=None):
        where, day = where or county, on or at.date()
        plain = posting.pair(chart.BANK, chart.INTEREST, Decimal(amount))
        with transaction.atomic():
            trace = traces.new_id(at)
            voucher = posting.post(county=where, kind=kind, on=day, lines=lines or plain, trace=trace, at=at)
            traces.leave("mutual_aid.tried", id=trace, subject=voucher, county=where, on=day, **signed)
        return voucher

    return post


@pytest.fixture
def reverse(signed, at):
    """整张冲销 by itself."""

    def reverse(voucher, on=None):
        day = on or voucher.on
        with transaction.atomic():
            trace = traces.new_id(at)
            red = posting.reverse(voucher, trace=trace, on=day, at=at)
            traces.leave("mutual_aid.tried", id=trace, subject=red, county=voucher.county, on=day, **signed)
        return red

    return reverse


@pytest.fixture
def agree(county):
    """The books of the county agree with themselves and with the record."""
    return lambda: must_agree(county)
