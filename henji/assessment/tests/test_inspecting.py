"""The pages of the city's and the province's columns, and the sheet on paper."""

from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from henji.assessment.models import SignedScore
from henji.assessment.tests.test_sign_superior import judge, sign_self
from henji.lib import typesetting
from henji.lib.actors import INSTALLER
from henji.unions import commands as unions

__all__ = ["judge", "sign_self"]

SHEET = "/assessment/inspect/?period=2016&as_of=2016-06-01"


def sent(**changed):
    """The form as it comes back filled with the county's own points."""
    own = {"points_B1": "4", "points_B10": "0", "points_A1": "0"}
    return {**own, **{f"reason_{code}": "" for code in ("B1", "B10", "A1", "V01")}, **changed}


@pytest.fixture
def page(client_of, inspector, small):
    client = client_of(inspector)

    def _page(**more):
        shown = client.get(SHEET).context
        return client.post(SHEET, {"seen": shown["now"], **sent(**more)})

    return _page


def test_the_sheet_begins_with_the_countys_own_points(client_of, inspector, small):
    form = client_of(inspector).get(SHEET).context["form"]
    assert [given.value() for _item, _own, given, _reason in form.item_lines] == ["4", "0", "0"]


def test_points_are_given_and_signed(page):
    done = page(points_B1="2.5", reason_B1="抽查不符")
    signed = SignedScore.objects.get()
    assert done.url == f"/assessment/signed/{signed.pk}/"
    assert signed.points == {"B1": 2.5, "B10": 0, "A1": 0}


def test_a_refused_sheet_keeps_every_word_and_names_each_line(page):
    told = page(points_B1="2.5", points_B10="9", reason_B10="看过记录", points_A1="一分").content.decode()
    for kept in ('value="2.5"', 'value="9"', "看过记录", 'value="一分"'):
        assert kept in told
    assert "“入会”与自评 4 分不同，请写明理由" in told
    assert "评分须在 0 到 2 分之间" in told
    assert not SignedScore.objects.exists()


def test_the_sum_is_reckoned_before_anything_is_signed(page):
    shown = page(points_B1="2.5", reason_B1="抽查不符", reckon="1")
    assert shown.context["grading"].total == 2.5
    assert not SignedScore.objects.exists()


def test_a_sheet_shown_before_somebody_signed_is_not_signed_over(client_of, inspector, small, judge):
    client = client_of(inspector)
    seen = client.get(SHEET).context["now"]
    judge()
    refused = client.post(SHEET, {"seen": seen, **sent(points_B1="1", reason_B1="不符")})
    told = refused.content.decode()
    assert "分数刚有变化" in told
    assert 'value="1"' in told
    assert SignedScore.objects.count() == 1


def test_the_next_sheet_begins_with_what_was_signed_before(page, client_of, inspector):
    page(points_B1="2.5", reason_B1="抽查不符")
    lines = client_of(inspector).get(SHEET).context["form"].item_lines
    assert lines[0][2].value() == "2.5"
    assert lines[0][3].value() == "抽查不符"


def test_the_county_sees_the_citys_points_and_reasons_beside_its_own(page, client_of, officer):
    page(points_B1="2.5", reason_B1="抽查不符")
    client = client_of(officer)
    told = client.get("/assessment/?period=2016&as_of=2016-06-01").content.decode()
    assert "（-1.5）" in told
    assert "市级已签 2.5 分" in told
    assert "抽查不符" in client.get("/assessment/item/B1/?period=2016&as_of=2016-06-01").content.decode()
    signed = client.get(f"/assessment/signed/{SignedScore.objects.get().pk}/").content.decode()
    assert "抽查不符" in signed


def test_the_outsider_finds_no_sheet_and_no_signed_score(client_of, appoint, outsider, county, judge, at):
    signed = judge()
    far = unions.found_county(code="130227", name="迁西县总工会", by=INSTALLER, at=at)
    client = client_of(appoint("远方考核员", "inspector", far.parent))
    assert client.get(f"{SHEET}&subject={county.pk}").status_code == 404
    assert client_of(outsider).get(SHEET).status_code == 403
    for knocking in (client, client_of(outsider)):
        for page in ("", "print/", "pdf/", "sheet/"):
            assert knocking.get(f"/assessment/signed/{signed.pk}/{page}").status_code == 404


# On paper


def text_of(response):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(_whole(response))).pages)


def _whole(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_the_pdf_says_what_was_signed_and_not_what_is_so_now(client_of, officer, judge, joined):
    signed = judge()
    joined["part"] = 10
    client = client_of(officer)
    told = text_of(client.get(f"/assessment/signed/{signed.pk}/pdf/"))
    assert "60.0%（60/100）" in told
    assert signed.digest[:16] in told
    assert "10.0%（10/100）" in text_of(client.get("/assessment/print/pdf/?period=2016&as_of=2016-06-01"))


def test_the_live_pdf_has_the_columns_and_says_that_it_is_not_signed(client_of, officer, county, small):
    told = text_of(client_of(officer).get("/assessment/print/pdf/?period=2016&as_of=2016-06-01"))
    for words in (county.name, "自评", "市级", "省级", "佐证", "责任人", "分管副主席", "未签字"):
        assert words in told


def test_the_workbook_says_the_same(client_of, officer, judge):
    signed = judge()
    file = BytesIO(_whole(client_of(officer).get(f"/assessment/signed/{signed.pk}/sheet/")))
    rows = list(openpyxl.load_workbook(file).active.values)
    assert rows[0][:6] == ("序号", "考核项目", "分值", "自评", "市级", "省级")
    assert rows[1][:6] == ("B1", "入会", 4, 4, 4, None)
    assert rows[4][1:6] == ("合计", None, 4, 4, None)


def test_the_printed_page_is_the_same_sheet(client_of, officer, judge):
    told = client_of(officer).get(f"/assessment/signed/{judge().pk}/print/").content.decode()
    assert "小标准市级评分表" in told


def test_what_is_written_is_text_and_never_code(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text("#let data = json(bytes(sys.inputs.data))\n#data.said")
    made = typesetting.pdf(template, {"said": "#panic() $x$ *b* \\ 100%"})
    assert "#panic() $x$ *b* \\ 100%" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_a_font_that_is_lacking_hinders_nothing(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text('#set text(font: "No Such Font")\n#json(bytes(sys.inputs.data)).said')
    assert typesetting.pdf(template, {"said": "自评 91.5"}).startswith(b"%PDF")
