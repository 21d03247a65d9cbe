"""列对照: what the heads of a file are taken for, corrected by a person and remembered."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from henji.evidence.models import Export
from henji.lib.spreadsheet import open_book
from henji.members.tests.rosters import number_of
from henji.mutual_aid.models import StagedDonation
from henji.mutual_aid.tests.books import book
from henji.work import jobs, matching
from henji.work.models import Job, KnownHead, State

KIND = "mutual_aid.donations"
HAND_IN = reverse("work:hand_in", args=[KIND])
HEADS = ("工友", "孝心款", "哪个厂的")
ROWS = [("捐款人一", 50, "甲厂"), ("捐款人二", 30, "乙厂")]
SAID = {"place-0": "name", "place-1": "amount", "place-2": "unit"}


@pytest.fixture
def officers(client_of, officer):
    """王干事's browser."""
    return client_of(officer)


@pytest.fixture
def strange(hand_in):
    """A book none of whose heads is known, after it was checked."""

    def strange(*rows, heads=HEADS, sender=None):
        job = hand_in(source=book(*(rows or ROWS), heads=heads), sender=sender)
        jobs.run_here(job)
        return job

    return strange


def columns_of(job):
    return reverse("work:columns", args=[job.pk])


def checked(job):
    job.refresh_from_db()
    assert job.state == State.QUEUED, job.problem
    jobs.run_here(job)
    return job


def text(response):
    return response.content.decode()


def test_heads_that_nobody_knows_are_shown_with_a_sample_to_be_told(officers, strange):
    job = strange()
    assert job.state == State.FAILED
    assert columns_of(job) in text(officers.get(reverse("work:job", args=[job.pk])))
    page = officers.get(columns_of(job), HTTP_HX_REQUEST="true")
    assert [(head.letter, head.words, head.column) for head, _field in page.context["heads"]] == [
        ("A", "工友", ""),
        ("B", "孝心款", ""),
        ("C", "哪个厂的", ""),
    ]
    assert "没有认出必填的捐款金额" in text(page)
    assert "捐款人一<br>捐款人二" in text(page)
    assert "<html" not in text(page)


def test_the_file_is_checked_anew_as_it_was_corrected(officers, strange):
    job = strange()
    assert officers.post(columns_of(job), SAID).status_code == 302
    checked(job)
    assert (job.state, job.result["imported"], job.remark) == (State.READY, 2, "")
    assert set(StagedDonation.objects.values_list("named", "named_unit", "amount_fen")) == {
        ("捐款人一", "甲厂", 5000),
        ("捐款人二", "乙厂", 3000),
    }


def test_what_was_staged_by_a_wrong_column_is_gone(officers, ready):
    rows = [("捐款人一", 50, 30), ("捐款人二", 50, "无")]
    job = ready(source=book(*rows, heads=("姓名", "金额", "实收")))
    assert job.result["imported"] == 2
    officers.post(columns_of(job), {"place-0": "name", "place-2": "amount"})
    checked(job)
    assert (job.result["imported"], job.result["rejected"]) == (1, 1)
    assert list(StagedDonation.objects.filter(verdict="new").values_list("amount_fen", flat=True)) == [3000]


def test_what_was_said_is_remembered_until_it_is_forgotten(officers, strange, county):
    officers.post(columns_of(strange()), SAID | {"remember": "on"})
    assert strange().state == State.READY
    page = text(officers.get(HAND_IN))
    assert f"{county.name}记住的列名：" in page
    assert "孝心款→捐款金额" in page
    officers.post(reverse("work:forget_columns", args=[KIND]))
    assert not KnownHead.objects.exists()
    assert strange().state == State.FAILED


def test_without_the_tick_nothing_is_remembered(officers, strange):
    officers.post(columns_of(strange()), SAID)
    assert not KnownHead.objects.exists()


def test_only_what_differs_from_common_usage_is_remembered(officers, strange, county):
    job = strange(heads=("姓名", "孝心款", "单位"))
    officers.post(columns_of(job), {"place-0": "name", "place-1": "amount", "remember": "on"})
    assert matching.remembered(county, KIND) == {"孝心款": "amount", "单位": ""}
    later = strange(heads=("姓名", "孝心款", "单位"))
    assert later.matched["places"] == {"name": 0, "amount": 1}
    assert later.remark == ""  # somebody knows that 单位 is passed over
    officers.post(columns_of(later), SAID | {"remember": "on"})
    assert matching.remembered(county, KIND) == {"孝心款": "amount"}


def test_other_counties_and_other_kinds_know_nothing_of_it(officers, strange, county, outsider):
    officers.post(columns_of(strange()), SAID | {"remember": "on"})
    assert matching.remembered(county, "members.roster") == {}
    assert KnownHead.objects.exclude(county=county).count() == 0


def test_heads_are_remembered_for_the_union_that_the_file_comes_from(officers, strange, township, county):
    job = strange(sender=township)
    page = officers.get(columns_of(job))
    assert f"只为“{township.name}”交来的表记住" in text(page)
    officers.post(columns_of(job), SAID | {"remember": "on"})
    assert strange(sender=township).state == State.READY
    assert strange().state == State.FAILED  # the county's own files may mean something else
    assert matching.remembered(county, KIND) == {}
    assert f"{township.name}记住的列名：" in text(officers.get(HAND_IN))


