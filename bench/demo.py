"""演示县: what it takes to make the demonstration county; prints one line of JSON.

python -m bench.demo MEMBERS
"""

import io
import json
import os
import sys
import time
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")
os.environ["HENJI_DEMO"] = "1"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from henji.assessment import queries  # noqa: E402
from henji.evidence.models import Paper  # noqa: E402
from henji.evidence.traces import all_traces  # noqa: E402
from henji.lib.periods import Period  # noqa: E402
from henji.unions.models import Union  # noqa: E402


def make(members: int) -> dict:
    """From an empty folder to the county as people find it: the tables first, then the story."""
    wall, cpu = time.perf_counter(), time.process_time()
    call_command("migrate", verbosity=0)
    tables = time.perf_counter() - wall
    call_command("demo", members=members, stdout=io.StringIO())
    took = {"demo_s": time.perf_counter() - wall, "demo_cpu_s": time.process_time() - cpu}
    county = Union.objects.counties().get()
    held = queries.published(county)
    assert held is not None
    grading = queries.scorecard(county, held.standard, Period.year(2016), date(2016, 12, 20)).grading
    return {
        "members": members,
        **took,
        "of_which_tables_s": tables,
        "papers": Paper.objects.count(),
        "traces": all_traces().count(),
        "score": str(grading.total),
        "grade": grading.grade,
    }


print(json.dumps(make(int(sys.argv[1])), ensure_ascii=False))
