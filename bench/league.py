"""各县得分: a province side by side, and a value saved beside many scorecards; prints one line of JSON.

python -m bench.league league MEMBERS COUNTIES    on PostgreSQL: DATABASE_URL
python -m bench.league value SCORECARDS

Counties, drives, standards and values are made by the commands of the house. Members, gifts and aid of the
league are written straight into the tables, with sequential ids and the triggers of foreign keys off: what is
measured is how fast they are counted.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from henji.accounts import commands as accounts  # noqa: E402
from henji.assessment import commands as assessment  # noqa: E402
from henji.assessment import day_cache, library, queries  # noqa: E402
from henji.assessment.models import DayScore, FigureDay, PublishedStandard  # noqa: E402
from henji.assessment.rules import Said  # noqa: E402
from henji.evidence.figures import Scope, addresses, compute  # noqa: E402
from henji.lib.actors import INSTALLER  # noqa: E402
from henji.lib.periods import Period  # noqa: E402
from henji.lib.reach import Reach  # noqa: E402
from henji.mutual_aid import commands as mutual_aid  # noqa: E402
from henji.unions import commands as unions  # noqa: E402
from henji.unions.models import Union  # noqa: E402

DAY = date(2016, 12, 20)
YEAR = 2016
ROUNDS = 7
#: One in so many members gave, one in so many was paid aid.
GIVERS, AIDED = 3, 100

_UUID = "('00000000-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
_EACH = """
    FROM (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM unions_union WHERE level = 'county'
    ) county
    CROSS JOIN generate_series(1, %(each)s) AS number
"""
_NUMBER = "county.place * %(each)s + number"
_PERSONS = f"""
INSERT INTO members_person (id, county_id, key, likeness, made_by_id)
SELECT {_UUID.format(number=_NUMBER)}, county.id, NULL, '', %(trace)s {_EACH}
"""
_MEMBERSHIPS = f"""
INSERT INTO members_membership
    (line, made_by_id, known_from, person_id, county_id, union_id, start_on)
SELECT {_UUID.format(number=_NUMBER)}, %(trace)s, %(at)s, {_UUID.format(number=_NUMBER)},
    county.id, county.id, DATE '2010-01-01' + number %% 2000 {_EACH}
"""
_GIFTS = f"""
INSERT INTO mutual_aid_donation
    (line, made_by_id, known_from, county_id, drive_id, giver, person_id, named, named_unit, amount_yuan,
     given_on, dated, receipt, giver_key, gift_key)
SELECT {_UUID.format(number=_NUMBER)}, %(trace)s, %(at)s, county.id, drive.id, 'member',
    {_UUID.format(number=_NUMBER)}, '', '', 5000, DATE '2016-07-01' + number %% 120, true, '',
    lpad(to_hex(number), 32, '0'), lpad(to_hex(number), 32, '0')
    {_EACH} JOIN mutual_aid_drive drive ON drive.county_id = county.id
WHERE number %% {GIVERS} = 0
"""
_AID = f"""
INSERT INTO mutual_aid_aidpayment
    (line, made_by_id, known_from, county_id, person_id, category, paid_yuan, paid_on, voucher)
SELECT {_UUID.format(number=_NUMBER)}, %(trace)s, %(at)s, county.id, {_UUID.format(number=_NUMBER)},
    '大病', 300000, DATE '2016-03-01' + number %% 200, number::text {_EACH}
