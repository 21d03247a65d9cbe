"""我们: what Henji takes for the same; prints one line of JSON.

python -m bench.ours import ROSTER.xlsx
python -m bench.ours figures ROSTER.xlsx BOOK.xlsx
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")

import django

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.county import found  # noqa: E402
from henji.accounts.models import User  # noqa: E402
from henji.assessment import commands as assessment  # noqa: E402
from henji.assessment import day_cache, library, queries  # noqa: E402
from henji.assessment.models import DayScore, FigureDay  # noqa: E402
from henji.evidence.figures import Scope, compute  # noqa: E402
from henji.lib.actors import INSTALLER  # noqa: E402
from henji.lib.periods import Period  # noqa: E402
from henji.lib.reach import Reach  # noqa: E402
from henji.members import charts  # noqa: E402
from henji.members.jobs import roster  # noqa: E402
from henji.members.models import Person  # noqa: E402
from henji.mutual_aid import commands as mutual_aid  # noqa: E402
from henji.mutual_aid.jobs import donations  # noqa: E402
from henji.unions.models import Union  # noqa: E402
from henji.work.intake import Intake, take_in  # noqa: E402
from henji.work.models import Job, State  # noqa: E402

ROUNDS = 7


def bring_in(intake: Intake, path: Path, county: Union, user: User, **params: object) -> tuple[Job, dict]:
    """Take the workbook in, and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    with path.open("rb") as source:
        job = take_in(
            intake,
            source,
            file_name=path.name,
            county=county,
            asker=user,
            post="干事",
            at=timezone.now(),
            params=params,
        )
    if job.state != State.DONE:
        raise RuntimeError(job.problem)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return job, {"rows": job.result["imported"], **took}


def medians(name: str, work: Callable[[], object]) -> dict[str, float]:
    """The medians of some rounds after one that is not counted: by the clock, and of this process alone.

    Where SQLite is the database the second is all the work there is, whatever else the machine does.
    """
    work()
    wall, cpu = [], []
    for _round in range(ROUNDS):
        began, began_cpu = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
    return {f"{name}_ms": statistics.median(wall), f"{name}_cpu_ms": statistics.median(cpu)}


def import_roster(path: Path) -> dict:
    """The roster, from the file to promoted rows, the trace included."""
    county, user = found()
    return bring_in(roster, path, county, user)[1]


def figures(roster_path: Path, book_path: Path) -> dict:
    """Both rates from raw rows, and the scorecard page, in a county of that size."""
    county, user = found()
    members = bring_in(roster, roster_path, county, user)[1]
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
    gifts = bring_in(donations, book_path, county, user, drive=drive.pk)[1]
    mutual_aid.pay_aid(
        county=county,
        person=Person.objects.all()[0],
        category="本人大病",
        paid_yuan=Decimal("5000.00"),
        paid_on=date(2016, 9, 1),
        voucher="1",
        by=INSTALLER,
        at=timezone.now(),
    )
    text = library.shipped("reference")
    assert text is not None
    assessment.publish_standard(publisher=county, text=text, by=INSTALLER, at=timezone.now())
    scope = Scope((county.pk,), Period.year(2016), date(2016, 12, 31))
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        answer = client.get("/assessment/?year=2016&as_of=2016-12-31")
        assert answer.status_code == 200, answer.status_code

    def workbench() -> None:
        answer = client.get("/")
        assert answer.status_code == 200, answer.status_code

    def pdf() -> None:
        answer = client.get("/assessment/print/pdf/?period=2016&as_of=2016-12-31")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")

    return {
        "members": members,
        "gifts": gifts,
        **medians("participation", lambda: compute("mutual_aid.participation_rate", scope)),
        **medians("payout", lambda: compute("mutual_aid.payout_rate", scope)),
        **medians("scorecard_page", page),
        **medians("workbench", workbench),
        **medians("sheet_pdf", pdf),
        **score_of(county),
        **charts_of(county),
    }


def score_of(county: Union) -> dict[str, float]:
    """The whole score of the county, with nothing remembered and from the day cache."""
    held = queries.published(county)
    assert held is not None
    day = date(2016, 12, 31)

    def cached() -> None:
        day_cache.scorecard(county, held, 2016, day)

    def uncached() -> None:
        FigureDay.objects.all().delete()
        DayScore.objects.all().delete()
        cached()

    return medians("score_uncached", uncached) | medians("score_cached", cached)


def charts_of(county: Union) -> dict[str, float]:
    """Each chart of how the members are made up."""
    whole = frozenset({"unions.whole_county"})
    reach = Reach(INSTALLER, frozenset({county.pk}), (county.path,), whole, county.pk)
    asked = charts.Asked(reach, county, date(2016, 12, 31))
    found: dict[str, float] = {}
    for name, (_label, draw) in charts.CHARTS.items():
        found |= medians(f"chart_{name}", lambda draw=draw: draw(asked))
    return found


def main() -> None:
    what, paths = sys.argv[1], [Path(path) for path in sys.argv[2:]]
    done = import_roster(*paths) if what == "import" else figures(*paths)
    print(json.dumps(done))


main()
