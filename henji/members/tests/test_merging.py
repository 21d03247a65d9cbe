"""合并: two records of one person are counted once, and can be taken apart again."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.lib.actors import INSTALLER
from henji.members import commands, queries, rules
from henji.members.deeds import Deed
from henji.members.models import Membership, Merger, Particulars, Turn
from henji.members.rules import merging, moving
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest

DAY = date(2016, 5, 1)


@pytest.fixture
def merge(officer, actor, at):
    """合并 by 王干事."""

    def merge(kept, folded, seen=None, **more):
        looked_at = seen or (queries.card(kept).seen, queries.card(folded).seen)
        deed = {"kept": kept, "folded": folded, "seen": looked_at, "reason": "本人确认是同一人"}
        return commands.merge(**deed | {"by": actor(officer), "at": at + timedelta(hours=1)} | more)

    return merge


@pytest.fixture
def unmerge(officer, actor, at):
    """拆分恢复 by 王干事."""

    def unmerge(merger, later=2):
        when = at + timedelta(hours=later)
        return commands.unmerge(merger=merger, reason="不是同一人", by=actor(officer), at=when)

    return unmerge


def members_on(county, day=DAY, **more):
    return queries.members_counted([county.pk], day, **more)[county.pk]


def face(person):
    """What is believed of a person and of the memberships, whichever versions say it."""
    told = Particulars.objects.known().filter(person=person).values_list("name", "id_index", "box")
    held = Membership.objects.known().filter(person=person)
    terms = held.values_list("line", "union", "employer", "start_on", "end_on", "standing")
    return [*told], sorted(terms)


def test_the_person_counts_once_from_then_on(enrol, merge, county, at):
    kept, folded = enrol(), enrol("李慧员", 2)
    merge(kept, folded)
    assert members_on(county) == 1
    assert members_on(county, known_at=at) == 2


def test_days_on_which_only_the_other_record_was_a_member_go_along(enrol, merge, county, officer, actor, at):
    kept, folded = enrol(start_on=date(2015, 1, 1)), enrol("李慧员", 2, start_on=date(2010, 1, 1))
    commands.end_membership(
        person=folded,
        seen=latest(folded).pk,
        ending=Turn.LEFT,
        on=date(2014, 1, 1),
        by=actor(officer),
        at=at,
    )
    merge(kept, folded)
    days = (date(2012, 1, 1), date(2014, 6, 1), DAY)
    assert [members_on(county, day) for day in days] == [1, 0, 1]
    assert Membership.objects.known().filter(person=kept).count() == 2


def test_to_merge_and_to_unmerge_changes_nothing(enrol, merge, unmerge, county, officer, actor, at):
    kept, folded = enrol(), enrol("李慧员", 2, start_on=date(2010, 1, 1))
    before = face(kept), face(folded), members_on(county)
    unmerge(merge(kept, folded))
    assert (face(kept), face(folded), members_on(county)) == before
    # And once more.
    again = merge(kept, folded, at=at + timedelta(hours=3))
    assert members_on(county) == 1
    unmerge(again, later=4)
    assert (face(kept), face(folded), members_on(county)) == before


def test_the_trace_names_nobody_and_the_undoing_supersedes_it(enrol, merge, unmerge):
    kept, folded = enrol(), enrol("李慧员", 2)
    unmerge(merge(kept, folded))
    merged, apart = Trace.objects.filter(deed__in=(Deed.MERGED, Deed.MERGER_WITHDRAWN)).order_by("at")
    assert merged.facts == {"folded": str(folded.pk), "brought": 0}
    assert apart.supersedes_id == merged.pk


def test_the_folded_number_leads_to_the_kept_record(enrol, merge, county):
    kept, folded = enrol(), enrol("李慧员", 2)
    merge(kept, folded)
    assert queries.holder_of(number_of(2)) == kept
    assert queries.names_of([kept.pk, folded.pk]) == {kept.pk: "李会员", folded.pk: "李会员"}
    with pytest.raises(rules.AlreadyHeld):
        enrol("李慧员", 2)


def test_the_kept_record_may_take_the_folded_number_and_then_nothing_is_undone(
    enrol, merge, unmerge, officer, actor, at
):
    kept, folded = enrol(), enrol("李慧员", 2)
    merger = merge(kept, folded)
    card = queries.card(kept)
    commands.correct_person(
        person=kept,
        seen=card.seen,
        name="李会员",
        identity=number_of(2),
        employer=None,
        start_on=card.latest.start_on,
        end_on=None,
        by=actor(officer),
        at=at + timedelta(hours=2),
    )
    with pytest.raises(merging.NumberTakenSince):
        unmerge(merger, later=3)


def test_a_roster_with_the_folded_number_comes_back_with_a_word(enrol, merge, import_rows, county, at):
    merge(enrol(), enrol("李慧员", 2))
    rows = [("李慧员", number_of(2), "", "", "", "", ""), ("王会员", number_of(5), "", "", "", "", "")]
    job = import_rows(rows, at=at + timedelta(hours=2))
    assert (job.result["rejected"], job.result["new"]) == (1, 1)
    assert members_on(county, at.date()) == 2


def test_what_was_brought_along_and_moved_since_is_not_torn_apart(enrol, merge, unmerge, officer, actor, at):
    kept, folded = enrol(), enrol("李慧员", 2)
    commands.end_membership(
        person=kept, seen=latest(kept).pk, ending=Turn.LEFT, on=date(2015, 3, 1), by=actor(officer), at=at
    )
    merger = merge(kept, folded)
    assert latest(kept).end_on is None
    commands.end_membership(
        person=kept,
        seen=latest(kept).pk,
        ending=Turn.LEFT,
        on=DAY,
        by=actor(officer),
        at=at + timedelta(hours=2),
    )
    with pytest.raises(merging.MovedSinceMerging):
        unmerge(merger, later=3)


def test_what_cannot_be_merged(enrol, merge, unmerge, neighbour, officer, actor, at):
    one, two, three = enrol(), enrol("王会员", 2), enrol("赵会员", 3)
    far = commands.enrol(county=neighbour, name="钱会员", identity=number_of(4), by=INSTALLER, at=at)
    with pytest.raises(merging.SameRecord):
        merge(one, one)
    with pytest.raises(merging.InTwoCounties):
        merge(one, far)
    with pytest.raises(moving.ReasonMissing):
        merge(one, two, reason="")
    merger = merge(one, two)
    for kept, folded in ((three, one), (three, two), (two, three)):
        with pytest.raises(merging.MergedAlready):
            merge(kept, folded, seen=(queries.card(one).seen,) * 2)
    merge(one, three)
    unmerge(merger)
    with pytest.raises(merging.NotMerged):
        unmerge(merger)


def test_whoever_looked_before_a_correction_is_told(enrol, merge, officer, actor, at):
    kept, folded = enrol(), enrol("李慧员", 2)
    seen = queries.card(kept).seen, queries.card(folded).seen
    commands.change_standing(
        person=folded,
        seen=latest(folded).pk,
        standing="retired",
        on=DAY,
        by=actor(officer),
        at=at,
    )
    with pytest.raises(Outdated):
        merge(kept, folded, seen=seen)


def test_both_histories_are_on_the_page_of_the_kept_record(enrol, merge, client_of, officer):
    kept, folded = enrol(), enrol("李慧员", 2)
    merger = merge(kept, folded)
    client = client_of(officer)
    assert client.get(f"/members/{folded.pk}/").headers["Location"] == f"/members/{kept.pk}/"
    page = client.get(f"/members/{kept.pk}/").content.decode()
    assert "已并入的记录" in page
    assert page.count("会员登记") >= 2
    for name in ("correct", "moves", "leave", "merge"):
        assert client.get(f"/members/{folded.pk}/{name}/").status_code == 404
    undone = client.post(f"/members/mergers/{merger.line}/undo/", {"reason": "不是同一人"})
    assert undone.headers["Location"] == f"/members/{folded.pk}/"
    assert Merger.objects.known().count() == 0