def test_a_union_that_never_said_what_a_head_means_means_what_its_county_does(
    officers, strange, township, county
):
    officers.post(columns_of(strange()), SAID | {"remember": "on"})
    assert strange(sender=township).state == State.READY
    heads = ("姓名", "孝心款", "金额")
    job = strange(("捐款人一", 50, 30), heads=heads, sender=township)
    assert job.matched["places"]["amount"] == 1
    own = {"place-0": "name", "place-2": "amount", "remember": "on"}
    officers.post(columns_of(job), own)
    assert matching.remembered(township, KIND)["孝心款"] == ""
    assert matching.remembered(county, KIND)["孝心款"] == "amount"
    officers.post(columns_of(strange(sender=township)), SAID | {"remember": "on"})
    assert not KnownHead.objects.filter(union=township, head="孝心款").exists()  # as its county again


def test_what_one_union_said_is_forgotten_without_the_others(officers, strange, township, county):
    for sender in (None, township):
        job = strange(heads=("工友", "尽孝", "厂"), sender=sender)
        said = SAID if sender else SAID | {"place-1": "unit", "place-2": "amount"}
        officers.post(columns_of(job), said | {"remember": "on"})
    forget = reverse("work:forget_columns", args=[KIND])
    officers.post(forget, {"union": "none"})
    assert KnownHead.objects.filter(union=township).exists()
    officers.post(forget, {"union": township.pk})
    assert set(KnownHead.objects.values_list("union", flat=True)) == {county.pk}


def test_whoever_hands_in_says_whose_file_it_is(officers, township, drive, outsider):
    page = officers.get(HAND_IN)
    assert (township.pk, township.name) in list(page.context["form"].fields["sender"].choices)
    file = SimpleUploadedFile("名册.xlsx", book(*ROWS, heads=("姓名", "金额", "单位")).getvalue())
    officers.post(HAND_IN, {"file": file, "sender": township.pk, "drive": drive.pk})
    assert Job.objects.get().sender == township
    assert f"{township.name}的表" in text(officers.get(reverse("work:job", args=[Job.objects.get().pk])))
    file.seek(0)
    answer = officers.post(HAND_IN, {"file": file, "sender": outsider.home_id, "drive": drive.pk})
    assert answer.context["form"].errors["sender"]
    assert Job.objects.count() == 1


def test_two_columns_for_one_thing_and_a_lacking_one_are_said_beside_and_nothing_begins(officers, strange):
    job = strange()
    answer = officers.post(columns_of(job), {"place-0": "name", "place-2": "name"})
    assert "和“工友”选了同一栏" in str(answer.context["form"].errors["place-2"])
    assert "还缺必填的捐款金额" in text(answer)
    job.refresh_from_db()
    assert job.state == State.FAILED


@pytest.mark.parametrize("wrong", [{"place-0": "nothing"}, {"place-0": "name\0x"}, {"place-99": "amount"}])
def test_what_was_never_offered_is_not_taken(officers, strange, wrong):
    job = strange()
    answer = officers.post(columns_of(job), wrong)
    assert answer.status_code in {200, 400}
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_numbers_in_the_sample_are_masked_whatever_stands_above_them(officers, strange):
    number = number_of(1)
    page = text(officers.get(columns_of(strange(("李会员", 50, number), ("王会员", 5, "13800001234")))))
    assert number not in page
    assert f"{number[:3]}***********{number[-4:]}" in page
    assert "13800001234" not in page


def test_rows_are_found_again_as_they_were_read(officers, strange, officer):
    """Whatever is forgotten later: what came back comes from the columns it was read by."""
    officers.post(columns_of(strange()), SAID | {"remember": "on"})
    job = strange(("捐款人一", 50, "甲厂"), ("捐款人二", "五十", "乙厂"))
    officers.post(reverse("work:forget_columns", args=[KIND]))
    content = b"".join(officers.post(reverse("work:rejected", args=[job.pk]), {"reason": "退回修改"}))
    with open_book(BytesIO(content)) as opened:
        (row,) = [row.cells for row in opened.rows("退回")][1:]
    assert row[:3] == ["捐款人二", "五十", "乙厂"]
    assert Export.objects.values_list("title", "rows").get() == ("退回表", 1)


def test_checking_again_keeps_what_a_person_said_and_proposes_the_rest_anew(officers, strange, county):
    job = strange()
    officers.post(columns_of(job), SAID)
    Job.objects.update(state=State.FAILED)
    jobs.again(job)
    assert job.matched["by_hand"]
    other = strange(heads=("姓名", "金额", "单位"))
    Job.objects.filter(pk=other.pk).update(state=State.FAILED)
    jobs.again(other)
    assert other.matched is None


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE, State.CANCELLED])
def test_only_what_stands_still_before_the_deed_can_be_corrected(officers, ready, state):
    job = ready()
    Job.objects.update(state=state)
    officers.post(columns_of(job), {"place-0": "name", "place-3": "amount"})
    job.refresh_from_db()
    assert (job.state, job.matched["by_hand"]) == (state, False)


def test_a_file_whose_key_was_destroyed_says_so(officers, ready):
    job = ready()
    Job.objects.update(blob=None)
    assert "原表读不出来" in text(officers.get(columns_of(job)))