WHERE number %% {AIDED} = 0
"""


def found(counties: int) -> dict[Union, PublishedStandard]:
    """So many counties of one province, each under the reference standard."""
    call_command("migrate", verbosity=0)
    text = library.shipped(library.REFERENCE)
    assert text is not None
    signed = {"by": INSTALLER, "at": timezone.now()}
    standards = {}
    for number in range(counties):
        code = f"13{1 + number // 79:02d}{21 + number % 79:02d}"
        county = unions.found_county(code=code, name=f"第{number}县总工会", **signed)
        standards[county] = assessment.publish_standard(publisher=county, text=text, **signed)
    return standards


def fill(standards: dict[Union, PublishedStandard], members: int) -> None:
    """Drives by command; members, gifts and aid by one statement each."""
    signed = {"by": INSTALLER, "at": timezone.now()}
    for county in standards:
        mutual_aid.open_drive(
            county=county,
            code="2016",
            name="2016 年一日捐",
            collects_from=date(2016, 7, 1),
            collects_to=date(2016, 11, 30),
            aid_from=date(2016, 1, 1),
            aid_to=date(2016, 12, 31),
            **signed,
        )
    trace = next(iter(standards)).made_by_id
    values = {"each": members // len(standards), "trace": trace, "at": signed["at"]}
    with connection.cursor() as cursor:
        # Rows whose commit is not yet on the disk count as visible to all for no VACUUM, and would be looked
        # up one by one in the table: on a server that does not wait for the disk, all ten million of them.
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SET session_replication_role = replica")
        for statement in (_PERSONS, _MEMBERSHIPS, _GIFTS, _AID):
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in ("members_person", "members_membership", "mutual_aid_donation", "mutual_aid_aidpayment"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds, by the clock."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def forget() -> None:
    """Empty the day cache."""
    FigureDay.objects.all().delete()
    DayScore.objects.all().delete()


def league(members: int, counties: int) -> dict:
    """The league table, computed and from the cache."""
    everywhere = Reach(INSTALLER, counties=frozenset(county.pk for county in found(counties)))
    (shared,) = queries.standards_shared(everywhere)
    standards = queries.published_alike(everywhere, shared.digest)
    began = time.perf_counter()
    fill(standards, members)
    filled = time.perf_counter() - began
    scope = Scope(tuple(county.pk for county in standards), Period.year(YEAR), DAY)
    first = next(iter(standards))
    asked = {part.figure for item in standards[first].standard.items for part in item.parts}
    page = _page_of(first)

    def uncached() -> None:
        forget()
        scores = day_cache.scores(standards, YEAR, DAY)
        assert len(scores) == counties

    return {
        "members": members,
        "counties": counties,
        "filled_s": filled,
        "league_uncached_s": median_ms(uncached, rounds=3) / 1000,
        "league_cached_ms": median_ms(lambda: day_cache.scores(standards, YEAR, DAY)),
        "league_page_cached_ms": median_ms(page),
        "indicators_s": {
            address: median_ms(lambda address=address: compute(address, scope), rounds=1) / 1000
            for address in sorted(asked & set(addresses()))
        },
    }


def _page_of(county: Union) -> Callable[[], None]:
    """The page of the league as an officer of the province opens it."""
    province = Union.objects.get(pk=county.parent.parent_id)
    signed = {"by": INSTALLER, "at": timezone.now()}
    opened = accounts.open_account(
        username="bench", name="测速", home=province, roles=["inspector"], **signed
    )
    user = accounts.change_password(user=opened.user, password="cesu-2016-henji", **signed)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        answer = client.get(f"/assessment/league/?period={YEAR}&as_of={DAY}")
        assert answer.status_code == 200, answer.status_code

    page()
    return page


def value(scorecards: int) -> dict:
    """A value saved and the new score seen, while so many scorecards are held."""
    standards = found(scorecards)
    day_cache.scores(standards, YEAR, DAY)
    county, standard = next(iter(standards.items()))
    day_cache.scorecard(county, standard, YEAR, DAY)

    def save() -> None:
        assessment.state_value(
            subject=county,
            standard=standard,
            part="B01.standing_committee",
            said=Said(Decimal(1)),
            from_on=date(2016, 1, 1),
            to_on=None,
            explanation="见档案",
            replacing=True,
            by=INSTALLER,
            at=timezone.now(),
        )
        day_cache.scorecard(county, standard, YEAR, DAY)

    return {"scorecards": DayScore.objects.count(), "value_saved_and_seen_ms": median_ms(save)}


def main() -> None:
    what, *numbers = sys.argv[1:]
    measure = {"league": league, "value": value}[what]
    print(json.dumps(measure(*map(int, numbers)), ensure_ascii=False))


if __name__ == "__main__":
    main()
