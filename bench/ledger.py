"""互助金账: what the books take at a million postings, and a large donation book with its voucher.

python -m bench.ledger balances POSTINGS
python -m bench.ledger gifts ROSTER.xlsx BOOK.xlsx

Prints one line of JSON. A book of gifts is taken in whole: read, its givers found, promoted, posted.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.county import found  # noqa: E402
from bench.roster import FIRMS  # noqa: E402
from henji.evidence import traces  # noqa: E402
from henji.lib import bulk  # noqa: E402
from henji.lib.actors import INSTALLER  # noqa: E402
from henji.members.jobs import roster  # noqa: E402
from henji.mutual_aid import commands as mutual_aid  # noqa: E402
from henji.mutual_aid.jobs import donations  # noqa: E402
from henji.mutual_aid.ledger import chart, commands, posting, queries  # noqa: E402
from henji.mutual_aid.ledger.models import DaySum, Kind, Posting  # noqa: E402
from henji.unions.models import Employer, Union  # noqa: E402
from henji.work.intake import Intake, take_in  # noqa: E402
from henji.work.models import State  # noqa: E402

ROUNDS = 9
#: So many units pay in by a voucher each day.
A_DAY = 500
FIRST = date(2012, 1, 1)


def medians(name: str, work: Callable[[], object]) -> dict[str, float]:
    """The median of some rounds after one that is not counted."""
    work()
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return {f"{name}_ms": statistics.median(took)}


def fill(county: Union, units: list[int], postings: int) -> datetime:
    """So many postings on the bank's account and others, a voucher a day; gives when the last was made."""
    at = timezone.now()
    for day in range(postings // (2 * A_DAY)):
        on = FIRST + timedelta(days=day)
        kind, sides = (
            (Kind.PAID_IN, (chart.BANK, chart.TO_PAY_IN))
            if day % 2
            else (Kind.DONATIONS, (chart.TO_PAY_IN, chart.DONATIONS))
        )
        lines = [
            line
            for place in range(A_DAY)
            for line in posting.pair(*sides, Decimal(50 + place), units[(day + place) % len(units)])
        ]
        with transaction.atomic():
            trace = traces.new_id(at)
            voucher = posting.post(county=county, kind=kind, on=on, lines=lines, trace=trace, at=at)
            traces.leave("bench", id=trace, subject=voucher, county=county, by=INSTALLER, at=at, on=on)
    return at


def balances(postings: int) -> dict:
    """What stands on an account, of a unit, of all; a page of the account book; a voucher by hand."""
    county, user = found()
    units = list(Employer.objects.filter(county=county).values_list("pk", flat=True))
    began = time.perf_counter()
    at = fill(county, units, postings)
    filled = time.perf_counter() - began
    for model in (Posting, DaySum):
        bulk.analyse(model)
    middle = FIRST + timedelta(days=postings // (4 * A_DAY))
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def enter() -> None:
        told = {"entry": "paid_in", "amount_yuan": Decimal(50), "on": at.date(), "slip": "1"}
        employer = Employer.objects.get(pk=units[0])
        commands.enter_voucher(county=county, employer=employer, **told, by=INSTALLER, at=at)

    def page() -> None:
        assert client.get(f"/mutual-aid/books/{chart.BANK}/").status_code == 200

    return {
        "postings": Posting.objects.count(),
        "postings_per_s": postings / filled,
        **medians("bank_balance", lambda: posting.balance(county, chart.BANK, date.max)),
        **medians("bank_balance_then", lambda: posting.balance(county, chart.BANK, middle)),
        **medians("unit_balance", lambda: posting.balance(county, chart.TO_PAY_IN, date.max, units[0])),
        **medians("all_accounts", lambda: queries.standings(county, FIRST, middle)),
        **medians("voucher_entered", enter),
        **medians("account_page", page),
    }


def gifts(members: Path, book: Path) -> dict:
    """A donation book as large as a county's: matched with the roster, taken in and posted."""
    county, user = found()
    _bring_in(roster, members, county, user)
    drive = mutual_aid.open_drive(
        county=county,
        code="2016",
        name="2016 年一日捐",
        collects_from=date(2016, 7, 1),
        collects_to=date(2016, 11, 30),
        aid_from=date(2016, 1, 1),
        aid_to=date(2016, 12, 31),
        by=INSTALLER,
        at=timezone.now(),
    )
    began, cpu = time.perf_counter(), time.process_time()
    result = _bring_in(donations, book, county, user, drive=drive.pk)
    took = {"gifts_posted_s": time.perf_counter() - began, "gifts_cpu_s": time.process_time() - cpu}
    (booked, *_others) = queries.agreement(county)
    assert booked.agrees
    return {"imported": result["imported"], "matched": result["matched"], "units": len(FIRMS), **took}


def _bring_in(intake: Intake, path: Path, county: Union, user: object, **params: object) -> dict:
    with path.open("rb") as source:
        told = {"county": county, "asker": user, "post": "干事", "at": timezone.now(), "params": params}
        job = take_in(intake, source, file_name=path.name, **told)
    if job.state != State.DONE:
        raise RuntimeError(job.problem)
    return job.result


def main() -> None:
    done = balances(int(sys.argv[2])) if sys.argv[1] == "balances" else gifts(*map(Path, sys.argv[2:]))
    print(json.dumps(done))


main()
