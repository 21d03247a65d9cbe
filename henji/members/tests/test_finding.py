"""查人: the ways in which words find a person, and that nobody finds whom they may not see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from henji.members import commands, finding, queries
from henji.members.models import Particulars, Person
from henji.members.tests.rosters import number_of

MOST = 10
PHONE = "13812345678"


@pytest.fixture
def names(reach_of, officer):
    """The names that the words find."""

    def names(words, by=officer, most=MOST):
        return [row.name for row in finding.found(reach_of(by), words, most)]

    return names


@pytest.fixture
def wang(enrol, employ):
    """王小明 of 恒达, and others who are not meant."""
    hengda = employ("正定县恒达有限公司")
    enrol("赵会员", 7)
    enrol("王大明", 5, phone="13900000000")
    return enrol("王小明", 1, phone=PHONE, employer=hengda)


@pytest.mark.parametrize(
    "words",
    [
        "王小明",
        "王小",
        " 王小明 ",
        "小明",
        "wangxiaoming",
        "WANGXIAOMING",
        "wang xiao ming",
        "wangxiaom",
        "wangxm",
        "wxm",
        "wxiaoming",
        "xiaoming",
        "xm",
        number_of(1),
        number_of(1)[-4:],
        number_of(1)[-6:],
        PHONE,
        "138 1234 5678",
        PHONE[-4:],
        PHONE[-7:],
        "恒达",
        "王 恒达",
        "恒达 王",
        "wxm 恒达",
        f"{PHONE[-4:]} 恒达",
        "小明 恒达有限公司",
    ],
)
def test_one_person_is_found_by_many_words(names, wang, words):
    assert names(words) == ["王小明"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "王明小",
        "wangxiaohong",
        "lxm",
        "0000 恒达",
        "王大明 恒达",
        number_of(3),
        "678",  # three places tell too little
        "99" + PHONE[-4:],
        PHONE[:-4],
        "%",
        "_",
        "王%",
        "'; DROP TABLE members_person; --",
        "王" * 500,
        "9" * 500,
        "w" * 500,
    ],
)
def test_words_that_mean_nobody_find_nobody(names, wang, words):
    assert "王小明" not in names(words)
    assert Person.objects.count() == 3


def test_a_whole_syllable_is_not_taken_for_the_beginning_of_another(names, enrol):
    enrol("林晓明", 1)
    enrol("李晓明", 3)
    assert names("lixm") == ["李晓明"]
    assert names("lxm") == ["林晓明", "李晓明"] or names("lxm") == ["李晓明", "林晓明"]


def test_whoever_is_called_just_so_stands_first(names, enrol):
    for serial, name in enumerate(("王伟明", "王伟", "王伟东")):
        enrol(name, serial * 2 + 1)
    assert names("王伟")[0] == "王伟"
    assert names("wangwei")[0] == "王伟"
    assert names("ww")[0] == "王伟"


def test_a_surname_is_found_by_its_own_reading(names, enrol):
    enrol("单会员", 1)
    assert names("shanhy") == ["单会员"]
    assert names("danhy") == []


def test_only_so_many_are_given(names, enrol):
    for serial in range(4):
        enrol(f"王会{'一二三四'[serial]}", serial * 2 + 1)
    assert len(names("王", most=3)) == 3


def test_a_corrected_name_is_found_and_the_old_one_is_not(names, import_rows, at):
    rows = [("王小明", number_of(1), PHONE)]
    heads = ("姓名", "身份证号", "手机号")
    import_rows(rows, heads=heads)
    import_rows([("李小明", number_of(1), "13900001111")], heads=heads, at=at + timedelta(days=1))
    assert names("lixiaoming") == names("1111") == ["李小明"]
    assert names("wangxiaoming") == names("王小明") == names(PHONE) == []


def test_whoever_waits_for_an_employer_is_found_by_the_name_on_the_roster(names, import_rows):
    import_rows([("王会员", number_of(5), "", "没有的单位", "2015-01-01")])
    assert names("没有的") == names("王 没有的单位") == ["王会员"]


def test_a_person_whose_key_is_gone_is_not_found_by_more_than_the_tail(names, wang):
    Person.objects.filter(pk=wang.pk).update(key=None)
    assert names(PHONE) == []


def test_whose_record_was_folded_into_another_is_found_by_both_numbers(names, enrol, officer, actor, at):
    kept, folded = enrol("王小明", 1), enrol("王晓明", 3)
    seen = (queries.card(kept).seen, queries.card(folded).seen)
    signed = {"by": actor(officer), "at": at + timedelta(days=1)}
    commands.merge(kept=kept, folded=folded, seen=seen, reason="一人两号", **signed)
    assert names(number_of(1)) == names(number_of(3)) == names("wxm") == ["王小明"]


# -- who may find whom -----------------------------------------------------------------------------

ALL_WAYS = ("王", "wxm", "wangxiaoming", number_of(1)[-4:], number_of(1), PHONE, "恒达", "王 恒达", "小明")


def test_the_outsider_finds_nobody(names, wang, outsider):
    assert [names(words, by=outsider) for words in ALL_WAYS] == [[]] * len(ALL_WAYS)


@pytest.mark.parametrize("few", [1000, 0])
def test_a_branch_finds_its_own_tree_only(
    names, wang, enrol, employ, township, branch_officer, few, monkeypatch
):
    monkeypatch.setattr(finding, "FEW", few)
    enrol("王本镇", 9, phone="13712345678", employer=employ("新安恒达厂", township=township))
    assert [names(words, by=branch_officer) for words in ALL_WAYS] == [
        ["王本镇"],
        [],
        [],
        [],
        [],
        [],
        ["王本镇"],
        ["王本镇"],
        [],
    ]
    assert names("5678", by=branch_officer) == ["王本镇"]


def test_the_list_finds_alike_and_keeps_to_the_day_and_the_county(client_of, officer, outsider, wang):
    def listed(by=officer, **query):
        page = client_of(by).get(reverse("members:list"), query)
        return [row.record.name for row in page.context["listing"].table.paginated_rows]

    for words in ("wangxiaoming", "wxm", number_of(1)[-4:], PHONE, "恒达", "王 恒达", "小明"):
        assert listed(q=words) == ["王小明"], words
        assert listed(by=outsider, q=words) == [], words
        assert listed(q=words, as_of="2015-02-28") == [], words
    assert sorted(listed(q="wm")) == []
    assert sorted(listed(q="w")) == ["王大明", "王小明"]
    assert listed(q="99999999") == []


def test_the_list_finds_what_was_known_then(client_of, officer, import_rows, at):
    heads = ("姓名", "身份证号")
    import_rows([("王小明", number_of(1))], heads=heads)
    import_rows([("李小明", number_of(1))], heads=heads, at=at + timedelta(days=2))
    then = {"known_at": (at + timedelta(days=1)).isoformat(), "q": "wxm"}
    page = client_of(officer).get(reverse("members:list"), then)
    assert [row.record.name for row in page.context["listing"].table.paginated_rows] == ["王小明"]


def test_finding_costs_the_same_for_any_number_of_people(names, enrol):
    def cost(words):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            names(words)
        return len(queries)

    enrol("王会员", 1)
    before = [cost(words) for words in ("王", "why", "whyy")]
    for serial in range(3, 43, 2):
        enrol("王会员", serial)
    assert [cost(words) for words in ("王", "why", "whyy")] <= before


# -- while one types -------------------------------------------------------------------------------


def test_the_search_box_answers_with_a_list_of_its_own(client_of, officer, outsider, wang):
    box = {"HX-Request": "true", "HX-Target": "found"}
    told = client_of(officer).get("/search/", {"q": "wxm"}, headers=box).content.decode()
    assert 'role="option"' in told
    assert "王小明" in told
    assert "恒达" in told
    assert PHONE not in told
    assert number_of(1) not in told
    nobody = client_of(outsider).get("/search/", {"q": "wxm"}, headers=box).content.decode()
    assert "没有找到" in nobody
    assert "王小明" not in nobody


def test_without_scripts_the_search_is_a_page(client_of, officer, wang):
    told = client_of(officer).get("/search/", {"q": "wxm"}).content.decode()
    assert "<h1>" in told
    assert str(wang.pk) in told


# -- what the database holds -----------------------------------------------------------------------


def test_no_digit_stands_in_the_clear_beside_the_box(wang):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pinyin, initials, id_tail, phone_tail FROM members_particulars")
        held = "".join(word for row in cursor.fetchall() for word in row)
    assert held.replace(" ", "").isalpha()
    row = Particulars.objects.get(person=wang)
    assert row.birth_year == 1985
    assert not any("0312" in str(value) for value in (row.birth_year, row.id_tail, row.phone_tail))
