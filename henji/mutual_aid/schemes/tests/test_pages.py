"""What one sees and does on the pages of schemes."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from henji.lib.drafting import desk, filling
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.schemes import commands, editing, reading
from henji.mutual_aid.schemes.editing import Node
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft


def page(client, name, *args, **kwargs):
    return client.get(reverse(f"mutual_aid:{name}", args=args, kwargs=kwargs)).content.decode()


def boxes(text, path):
    """What the browser would send of the node as it stands."""
    tree = editing.tree_of(text)
    node = Node(path)
    form = desk.form(editing.LOOK, tree, node, desk.filled_of(tree, node), {})
    sent = {}
    for box in form.slots:
        if box.sort in ("rows", "table"):
            sent[f"{box.name}.n"] = str(len(box.inside))
        elif box.sort == "variant":
            sent[f"{box.name}.kind"] = box.value
        elif box.sort not in ("group", "pair"):
            sent[box.name] = box.value
    return sent


def node_url(draft, path):
    return reverse("mutual_aid:scheme_node", args=[draft.pk, path])


def test_the_reference_is_adopted_by_one_button(client_of, leader):
    client = client_of(leader)
    response = client.post(reverse("mutual_aid:adopt_scheme"), follow=True)

    assert "已采用" in response.content.decode()
    assert PublishedScheme.objects.get().scheme == reading.read(reading.reference())


def test_a_scheme_is_told_in_plain_words_with_its_sources(client_of, officer, published):
    told = page(client_of(officer), "scheme", pk=published.pk)

    assert "自付费用 ¥10,000.00 起，¥3,000.00" in told
    assert "“本人重大疾病”标准的 50%" in told
    assert "不少于 5 个工作日" in told
    assert "参考方案，非官方规定" in told
    assert all(category.source in told for category in published.scheme.categories)


def test_a_version_is_compared_with_the_one_before(client_of, officer, published, publish, text):
    changed = text.replace("2016.1", "2016.2").replace("days: 5", "days: 7")
    mended = publish(changed.replace("yuan: 1000}", "yuan: 1200}"))
    compared = page(client_of(officer), "scheme", pk=mended.pk).split("与上一版比")[1]

    assert "公示" in compared
    assert "S4 给多少：“定额 ¥1,000.00”改为“定额 ¥1,200.00”" in compared


def test_the_calendar_says_where_its_days_come_from(client_of, officer):
    told = page(client_of(officer), "calendar")

    assert "国办发明电〔2015〕18 号" in told
    assert "2016-10-08" in told


@pytest.mark.parametrize(
    "path",
    [
        "whole",
        "gifts.0",
        "covered.2",
        "diseases.1",
        *(f"categories.{n}" for n in range(7)),
        "approvals.4",
        "papers.2",
    ],
)
def test_every_part_of_the_reference_fits_its_form_and_comes_back_unchanged(text, path):
    tree = editing.tree_of(text)
    node = Node(path)
    filled = desk.posted(node, filling.Posted(boxes(text, path)))

    assert desk.fits(tree, node)
    assert desk.kept(tree, tree, node, filled).tree == tree


def test_a_tier_is_changed_on_screen_and_published_by_the_leader(client_of, officer, leader, draft, text):
    sent = boxes(draft.text, "categories.0") | {"f.amount.bands.1.1": "3500", "seen": draft.digest}
    assert client_of(officer).post(node_url(draft, "categories.0"), sent).status_code == 302

    saved = SchemeDraft.objects.get()
    publish = reverse("mutual_aid:publish_scheme_draft", args=[draft.pk])
    assert client_of(officer).post(publish, {"seen": saved.digest}).status_code == 403
    client_of(leader).post(publish, {"seen": saved.digest})
    bands = PublishedScheme.objects.get().scheme.category("S1").amount.bands
    assert bands[1] == (10000, 3500)


def test_a_row_is_added_and_a_kind_is_changed_with_nothing_saved(client_of, officer, draft):
    sent = boxes(draft.text, "categories.0") | {"do": "add:f.amount.bands", "seen": draft.digest}
    added = client_of(officer).post(node_url(draft, "categories.0"), sent).content.decode()
    changed = boxes(draft.text, "categories.0") | {"do": "show", "f.amount.kind": "flat"}
    shown = client_of(officer).post(node_url(draft, "categories.0"), changed).content.decode()

    assert 'name="f.amount.bands.4.0"' in added
    assert 'name="f.amount.yuan"' in shown
    assert SchemeDraft.objects.get().digest == draft.digest


def test_what_is_wrong_stands_beside_its_box_and_what_was_typed_stays(client_of, officer, draft):
    sent = boxes(draft.text, "categories.0") | {"f.amount.bands.1.1": "一千", "seen": draft.digest}
    client_of(officer).post(node_url(draft, "categories.0"), sent)
    told = page(client_of(officer), "scheme_node", key=draft.pk, path="categories.0")

    assert "须为数字" in told
    assert 'value="一千"' in told


def test_who_saves_after_somebody_else_keeps_what_was_typed(client_of, officer, draft, signed):
    commands.save_draft(draft=draft, text=draft.text + "# x\n", seen=draft.digest, **signed)
    sent = boxes(draft.text, "categories.0") | {"f.name": "我写的名称", "seen": draft.digest}
    told = client_of(officer).post(node_url(draft, "categories.0"), sent).content.decode()

    assert "刚被别人保存过" in told
    assert "我写的名称" in told


def test_an_entry_is_added_moved_and_removed(client_of, officer, draft):
    client = client_of(officer)
    rearrange = reverse("mutual_aid:rearrange_scheme", args=[draft.pk])

    def do(what, node, **more):
        seen = SchemeDraft.objects.get().digest
        client.post(rearrange, {"do": what, "node": node, "seen": seen, **more})
        return [one.get("code") for one in editing.tree_of(SchemeDraft.objects.get().text)["categories"]]

    assert do("add", "whole", below="categories")[-1] == "S8"
    assert do("up", "categories.7")[-2:] == ["S8", "S7"]
    assert do("remove", "categories.6")[-1] == "S7"


@pytest.mark.parametrize("path", ["nowhere", "categories.99", "categories.0.amount", "items.0"])
def test_what_is_not_in_the_draft_is_not_found(client_of, officer, draft, path):
    assert client_of(officer).get(node_url(draft, path)).status_code == 404


def test_the_text_itself_may_be_hostile_and_is_kept_and_told(client_of, officer, draft):
    source = reverse("mutual_aid:scheme_source", args=[draft.pk])
    hostile = "a: &x [*x]\n<script>alert(1)</script>"
    client_of(officer).post(source, {"text": hostile, "seen": draft.digest})
    told = page(client_of(officer), "scheme_source", key=draft.pk)

    assert "&lt;script&gt;" in told
    assert "YAML" in page(client_of(officer), "scheme_draft", key=draft.pk)


def test_the_next_years_scheme_is_begun_with_every_day_a_year_later(client_of, officer, published):
    begin = reverse("mutual_aid:begin_scheme_draft")
    client_of(officer).post(begin, {"published": published.pk, "for": "next_year"})
    scheme = reading.read(SchemeDraft.objects.get().text)

    assert (scheme.year, scheme.version) == (2017, "2017.1")
    assert (scheme.valid_from, scheme.aid_to) == (date(2017, 1, 1), date(2017, 12, 31))
    assert scheme.collection.collects_from == date(2016, 11, 15)
    assert scheme.categories == published.scheme.categories


@pytest.fixture
def pay(county, signed, at):
    """支付 of aid to a member of the county."""

    def pay(n, category, amount):
        person = members.enrol(
            county=county, name="李会员", identity=number_of(n), start_on=date(2015, 1, 1), **signed
        )
        return mutual_aid.pay_aid(
            county=county,
            person=person,
            category=category,
            paid_yuan=Decimal(amount),
            paid_on=date(2016, 2, 29),
            voucher=f"凭{n}",
            **signed,
        )

    return pay


def test_the_effect_of_a_draft_is_told_on_what_was_paid(client_of, officer, draft, published, pay, signed):
    pay(1, "S1", 3000)
    pay(2, "S1", 5000)
    pay(3, "大病", 800)
    commands.save_draft(
        draft=draft, text=draft.text.replace("[10000, 3000]", "[10000, 3600]"), seen=draft.digest, **signed
    )
    told = page(client_of(officer), "scheme_effect", key=draft.pk)

    assert "那年的 3 笔救助里有 1 笔会变：多给 ¥600.00，少给 ¥0.00" in told
    assert "另有 1 笔" in told


def test_an_outsider_sees_no_scheme_of_ours(client_of, outsider, published):
    assert client_of(outsider).get(reverse("mutual_aid:scheme", args=[published.pk])).status_code == 404
    assert published.name not in page(client_of(outsider), "schemes").split("系统附带")[0]
