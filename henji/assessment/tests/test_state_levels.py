"""人工取值 of levels: which is reached, or how many of each; and what a type of unit is asked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from henji.assessment import commands, library, queries, rules
from henji.assessment.models import StatedValue, ValueKind
from henji.assessment.rules import NotInStandard, Said, ValueUnsuitable
from henji.assessment.tests.standards import SHELF
from henji.evidence.figures import Level, Tally
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period

YEAR, JUNE = Period.year(2016), date(2016, 6, 1)
FORM = {"from_on": "2016-03-01", "to_on": "2016-12-31", "explanation": "见剪报和证书"}


@pytest.fixture
def say(county, reference, at):
    """Make a statement about a part of the reference: `say("A04.media", Said.tally({"city": 3}))`."""

    def _say(part, said, *, standard=reference, on=date(2016, 3, 1), **more):
        return commands.state_value(
            subject=county,
            standard=standard,
            part=part,
            said=said,
            from_on=on,
            to_on=date(2016, 12, 31),
            explanation="见剪报和证书",
            by=INSTALLER,
            **{"at": at, **more},
        )

    return _say


def _publish(county, at, text):
    return commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)


def _part(county, standard, code, day=JUNE):
    item, _dot, _part = code.partition(".")
    (score,) = queries.item_scores(county, standard.standard, {item}, YEAR, day)
    return next(part for part in score.parts if part.address == code)


def test_a_level_is_stated_by_its_name(county, reference, say):
    say("A07.innovation", Said.level("全市首创"))
    part = _part(county, reference, "A07.innovation")
    assert part.mark.points == 1
    assert isinstance(part.figure, Level)
    assert part.mark.explanation.startswith("特色创新品牌：全市首创（有新意、有机制、可推广），全省首创须")


def test_that_no_level_is_reached_can_be_stated(county, reference, say):
    say("A07.innovation", Said.level(""))
    part = _part(county, reference, "A07.innovation")
    assert (part.mark.points, part.is_blank) == (0, False)
    assert "未入级" in part.mark.explanation


def test_how_many_of_each_level_is_stated_and_marked(county, reference, say):
    held = say("A04.media", Said.tally({"city": 4, "province": 2, "national": 0}))
    assert (held.kind, held.part_value, held.levels) == (ValueKind.TALLY, 6, {"city": 4, "province": 2})
    part = _part(county, reference, "A04.media")
    assert part.mark.points == Decimal("1.8")
    assert isinstance(part.figure, Tally)
    assert "市级 4（每次 0.2 分）、省级 2（每次 0.5 分），距满分还差 1.2 分" in part.mark.explanation


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("A07.innovation", Said.level("全县首创")),
        ("A07.innovation", Said.tally({"全省首创": 1, "全市首创": 1})),
        ("A07.innovation", Said(Decimal(1))),
        ("A04.media", Said.tally({"county": 1})),
        ("A04.media", Said.tally({"city": -1})),
        ("A04.media", Said.tally({"city": 10**9 + 1})),
        ("A04.media", Said(Decimal(3))),
    ],
)
def test_a_level_that_the_standard_does_not_have_is_refused(say, part, said):
    with pytest.raises(ValueUnsuitable):
        say(part, said)
    assert not StatedValue.objects.exists()


def test_levels_stay_on_the_days_that_a_new_value_leaves_them(county, reference, say, at):
    say("A04.media", Said.tally({"city": 4}))
    say(
        "A04.media",
        Said.tally({"city": 9}),
        on=date(2016, 7, 1),
        replacing=True,
        at=at + timedelta(hours=1),
    )
    days = [date(2016, 3, 1), date(2016, 6, 30), date(2016, 7, 1)]
    points = [_part(county, reference, "A04.media", day).mark.points for day in days]
    assert points == [Decimal("0.8"), Decimal("0.8"), Decimal("1.8")]


def test_a_level_that_a_newer_standard_does_not_have_is_left_out(county, reference, say, at):
    say("A07.innovation", Said.level("全市首创"))
    text = reference.body.replace('version: "2016.2"', 'version: "2017"').replace(
        "{name: 全市首创,", "{name: 全县首创,"
    )
    newer = _publish(county, at, text)
    assert _part(county, newer, "A07.innovation").stated is None


def test_the_database_refuses_levels_beside_a_count(say):
    held = say("B12.merchants", Said(Decimal(20)))
    with pytest.raises(IntegrityError), transaction.atomic():
        StatedValue.objects.filter(pk=held.pk).update(levels={"city": 1})


def test_an_officer_states_levels_on_the_page(client_of, officer, county, reference):
    client = client_of(officer)
    page = client.get("/assessment/value/A04.media/").content.decode()
    assert all(words in page for words in ("市级", "省级", "国家级"))
    client.post("/assessment/value/A04.media/", {**FORM, "value": "4", "value_1": "", "value_2": "1"})
    assert _part(county, reference, "A04.media").mark.points == Decimal("1.8")
    page = client.get("/assessment/value/A07.innovation/").content.decode()
    assert "全省首创：有新意、有机制、可推广" in page
    client.post("/assessment/value/A07.innovation/", {**FORM, "value": "全省首创"})
    assert _part(county, reference, "A07.innovation").mark.points == 2
    assert "市级 4、国家级 1" in client.get("/assessment/value/A04.media/").content.decode()
    assert client.get("/assessment/item/A04/?as_of=2016-06-01").status_code == 200


def test_a_county_is_asked_what_the_column_of_counties_asks(county, say, at):
    wuhu = _publish(county, at, (SHELF / "wuhu.yaml").read_text(encoding="utf-8"))
    (item,) = queries.item_scores(county, wuhu.standard, {"W12"}, YEAR, JUNE)
    assert [part.mark.of for part in item.parts] == [6, 3, 2]
    say("W12.together", Said(Decimal(1)), standard=wuhu)
    say("W12.office", Said.level("B"), standard=wuhu)
    assert _part(county, wuhu, "W12.together").mark.points == 3
    assert _part(county, wuhu, "W12.office").mark.points == 1
    card = queries.scorecard(county, wuhu.standard, YEAR, JUNE)
    assert (card.grading.total, card.grading.grade) == (4, "不定等")


def test_a_type_of_unit_is_not_asked_what_its_column_leaves_out():
    wuhu = library.read((SHELF / "wuhu.yaml").read_text(encoding="utf-8"))
    with pytest.raises(NotInStandard):
        rules.blank(wuhu.column("system"), "W12.office")
    assert rules.blank(wuhu.column("system"), "W12.together").of == 5


def test_a_veto_takes_the_points_of_the_item_that_it_names(county, reference, say, at):
    text = reference.body.replace('version: "2016.2"', 'version: "2017"').replace(
        "    demand: 上报的数据或材料弄虚作假。\n    not_above: 合格\n",
        "    demand: 上报的数据或材料弄虚作假。\n    barred: true\n    zero_item: B12\n",
    )
    newer = _publish(county, at, text)
    say("B12.merchants", Said(Decimal(20)), standard=newer)
    assert queries.scorecard(county, newer.standard, YEAR, JUNE).grading.total == Decimal("1.5")
    say("V04", Said(Decimal(1)), standard=newer)
    card = queries.scorecard(county, newer.standard, YEAR, JUNE)
    (item,) = [item for item in card.items if item.code == "B12"]
    assert (item.points, item.parts[1].mark.points) == (0, Decimal("1.5"))
    assert "一票否决（弄虚作假），此项不得分" in item.mark.explanation
    assert (card.grading.total, card.grading.grade) == (0, "不予定等")
