"""Correcting papers, destroying files and erasing words, as people meet them; and who may not see names."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from henji.evidence import commands
from henji.evidence.models import Paper, PaperFile, Trace
from henji.evidence.tests.papers import PDF, pdf

REASON = {"reason": "本人要求"}
BACKLOG, KEEP = "/evidence/papers/backlog/", "/evidence/papers/keep/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def paper(county, officer, actor, at):
    return commands.keep_paper(
        county=county,
        kind="minutes",
        on=date(2016, 5, 3),
        title="李会员困难补助会议",
        number="正工纪〔2016〕3号",
        files=[pdf("纪要", "李会员.pdf")],
        about=["mutual_aid.drive:7"],
        by=actor(officer),
        at=at,
    )


@pytest.fixture
def file(paper):
    return PaperFile.objects.get(paper=paper)


@pytest.fixture
def officers_page(client_of, officer):
    return client_of(officer)


@pytest.fixture
def administrators_page(client_of, administrator):
    return client_of(administrator)


# Correcting


def correcting(paper, **changes):
    sent = {"kind": paper.kind, "on": "2016-05-03", "title": paper.title, "number": paper.number}
    return {**sent, "about": ["mutual_aid.drive:7"], "reason": "看错了", **changes}


def test_a_paper_is_corrected_on_its_page_and_its_timeline_tells_what_it_was(officers_page, paper):
    page = reverse("evidence:paper", args=[paper.pk])
    form = reverse("evidence:correct", args=[paper.pk])
    assert form in text_of(officers_page.get(page))
    assert 'value="李会员困难补助会议"' in text_of(officers_page.get(form))
    response = officers_page.post(form, correcting(paper, title="困难补助会议"))
    now = Paper.objects.get(supersedes=paper)
    assert response.url == reverse("evidence:paper", args=[now.pk])
    told = text_of(officers_page.get(response.url))
    for words in (
        "<h1",
        "困难补助会议",
        "文件更正",
        "看错了",
        "原为：标题《李会员困难补助会议》",
        "文件存档",
    ):
        assert words in told


def test_the_address_of_what_a_paper_was_leads_to_what_it_is(officers_page, paper):
    officers_page.post(reverse("evidence:correct", args=[paper.pk]), correcting(paper, kind="photo"))
    now = Paper.objects.get(supersedes=paper)
    page = reverse("evidence:paper", args=[paper.pk])
    assert officers_page.get(page).url == reverse("evidence:paper", args=[now.pk])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "没有改动"),
        ({"title": ""}, "请填写标题"),
        ({"title": "别的", "reason": ""}, "请填写更正原因"),
        ({"on": "2116-05-03"}, "还没有到"),
        ({"about": ["assessment.item:Z99"]}, "Z99"),
    ],
)
def test_a_refused_correction_says_why(officers_page, paper, change, words):
    response = officers_page.post(reverse("evidence:correct", args=[paper.pk]), correcting(paper, **change))
    assert response.status_code == 200
    assert words in text_of(response)
    assert not Paper.objects.filter(supersedes=paper).exists()


def test_who_corrects_what_has_been_corrected_meanwhile_is_told(officers_page, paper):
    form = reverse("evidence:correct", args=[paper.pk])
    officers_page.post(form, correcting(paper, kind="photo"))
    assert "刚被别人更正过" in text_of(officers_page.post(form, correcting(paper, title="别的")))


# Destroying and erasing


def test_an_administrator_destroys_a_file_without_seeing_its_name(
    administrators_page, officers_page, paper, file
):
    trace = reverse("evidence:trace", args=[paper.kept_by_id])
    form = reverse("evidence:destroy", args=[file.pk])
    assert form in text_of(administrators_page.get(trace))
    asked = text_of(administrators_page.get(form))
    assert file.blob.digest in asked
    assert "李会员" not in asked
    assert administrators_page.post(form, {**REASON, "typed": "销毁"}).url == trace
    told = text_of(administrators_page.get(trace))
    assert "已销毁" in told
    assert "未改动" in told
    assert officers_page.get(reverse("evidence:file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"typed": "销毁"}, "请填写原因"), (REASON, "请填写"), ({**REASON, "typed": "好"}, "请写“销毁”两个字")],
)
def test_nothing_is_destroyed_that_was_not_meant(administrators_page, file, sent, words):
    response = administrators_page.post(reverse("evidence:destroy", args=[file.pk]), sent)
    assert words in text_of(response)
    file.blob.refresh_from_db()
    assert not file.blob.is_destroyed


def test_what_was_destroyed_already_is_told(administrators_page, file):
    form = reverse("evidence:destroy", args=[file.pk])
    administrators_page.post(form, {**REASON, "typed": "销毁"})
    assert "已经销毁" in text_of(administrators_page.post(form, {**REASON, "typed": "销毁"}))


@pytest.fixture
def said(county, officer, actor, at, paper):
    """A trace with words beside it."""
    facts = {"kind": "photo", "on": paper.on, "title": paper.title, "number": "", "about": []}
    signed = {"by": actor(officer), "at": at}
    return commands.correct_paper(
        paper=paper, county=county, **facts, reason="李会员家中有人生病", **signed
    ).kept_by


def test_an_administrator_erases_words(administrators_page, said):
    page, form = (reverse(f"evidence:{name}", args=[said.pk]) for name in ("trace", "erase_words"))
    assert form in text_of(administrators_page.get(page))
    assert "生病" in text_of(administrators_page.get(form))
    assert administrators_page.post(form, {**REASON, "typed": "删除"}).url == page
    told = text_of(administrators_page.get(page))
    assert "生病" not in told
    assert form not in told
    assert "没有文字" in text_of(administrators_page.post(form, {**REASON, "typed": "删除"}))


def test_no_words_go_by_a_slip_of_the_hand(administrators_page, said):
    form = reverse("evidence:erase_words", args=[said.pk])
    for sent in ({"typed": "删除"}, REASON, {**REASON, "typed": "是"}):
        assert administrators_page.post(form, sent).status_code == 200
    assert Trace.objects.get(pk=said.pk).words.text


def test_officers_neither_destroy_nor_erase(officers_page, said, file):
    for path in (
        reverse("evidence:destroy", args=[file.pk]),
        reverse("evidence:erase_words", args=[said.pk]),
    ):
        assert officers_page.post(path, {**REASON, "typed": "销毁"}).status_code == 403
    assert "删除文字" not in text_of(officers_page.get(reverse("evidence:trace", args=[said.pk])))


def test_names_of_files_are_shown_to_those_only_who_may_see_papers(administrators_page, officers_page, paper):
    trace = reverse("evidence:trace", args=[paper.kept_by_id])
    assert "李会员.pdf" in text_of(officers_page.get(trace))
    hidden = text_of(administrators_page.get(trace))
    assert "李会员" not in hidden
    assert "第 1 个附件" in hidden


# Too much, and nonsense


def scans(number):
    return [SimpleUploadedFile(f"{n}.pdf", PDF + str(n).encode()) for n in range(number)]


def test_a_hundred_and_one_files_are_refused_in_a_sentence(officers_page):
    sent = {"attached": scans(101), "kind": "minutes", "on": "2016-05-08", "title": "五月例会"}
    response = officers_page.post(KEEP, sent)
    assert response.status_code == 200
    assert "一次最多 100 个文件" in text_of(response)
    assert 'value="五月例会"' in text_of(response)
    assert not Paper.objects.exists()


def test_a_hundred_files_are_kept(officers_page):
    officers_page.post(KEEP, {"attached": scans(100), "kind": "minutes", "on": "2016-05-08"})
    assert Paper.objects.get().files.count() == 100


def test_files_that_are_too_large_together_are_all_refused(officers_page, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    half = PDF + b"x" * (600 * 1024)
    files = [SimpleUploadedFile(f"{n}.pdf", half) for n in range(2)]
    response = officers_page.post(KEEP, {"attached": files, "kind": "minutes", "on": "2016-05-08"})
    assert "文件超过 1 MB，没有收下" in text_of(response)
    assert not Paper.objects.exists()


@pytest.mark.parametrize("size", ["9" * 5000, "99999999999"])
def test_a_huge_size_is_told_to_be_too_large(officers_page, size):
    told = text_of(officers_page.post(KEEP + "guess/", {"name": "a.pdf", "size": size}))
    assert "没有收下" in told


@pytest.mark.parametrize("size", ["", "-1", "٣٣٣٣٣٣٣٣٣٣٣", "1e99", "²"])
def test_a_size_that_is_none_is_passed_over(officers_page, size):
    response = officers_page.post(KEEP + "guess/", {"name": "a.pdf", "size": size})
    assert response.status_code == 200
    assert "没有收下" not in text_of(response)


@pytest.mark.parametrize("total", ["٣", "3", "100000", "x"])
def test_rows_that_were_never_filled_in_are_told_in_a_sentence(officers_page, total):
    row = {"name": "0.pdf", "kind": "minutes", "on": "2015-03-01", "title": "记录"}
    sent = {"attached": scans(1), "row-TOTAL_FORMS": total, "row-INITIAL_FORMS": 0}
    response = officers_page.post(BACKLOG, {**sent, **{f"row-0-{name}": text for name, text in row.items()}})
    assert response.status_code == 200
    assert not Paper.objects.exists()
    assert "field-error" in text_of(response)
