"""导入的性质: what was exported comes in unchanged, twice is once, and the order of rows is of no matter."""

import io
import random
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from henji.lib import workbook
from henji.lib.tests.books import as_csv, as_xls
from henji.members import queries
from henji.members.jobs import roster
from henji.members.models import Membership, Particulars
from henji.members.roster import COLUMNS
from henji.members.tests.rosters import number_of, workbook_of
from henji.work import jobs
from henji.work.intake import take_in
from henji.work.models import State

HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期", "会籍状态", "变化日期", "民族", "备注")
FEW = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class TakenBack(Exception):
    """What was imported is not kept."""


words = st.text(st.sampled_from("甲乙丙丁 ab,;\"'-1/（）"), max_size=8).filter(
    lambda text: not text.startswith(("'", "="))
)
days = st.dates(date(2005, 1, 1), date(2016, 5, 1))


@st.composite
def members(draw):
    """人: each of them once, those who left after they had joined."""
    people = []
    for serial in draw(st.lists(st.integers(1, 499), unique=True, min_size=1, max_size=8)):
        joined = draw(st.none() | days)
        left = draw(st.sampled_from(("", "", "正常", "退会", "转出")))
        gone = joined and left in ("退会", "转出") and (joined + timedelta(days=draw(st.integers(1, 30))))
        people.append(
            (
                f"会员{chr(0x4E00 + serial)}",
                number_of(serial),
                draw(st.sampled_from(("", "13812345678", "0311-88011234"))),
                draw(st.sampled_from(("", "第一厂", "没有的单位"))),
                joined.isoformat() if joined else "",
                left,
                gone.isoformat() if gone else "",
                draw(st.sampled_from(("", "汉", "回"))),
                draw(words),
            )
        )
    return people


@pytest.fixture
def take(county, officer, at, employ):
    """导入 a file from beginning to end, a day later each time."""
    employ("第一厂")
    days = iter(range(1, 10_000))

    def take(source):
        job = take_in(
            roster,
            source,
            file_name="花名册",
            county=county,
            asker=officer,
            post="干事",
            at=at + timedelta(minutes=next(days)),
        )
        assert job.state == State.DONE, job.problem
        return job

    return take


def record():
    """在册: what is known of everybody, whatever it is called inside."""
    told = Particulars.objects.known().select_related("person")
    values = {row.person_id: tuple(sorted(queries.opened(row).items())) for row in told}
    held = Membership.objects.known().select_related("unplaced")
    terms = {}
    for row in held:
        term = (row.union_id, row.employer_id, row.unplaced and row.unplaced.name, row.start_on, row.end_on)
        terms.setdefault(row.person_id, []).append(term)
    return sorted((values[person], sorted(map(str, terms.get(person, [])))) for person in values)


def exported():
    """导出: everybody as the template of a roster asks for them, in the clear; with their terms."""
    rows = []
    told = {
        row.person_id: queries.opened(row) for row in Particulars.objects.known().select_related("person")
    }
    for row in Membership.objects.known().select_related("employer", "unplaced"):
        place = row.employer or row.unplaced
        beside = {
            "unit": place.name if place else "",
            "start_on": row.start_on,
            "standing": "退会" if row.end_on else "",
            "left_on": row.end_on,
        }
        values = told[row.person_id] | beside
        rows.append([values.get(column.name) for column in COLUMNS])
    stream = io.BytesIO()
    workbook.write_table(stream, sheet="会员", heads=[column.heads[0] for column in COLUMNS], rows=rows)
    stream.seek(0)
    return stream


@FEW
@given(people=members(), written=st.sampled_from([lambda xlsx: xlsx, as_xls, as_csv]))
def test_what_was_exported_comes_in_unchanged(take, people, written):
    with suppress(TakenBack), transaction.atomic():
        take(workbook_of(people, HEADS))
        before = record()
        again = take(written(exported()))
        assert (again.result["imported"], again.result["rejected"]) == (0, 0)
        assert again.result["unchanged"] == again.result["read"] == len(people)
        assert record() == before
        raise TakenBack


@FEW
@given(people=members())
def test_twice_is_once(take, people):
    with suppress(TakenBack), transaction.atomic():
        first = take(workbook_of(people, HEADS))
        before = record()
        again = take(workbook_of(people, HEADS))
        assert (again.result["imported"], again.result["unchanged"]) == (0, first.result["imported"])
        assert record() == before
        raise TakenBack


@FEW
@given(people=members(), more=members(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_matter(take, people, more, chance):
    """Nor where a row that says the same stands twice, nor what is on record already."""
    found = []
    for rows in (people, shuffled([*people, people[0]], chance)):
        with suppress(TakenBack), transaction.atomic():
            take(workbook_of(more, HEADS))
            take(workbook_of(rows, HEADS))
            found.append(record())
            raise TakenBack
    assert found[0] == found[1]


@FEW
@given(people=members(), chance=st.randoms(use_true_random=False))
def test_every_format_says_the_same(take, people, chance):
    found = []
    for written in (lambda xlsx: xlsx, as_xls, as_csv):
        with suppress(TakenBack), transaction.atomic():
            take(written(workbook_of(people, HEADS)))
            found.append(record())
            raise TakenBack
    assert found[0] == found[1] == found[2]


def shuffled(rows: list, chance: random.Random) -> list:
    return chance.sample(rows, k=len(rows))


def test_the_queue_and_the_command_line_import_by_the_same_door():
    assert jobs.handler_of("members.roster") is roster
