"""合并的捐款人: whoever gave under two records gave as one person."""

from datetime import date, timedelta

import pytest

from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.lib.periods import Period
from henji.members import commands as members
from henji.members import queries as roster
from henji.mutual_aid import queries
from henji.mutual_aid.models import Donation
from henji.unions import commands as unions


@pytest.fixture
def merge(signed, at):
    def merge(kept, folded):
        seen = roster.card(kept).seen, roster.card(folded).seen
        deed = {"kept": kept, "folded": folded, "seen": seen, "reason": "同一个人"}
        return members.merge(**deed, **signed | {"at": at + timedelta(hours=1)})

    return merge


def rate(county, known_at=None):
    """Donors, members, and how many rows the donors' page shows."""
    scope = Scope((county.pk,), Period.year(2016), date(2016, 12, 31), known_at)
    figure = figures.compute("mutual_aid.participation_rate", scope)[county.pk]
    return figure.part, figure.whole


def test_whoever_gave_under_both_records_counts_once(
    enrol, give, merge, drive, county, officer, reach_of, signed, at
):
    kept, folded, other = enrol(serial=1), enrol(serial=2), enrol(serial=3)
    for person in (kept, folded, other):
        give(person)
    before = rate(county)
    assert before == (3, 3)
    merger = merge(kept, folded)
    assert rate(county) == (2, 2)
    assert rate(county, known_at=at) == (3, 3)
    reach = reach_of(officer)
    assert queries.state_of(drive, reach).donors == 2
    assert queries.drives_with_sums(reach).get(pk=drive.pk).donors == 2
    donors = {row.person_id: row for row in queries.donors_to(drive, reach)}
    assert set(donors) == {kept.pk, other.pk}
    assert (donors[kept.pk].gifts, donors[other.pk].gifts) == (2, 1)
    assert donors[kept.pk].given_yuan == 2 * donors[other.pk].given_yuan
    members.unmerge(merger=merger, reason="不是同一人", **signed | {"at": at + timedelta(hours=2)})
    assert rate(county) == before
    assert queries.state_of(drive, reach).donors == 3


def test_whoever_gave_under_the_other_record_alone_gave(enrol, give, merge, drive, county, officer, reach_of):
    kept, folded = enrol(serial=1), enrol(serial=2)
    give(folded)
    merge(kept, folded)
    assert rate(county) == (1, 1)
    (row,) = queries.with_names(Donation.objects.known())
    assert row.member_name == roster.card(kept).known.name
    versions = list(queries.drives_collecting([county.pk], Period.year(2016)))
    counted = queries.donors_counted_in(reach_of(officer), versions, date(2016, 12, 31))
    assert [donor.person_id for donor in counted] == [kept.pk]


def test_a_branch_still_sees_the_gifts_of_its_member(
    enrol, give, merge, county, township, branch_officer, reach_of, signed
):
    near = unions.register_employer(county=county, name="新安食品厂", township=township, **signed)
    kept, folded = enrol(serial=1, employer=near), enrol(serial=2, employer=near)
    gift = give(folded)
    merge(kept, folded)
    assert gift in Donation.objects.known().within(reach_of(branch_officer))
