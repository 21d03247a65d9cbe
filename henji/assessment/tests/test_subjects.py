"""考核对象: a county is scored by its city, a township by its county; each sees what is its own."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from henji.assessment import commands, day_cache, library, queries, rules
from henji.assessment.models import DayScore, PublishedStandard, SignedScore, StatedValue
from henji.assessment.rules import Said, StandardNotForIt
from henji.assessment.tests.conftest import SMALL
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.unions import commands as unions
from henji.unions.models import Level, paths_above

DAY = date(2016, 6, 1)
FOR_TOWNSHIPS = SMALL.replace("subject_level: county", "subject_level: township").replace(
    "code: small", "code: towns"
)


@pytest.fixture
def publish(at):
    def _publish(publisher, text, minutes=0):
        return commands.publish_standard(
            publisher=publisher, text=text, by=INSTALLER, at=at + timedelta(minutes=minutes)
        )

    return _publish


@pytest.fixture
def towns(county, joined, publish):
    return publish(county, FOR_TOWNSHIPS)


@pytest.fixture
def next_township(county, at):
    return unions.found_union(parent=county, level=Level.TOWNSHIP, name="南牛乡总工会", by=INSTALLER, at=at)


@pytest.fixture
def abroad(neighbour, at):
    """A township of the neighbour county."""
    name = "微水镇总工会"
    return unions.found_union(parent=neighbour, level=Level.TOWNSHIP, name=name, by=INSTALLER, at=at)


@pytest.fixture
def said(towns, at):
    def _state(subject, part="B10.held", value=2, **more):
        return commands.state_value(
            subject=subject,
            standard=towns,
            part=part,
            said=Said(Decimal(value)),
            from_on=date(2016, 3, 1),
            to_on=None,
            explanation="会议记录可查",
            by=INSTALLER,
            at=at,
            **more,
        )

    return _state


def points(subject, standard):
    return queries.scorecard(subject, standard.standard, Period.year(2016), DAY).grading.total


# Which standard scores whom


def test_the_paths_above_go_down_from_the_root(county, township):
    assert paths_above(township.path)[-2:] == [county.path, township.path]
    assert len(paths_above(county.path)) == 3


def test_what_the_city_publishes_for_counties_scores_each_of_its_counties(
    city, county, neighbour, joined, publish
):
    held = publish(city, SMALL)
    assert held.county is None
    assert queries.published(county) == queries.published(neighbour) == held
    assert queries.published(city) is None


def test_what_another_citys_federation_publishes_scores_no_county_of_this_one(county, publish, at):
    far = unions.found_county(code="130227", name="迁西县总工会", by=INSTALLER, at=at)
    publish(far.parent, SMALL)
    assert queries.published(county) is None


def test_a_standard_for_townships_scores_no_county(county, township, towns):
    assert queries.published(township) == towns
    assert queries.published(county) is None


def test_the_latest_for_its_level_scores_whoever_published_it(city, county, joined, publish):
    publish(county, SMALL)
    later = publish(city, SMALL.replace('version: "1"', 'version: "2"'), minutes=1)
    assert queries.published(county) == later
    assert [held.publisher for held in queries.standards_of(county)] == [city, county]


def test_counties_under_their_citys_standard_stand_in_one_league(
    city, county, neighbour, publish, reach_of, inspector
):
    held = publish(city, SMALL)
    (shared,) = queries.standards_shared(reach_of(inspector))
    assert shared.counties == 2
    assert queries.published_alike(reach_of(inspector), held.digest) == {neighbour: held, county: held}


def test_nothing_is_stated_or_signed_under_a_standard_that_is_for_others(county, towns, said, at):
    with pytest.raises(StandardNotForIt, match="不考核"):
        said(county)
    with pytest.raises(StandardNotForIt):
        commands.sign_self_score(subject=county, standard=towns, year=2016, as_of=DAY, by=INSTALLER, at=at)


# Scores


def test_each_township_has_its_own_values(towns, township, next_township, said):
    said(township)
    assert points(township, towns) == 1
    assert points(next_township, towns) == 0
    said(next_township, value=1)
    assert queries.values_about(township, "towns", "B10.held").known().get().part_value == 2


def test_what_is_counted_of_counties_alone_is_stated_of_a_township(towns, township):
    (score,) = queries.item_scores(township, towns.standard, {"B1"}, Period.year(2016), DAY)
    assert not score.parts[0].is_computed
    place = rules.blank(rules.seen_by(towns.standard, township), "B1.rate")
    assert place.kind == "ratio"


def test_a_townships_score_is_kept_for_the_day_and_moves_with_its_countys_deeds(towns, township, said):
    before = day_cache.scores({township: towns}, 2016, DAY)[township.pk]
    assert DayScore.objects.filter(union=township).exists()
    said(township)
    after = day_cache.scores({township: towns}, 2016, DAY)[township.pk]
    assert (before.total, after.total) == (0, 1)


def test_a_townships_score_is_signed_for_the_township(towns, township, county, said, at):
    said(township)
    signed = commands.sign_self_score(
        subject=township, standard=towns, year=2016, as_of=DAY, by=INSTALLER, at=at
    )
    assert (signed.subject, signed.county) == (township, county)
    assert queries.signed_self(township, "towns", 2016) == signed
    assert queries.signed_self(county, "towns", 2016) is None


def test_the_shipped_standard_for_townships_scores_one(county, township, publish):
    held = publish(county, library.shipped("township"))
    assert held.standard.label == "参考模板，非官方标准"
    assert points(township, held) >= 0


# Pages


def test_the_scorecard_shows_the_township_asked_for(client_of, officer, towns, township):
    page = client_of(officer).get(reverse("assessment:scorecard"), {"subject": township.pk})
    assert page.status_code == 200
    assert township.name in page.content.decode()


def test_another_countys_township_is_not_found(client_of, officer, outsider, towns, township, abroad):
    there = reverse("assessment:scorecard")
    assert client_of(officer).get(there, {"subject": abroad.pk}).status_code == 404
    assert client_of(outsider).get(there, {"subject": township.pk}).status_code == 404
    assert client_of(officer).get(there, {"subject": "x"}).status_code == 404


def test_a_value_of_a_township_is_stated_on_its_page(client_of, officer, towns, township):
    form = {"value": "2", "from_on": "2016-01-01", "explanation": "会议记录可查"}
    there = reverse("assessment:value", args=["B10.held"]) + f"?subject={township.pk}"
    assert client_of(officer).post(there, form).status_code == 302
    assert points(township, towns) == 1


def test_a_townships_officer_sees_the_own_card_and_no_other(client_of, branch_officer, towns, township, said):
    said(township)
    own = client_of(branch_officer).get(reverse("assessment:own")).content.decode()
    assert township.name in own
    assert "预计 <strong>1</strong> 分" in own
    for name in ("scorecard", "standards", "signed_scores"):
        assert client_of(branch_officer).get(reverse(f"assessment:{name}")).status_code == 403


def test_a_townships_officer_finds_no_other_union(client_of, branch_officer, towns, county, next_township):
    there = reverse("assessment:own")
    for union in (county, next_township):
        assert client_of(branch_officer).get(there, {"subject": union.pk}).status_code == 404


def test_a_township_without_a_standard_is_told_so(client_of, branch_officer, county, joined, publish):
    publish(county, SMALL)
    page = client_of(branch_officer).get(reverse("assessment:own")).content.decode()
    assert "还没有考核标准" in page


def test_the_scorecard_offers_the_townships_that_are_scored(
    client_of, officer, towns, township, publish, county
):
    publish(county, SMALL)
    page = client_of(officer).get(reverse("assessment:scorecard")).content.decode()
    assert f'<option value="{township.pk}">{township.name}</option>' in page


# What was there before


@pytest.mark.django_db(transaction=True)
def test_what_was_published_stated_and_signed_before_keeps_its_county(county, small, state, at):
    """Rows from before the column are filled, and the closed tables are closed again."""
    value = state("B10.held", 2, first="2016-03-01")
    signed = commands.sign_self_score(
        subject=county, standard=small, year=2016, as_of=DAY, by=INSTALLER, at=at
    )
    latest = _migrated([]).graph.leaf_nodes()
    try:
        _migrated([("assessment", "0005_targets")])
        columns = {each.name for each in _columns("assessment_statedvalue")}
    finally:
        _migrated(latest)
    assert "subject_id" not in columns
    kept = PublishedStandard.objects.get(pk=small.pk)
    assert (kept.publisher, kept.subject_level, kept.body) == (county, "county", SMALL)
    assert StatedValue.objects.get(pk=value.pk).subject == county
    assert SignedScore.objects.get(pk=signed.pk).subject == county
    for table in ("assessment_publishedstandard", "assessment_signedscore"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def _migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to) if to else None
    return executor.loader


def _columns(table):
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)
