"""规模: a roster of any length, from the file to promoted rows, beside the floor; prints one line of JSON.

The floor is the least that the same work can cost: the fastest reader over the same file, the same encryption
(one envelope a row) and blind indexes, and a bare bulk insert into the same tables with the same indexes. It
checks nothing, compares nothing, stages nothing and leaves no trace.

python -m bench.scale ours ROSTER.xlsx
python -m bench.scale floor ROSTER.xlsx
"""

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")

import django

django.setup()

from pysqlite3 import dbapi2 as sqlite3  # noqa: I001, E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from bench.county import found  # noqa: E402
from bench.roster import HEADS  # noqa: E402
from henji.evidence.keys import vault  # noqa: E402
from henji.evidence.models import Trace  # noqa: E402
from henji.lib import bulk, ids  # noqa: E402
from henji.lib.sheets import media_type_of  # noqa: E402
from henji.lib.spreadsheet import open_book  # noqa: E402
from henji.members.derived import id_tails, phone_tails  # noqa: E402
from henji.members.jobs import roster  # noqa: E402
from henji.members.models import Membership, Particulars, Person  # noqa: E402
from henji.work import jobs  # noqa: E402
from henji.work.models import State  # noqa: E402

CHUNK = 2000
NAME, NUMBER, PHONE = HEADS.index("姓名"), HEADS.index("身份证号"), HEADS.index("手机号")


def taking(work: Callable[[], object]) -> dict[str, float]:
    """How long it takes: by the clock, and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def peak_mb() -> int:
    """The most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def ours(path: Path) -> dict:
    """What Henji takes, and how long its promotion keeps other writers waiting."""
    county, user = found()
    before = peak_mb()

    def handed_in() -> None:
        with path.open("rb") as source:
            handed.append(
                jobs.hand_in(
                    roster.kind,
                    county=county,
                    asker=user,
                    post="干事",
                    at=timezone.now(),
                    source=source,
                    file_name=path.name,
                    media_type=media_type_of(source),
                )
            )

    handed: list = []
    hand_in = taking(handed_in)
    (job,) = handed
    stage = taking(lambda: jobs.run_here(job))
    if job.state != State.READY:
        raise RuntimeError(job.problem)
    jobs.say_yes(job, asker=user, post="干事")
    with longest_wait() as waits:
        promotion = taking(lambda: jobs.run_here(job))
    if job.state != State.DONE:
        raise RuntimeError(job.problem)
    steps = {"hand_in": hand_in, "stage": stage, "promotion": promotion}
    whole = {kind: sum(step[kind] for step in steps.values()) for kind in ("wall", "cpu")}
    told = {f"{name}_{kind}": took for name, step in steps.items() for kind, took in step.items()}
    sizes = {"peak_mb": peak_mb(), "before_mb": before}
    return {"rows": job.result["imported"], **whole, **told, "blocked": max(waits), **sizes}


@contextmanager
def longest_wait() -> Iterator[list[float]]:
    """How long another writer waits, over and over, while something happens; of SQLite alone."""
    waits, over = [0.0], threading.Event()

    def writes() -> None:
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=600, isolation_level=None)
        while not over.wait(0.1):
            began = time.perf_counter()
            other.execute("BEGIN IMMEDIATE")
            other.execute("COMMIT")
            waits.append(time.perf_counter() - began)
        other.close()

    writer = threading.Thread(target=writes)
    if connection.vendor == "sqlite":
        writer.start()
    yield waits
    over.set()
    if connection.vendor == "sqlite":
        writer.join()


def rows_of_ours(path: Path) -> Iterator[list]:
    """The rows by our own reader."""
    with open_book(path, limits=settings.IMPORT_LIMITS) as book:
        for row in islice(book.rows(book.sheets[0]), 1, None):
            yield row.cells


def rows_of_calamine(path: Path) -> Iterator[list]:
    """The rows by calamine, the quickest of the readers that come as a package."""
    yield from islice(CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows(), 1, None)


def floor(path: Path) -> dict:
    """The least that it can take."""
    county, _user = found()
    trace = Trace.objects.latest("at").pk
    readers = {
        read.__name__: taking(lambda read=read: sum(1 for _row in read(path)))
        for read in (rows_of_ours, rows_of_calamine)
    }
    fastest = min(readers.values(), key=lambda took: took["cpu"])
    rows = rows_of_ours(path)
    count = 0

    def stored() -> None:
        nonlocal count
        numbers = ids.series(timezone.now())
        with transaction.atomic():
            while chunk := list(islice(rows, CHUNK)):
                store(chunk, county.pk, trace, list(islice(numbers, 2 * len(chunk))))
                count += len(chunk)

    whole = taking(stored)
    # Read by our reader while it stored: its share is taken off, and that of the fastest put in its place.
    read = readers["rows_of_ours"]
    took = {kind: whole[kind] - read[kind] + fastest[kind] for kind in whole}
    return {"rows": count, **took, "reading": readers, "vendor": connection.vendor}


def store(chunk: list[list], county: int, trace: object, numbers: list[str]) -> None:
    """Encrypt the rows, find their blind indexes, and write them."""
    persons, lines = numbers[: len(chunk)], numbers[len(chunk) :]
    told = [dict(zip(HEADS, row, strict=False)) for row in chunk]
    sealed = vault().seal_all([{head: words for head, words in row.items() if words} for row in told])
    identities = [row[NUMBER] for row in chunk]
    version = {"made_by_id": [trace], "known_from": [timezone.now()], "county_id": [county]}
    bulk.insert_columns(
        Person,
        {"id": persons, "county_id": [county], "key": [each.key for each in sealed], "made_by_id": [trace]},
    )
    bulk.insert_columns(
        Particulars,
        {
            **version,
            "line": persons,
            "person_id": persons,
            "name": [row[NAME] for row in chunk],
            "id_index": vault().blind_all("identity", identities),
            "id_tail": id_tails(identities),
            "phone_tail": phone_tails([row[PHONE] for row in chunk]),
            "box": [each.box for each in sealed],
        },
    )
    bulk.insert_columns(Membership, {**version, "line": lines, "person_id": persons, "union_id": [county]})


def main() -> None:
    what, path = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(ours(path) if what == "ours" else floor(path)))


main()
