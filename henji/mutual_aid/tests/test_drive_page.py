"""活动页: every sum leads to the rows it was made from, and nobody sees more than is theirs to see."""

import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse

from henji.lib.tags import number, yuan
from henji.lib.tests.books import cells_of
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands
from henji.unions import commands as unions

#: A number that is a link, below the words for it.
_STAT = re.compile(r'<dd[^>]*>[^<]*<a href="([^"]+)">([^<]+)</a></dd>')


def url(name, *about):
    return reverse(f"mutual_aid:{name}", args=about)


def text(response):
    return response.content.decode()


def sums_of(client, drive):
    """Every number on the drive's page with the list that its link leads to."""
    stats = text(client.get(url("drive", drive.pk))).split('<dl class="stats')[1].split("</dl>")[0]
    assert stats.count("<dd") == len(_STAT.findall(stats)), "a number without a link"
    links = [(unescape(link), shown) for link, shown in _STAT.findall(stats)]
    return [(shown, client.get(link).context["listing"], link) for link, shown in links]


def is_what_the_list_says(shown, listing):
    """The number is how many the list has, or their sum."""
    return shown in (number(listing.total), yuan(listing.amount) if listing.amount is not None else "")


@pytest.fixture
def inside(county, township, signed):
    """新安木器厂, in the township."""
    return unions.register_employer(county=county, name="新安木器厂", township=township, **signed)


@pytest.fixture
def gifts(drive, open_drive, give, enrol, mill, inside, take, grant, signed):
    """Two members gave, one of them twice; both units gave, and two whom nobody knows; and other drives."""
    own, other = enrol("李会员", 1, employer=inside), enrol("王会员", 2)
    give(own, "50")
    give(own, "30", receipt="B")
    theirs = give(other, "7")
    give(employer=inside, amount="500")
    give(employer=mill, amount="900")
    take(("无此人", "", "常山纺织", 11, "", ""), ("也无此人", "", "新安木器厂", 13, "", ""))
    withdrawn = give(enrol("赵会员", 3), "1000")
    commands.withdraw_donation(donation=withdrawn, reason="重复", **signed)
    give(other, "99", into=open_drive(2015))
    # Not a member on the counting day: a donor of the drive, though none whom the rate counts.
    late = enrol("钱会员", 4, start_on=None, employer=None)
    give(late, "1")
    grant("500000")
    grant("20000", voucher="补2")
    return theirs


def test_every_sum_leads_to_its_rows(client_of, officer, drive, gifts):
    sums = sums_of(client_of(officer), drive)
    assert [shown for shown, _listing, _link in sums] == [
        "¥1,512.00",
        "3",
        "¥88.00",
        "¥1,400.00",
        "2",
        "¥520,000.00",
    ]
    for shown, listing, link in sums:
        assert is_what_the_list_says(shown, listing), (shown, link)


def test_each_donor_of_a_drive_is_listed_once_with_what_they_gave_to_it(client_of, officer, drive, gifts):
    page = client_of(officer).get(url("donors"), {"drive": drive.pk})
    given = {row.name: (row.given_yuan, row.gifts) for row in page.context["listing"].page.object_list.data}
    assert given == {"李会员": (80, 2), "王会员": (7, 1), "钱会员": (1, 1)}


def test_an_empty_drive_has_its_links_too(client_of, officer, drive):
    for shown, listing, link in sums_of(client_of(officer), drive):
        assert is_what_the_list_says(shown, listing), link


# -- a branch of the county ---------------------------------------------------------------------------


def test_a_township_sees_the_sums_of_its_own_gifts_and_no_subsidy(client_of, branch_officer, drive, gifts):
    client = client_of(branch_officer)
    sums = sums_of(client, drive)
    assert [shown for shown, _listing, _link in sums] == ["¥593.00", "1", "¥80.00", "¥500.00", "1"]
    for shown, listing, link in sums:
        assert is_what_the_list_says(shown, listing), (shown, link)
    page = text(client.get(url("drive", drive.pk)))
    assert "以下只是本工会范围内的捐款" in page
    for hidden in ("补1", "500,000", "520,000", "工会补贴"):
        assert hidden not in page


def test_the_list_of_drives_sums_what_may_be_seen(client_of, officer, branch_officer, drive, gifts):
    def shown(user):
        rows = client_of(user).get(url("drives")).context["listing"].page.object_list.data
        return {row.code: (row.collected_yuan, row.donors) for row in rows}

    assert shown(officer) == {"2016": (Decimal(1512), 3), "2015": (Decimal(99), 1)}
    assert shown(branch_officer) == {"2016": (Decimal(593), 1), "2015": (None, None)}


@pytest.mark.parametrize(("name", "rows"), [("donations", ["500", "50", "30", "13"]), ("donors", ["李会员"])])
def test_a_township_exports_no_more_than_it_sees(client_of, branch_officer, drive, gifts, name, rows):
    answer = client_of(branch_officer).post(f"{url(name)}?drive={drive.pk}", {"reason": "报送上级"})
    cells = [[str(cell) for cell in row] for row in cells_of(BytesIO(b"".join(answer)))[1:-1]]
    assert len(cells) == len(rows)
    assert {cell for row in cells for cell in row} >= set(rows)
    assert not {"王会员", "900", "7"} & {cell for row in cells for cell in row}


def test_a_township_finds_no_subsidy_anywhere(client_of, branch_officer, gifts, drive):
    client, subsidy = client_of(branch_officer), drive.subsidies.first()
    assert client.get(url("subsidies")).context["listing"].total == 0
    assert client.get(url("subsidy", subsidy.line)).status_code == 404
    assert client.get(url("subsidy_version", subsidy.pk)).status_code == 404
    assert client.get(url("correct_drive", drive.pk)).status_code == 403
    assert "补1" not in text(client.get(url("drives")))


def test_another_countys_drive_lends_its_donors_to_nobody(client_of, outsider, drive, gifts):
    client = client_of(outsider)
    assert client.get(url("drive", drive.pk)).status_code == 404
    page = client.get(url("donors"), {"drive": drive.pk})
    assert page.context["listing"].total == 0
    assert drive.name not in text(page)


@pytest.mark.parametrize("drive", ["x", "0", "9" * 30, "-1"])
def test_nonsense_for_a_drive_is_passed_over(client_of, officer, enrol, drive):
    enrol("李会员", 1, identity=number_of(1))
    assert client_of(officer).get(url("donors"), {"drive": drive}).status_code == 200
