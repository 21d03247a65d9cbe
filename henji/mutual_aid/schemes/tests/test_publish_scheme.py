"""A scheme is published once, stays as it is, and holds for the days that it names."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid.schemes import commands, queries, reading, rules
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft


def test_a_published_scheme_says_what_its_text_says(published, text):
    assert published.scheme == reading.read(text)
    assert (published.valid_from, published.valid_to) == (date(2016, 1, 1), date(2016, 12, 31))
    assert (published.counted_on, published.gifts, published.collected) == ("drive", "any_day", "donations")


def test_the_same_version_again_changes_nothing_and_is_told_so(published, publish, text):
    assert publish(text) == published
    assert [trace.facts["new"] for trace in Trace.objects.filter(deed="mutual_aid.scheme_published")] == [
        True,
        False,
    ]


def test_the_same_version_with_other_words_is_refused(published, publish, text):
    with pytest.raises(rules.SchemeChanged, match="换一个版本号"):
        publish(text.replace("days: 5", "days: 7"))


def test_an_unsound_scheme_is_refused_and_leaves_no_trace(publish, text):
    with pytest.raises(reading.SchemeUnsound):
        publish(text.replace("year: 2016", "year: soon"))
    assert not Trace.objects.filter(deed="mutual_aid.scheme_published").exists()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2015, 12, 31), False),
        (date(2016, 1, 1), True),
        (date(2016, 12, 31), True),
        (date(2017, 1, 1), False),
    ],
)
def test_it_holds_from_its_first_day_through_its_last(county, published, day, holds):
    assert (queries.scheme_in_force(county, day) == published) == holds


def test_where_none_holds_it_is_said_what_to_do(county, published):
    with pytest.raises(rules.NoScheme, match=r"2017-01-01.*采用参考方案"):
        queries.scheme_for(county, date(2017, 1, 1))


def test_of_two_versions_the_later_published_holds(county, published, publish, text, at):
    mended = publish(
        text.replace("2016.1", "2016.2").replace("days: 5", "days: 7"), at=at + timedelta(days=1)
    )

    assert queries.scheme_for(county, date(2016, 6, 1)) == mended
    assert queries.previous_of(mended) == published
    assert queries.previous_of(published) is None


def test_another_county_s_scheme_is_not_ours(neighbour, county, published):
    assert queries.scheme_in_force(neighbour, date(2016, 6, 1)) is None


def test_a_draft_becomes_a_version_and_is_no_draft_any_more(draft, signed):
    row = commands.publish_draft(draft=draft, seen=draft.digest, **signed)

    assert row.version == "2016.2"
    assert not SchemeDraft.objects.exists()


def test_a_draft_that_somebody_else_has_saved_is_left_alone(draft, signed, text):
    seen = draft.digest
    commands.save_draft(draft=draft, text=text + "\n# mine", seen=seen, **signed)

    for deed in (commands.publish_draft, commands.discard_draft):
        with pytest.raises(rules.DraftMoved):
            deed(draft=draft, seen=seen, **signed)
    with pytest.raises(rules.DraftMoved):
        commands.save_draft(draft=draft, text=text, seen=seen, **signed)


def test_an_unsound_draft_is_kept_but_not_published(draft, signed):
    saved = commands.save_draft(draft=draft, text="name: 半成品", seen=draft.digest, **signed)

    assert saved.name == "半成品"
    with pytest.raises(reading.SchemeUnsound):
        commands.publish_draft(draft=saved, seen=saved.digest, **signed)
    assert SchemeDraft.objects.filter(pk=draft.pk).exists()
    assert not PublishedScheme.objects.exists()


def test_a_draft_longer_than_any_scheme_is_refused(draft, signed):
    with pytest.raises(rules.DraftTooLong):
        commands.save_draft(draft=draft, text="x" * 200_001, seen=draft.digest, **signed)


def test_a_draft_thrown_away_is_gone_and_its_traces_stay(draft, signed):
    commands.discard_draft(draft=draft, seen=draft.digest, **signed)

    assert not SchemeDraft.objects.exists()
    assert Trace.objects.filter(deed="mutual_aid.scheme_draft_discarded").count() == 1
