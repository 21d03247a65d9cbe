"""考核标准发布."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from henji.assessment import commands, library, queries
from henji.assessment.models import PublishedStandard
from henji.assessment.reading import StandardUnsound
from henji.assessment.rules import StandardChanged
from henji.assessment.tests.conftest import SMALL
from henji.evidence import traces
from henji.lib.actors import INSTALLER
from henji.unions.models import Union


def _publish(county: Union, text: str, at: datetime) -> PublishedStandard:
    return commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)


def test_a_published_standard_keeps_its_text_and_digest(county, at):
    held = _publish(county, SMALL, at)
    assert held.body == SMALL
    assert held.digest == library.digest(SMALL)
    assert held.standard.name == "小标准"


def test_the_reference_standard_can_be_published(reference):
    assert reference.reference == "reference@2016.2"
    assert len(reference.standard.items) == 24


def test_publishing_the_same_text_again_changes_nothing_and_says_so(county, at):
    held = _publish(county, SMALL, at)
    again = _publish(county, SMALL, at + timedelta(hours=1))
    assert again == held
    told = traces.all_traces().about("assessment.publishedstandard", str(held.pk)).order_by("id")
    assert [trace.facts["new"] for trace in told] == [True, False]


def test_the_same_version_with_other_words_is_refused(county, at):
    _publish(county, SMALL, at)
    with pytest.raises(StandardChanged, match="换一个版本号"):
        _publish(county, SMALL.replace("开会不少于 2 次", "开会不少于 3 次"), at)
    assert PublishedStandard.objects.count() == 1


def test_a_new_version_stands_beside_the_old_and_is_used(county, at):
    _publish(county, SMALL, at)
    later = _publish(county, SMALL.replace('version: "1"', 'version: "2"'), at + timedelta(hours=1))
    assert queries.published(county) == later
    assert queries.published(county, "small@1") != later
    assert queries.standard_for(county, "small").version == "2"


def test_an_unsound_standard_is_refused_and_nothing_is_kept(county, at):
    with pytest.raises(StandardUnsound, match="base_total"):
        _publish(county, SMALL.replace("base_total: 6", "base_total: 7"), at)
    assert not PublishedStandard.objects.exists()


def test_two_counties_publish_the_same_standard_each_for_itself(county, neighbour, at):
    assert _publish(county, SMALL, at) != _publish(neighbour, SMALL, at)
    assert queries.published(neighbour) != queries.published(county)


def test_a_county_without_standards_is_scored_under_the_shipped_one(county):
    assert queries.published(county) is None
    assert queries.standard_for(county, "reference").code == "reference"
    assert queries.standard_for(county, "reference@2016").version == "2016"


@pytest.mark.parametrize("name", ["nothing", "reference@1999", "", "../reference", "@", "reference.yaml"])
def test_an_unknown_standard_is_named_in_one_sentence(county, name):
    with pytest.raises(queries.StandardUnknown, match="reference"):
        queries.standard_for(county, name)


@pytest.mark.parametrize("change", ["UPDATE {} SET name = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_published_standard(reference, change):
    table = PublishedStandard._meta.db_table
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table))
