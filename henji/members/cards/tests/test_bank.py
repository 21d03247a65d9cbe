"""What goes to the bank, and what comes back."""

from io import BytesIO

import openpyxl
import pytest

from henji.evidence.models import Trace, Words
from henji.members.cards import banks, commands, rules
from henji.members.cards.jobs import card_returns
from henji.members.cards.models import Card, State
from henji.members.cards.tests.conftest import Office, card_number
from henji.members.deeds import Deed
from henji.members.tests.rosters import number_of
from henji.work.models import Verdict

CSV = """
code: another
version: "1"
name: 另一家银行
format: csv
encoding: gb18030
file_name: "{county}_{day}"
columns:
  - {head: 客户名, of: name}
  - {head: 证件, of: identity}
  - {head: 电话, of: phone}
  - {head: 性别, of: sex, codes: {男: M, 女: F}}
  - {head: 单位, of: unit}
returns:
  identity: [证件]
  card: [账号]
"""


def sheets_of(file):
    book = openpyxl.load_workbook(BytesIO(file.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_file_names_units_under_their_unions_and_says_who_took_it(office, hire):
    office.apply(hire(1), hire(2))
    batch = office.check().batch
    file = commands.export(batch=batch, reason="送银行开卡", **office.signed)
    sheets = sheets_of(file)
    head, first, second = sheets["批量开卡"]
    told = dict(zip(head, first, strict=True))
    assert told["单位名称"] == "正定县总工会-新安镇总工会-正定县常山纺织有限公司"
    assert (told["证件号码"], told["手机号码"]) == (number_of(1), "13800000001")
    assert [row[head.index("性别")] for row in (first, second)] == ["1", "2"]
    assert ["用途", "送银行开卡"] in sheets["导出说明"]
    assert file.name == f"正定县总工会-{batch.number}-2人.xlsx"
    trace = Trace.objects.get(deed=Deed.CARD_FILE_EXPORTED)
    assert Words.objects.get(trace=trace).text == "送银行开卡"


def test_another_bank_is_another_file(office, hire, tmp_path, monkeypatch):
    template = banks.read(CSV)
    monkeypatch.setattr(rules, "templates", lambda: {"another": template})
    office.apply(hire())
    cards = list(Card.objects.known().select_related("person"))
    batch = commands.check(county=office.county, cards=cards, template="another", **office.signed).batch
    file = commands.export(batch=batch, reason="送银行开卡", **office.signed)
    head, row = file.content.decode("gb18030").splitlines()
    assert head == "客户名,证件,电话,性别,单位"
    assert row.split(",")[1:4] == [number_of(1), "13800000001", "M"]


def test_a_file_taken_again_sends_nobody_twice_and_leaves_its_trace(office, hire):
    batch = office.send(hire())
    commands.export(batch=batch, reason="文件丢了，再交一次", **office.signed)
    counts = [trace.rows_count for trace in Trace.objects.filter(deed=Deed.CARD_FILE_EXPORTED).order_by("at")]
    assert counts == [1, 0]
    office.take_in(batch, [(number_of(1), "", card_number(1), "成功", "")])
    with pytest.raises(rules.NothingToSend):
        commands.export(batch=batch, reason="再交一次", **office.signed)


def test_the_bank_makes_some_cards_and_refuses_others(office, hire):
    made, refused = hire(1), hire(3)
    batch = office.send(made, refused)
    rows = [
        (number_of(1), "", card_number(1), "成功", ""),
        (number_of(3), "", "", "失败", "手机号与实名不符"),
    ]
    job = office.take_in(batch, rows)
    assert (job.result["made"], job.result["refused"], job.result["rejected"]) == (1, 1, 0)
    assert (office.card(made).state, office.card(made).tail) == (State.MADE, card_number(1)[-4:])
    assert (office.card(refused).state, office.card(refused).words) == (State.REFUSED, "手机号与实名不符")
    again = office.take_in(batch, rows)
    assert (again.result["imported"], again.result["unchanged"]) == (0, 2)


def test_what_the_bank_refused_may_be_put_right_and_sent_again(office, hire):
    person = hire()
    batch = office.send(person)
    office.take_in(batch, [(number_of(1), "", "", "失败", "姓名有误")])
    signed = office.signed
    commands.reapply(county=office.county, cards=[office.card(person)], on=office.on, **signed)
    assert (office.card(person).state, office.card(person).batch_id) == (State.APPLIED, None)
    assert office.check().batch != batch


def test_rows_that_cannot_be_understood_come_back_with_the_reason(office, hire):
    batch = office.send(hire(1), hire(3), hire(5))
    other = hire(7)
    office.apply(other)
    job = office.take_in(
        batch,
        [
            (number_of(99), "", card_number(9), "成功", ""),
            (number_of(7), "", card_number(7), "成功", ""),
            (number_of(1), "张冠李戴", card_number(1), "成功", ""),
            (number_of(3), "", "12345", "成功", ""),
            (number_of(5), "", card_number(5), "不知道", ""),
        ],
    )
    assert job.result["rejected"] == 5
    reasons = card_reasons(job)
    words = ("查无此人", "不在这一批", "姓名", "位数字", "看不懂")
    assert [word for word, reason in zip(words, reasons, strict=True) if word not in reason] == []
    assert not any(number_of(99)[6:14] in reason for reason in reasons)


def card_reasons(job):
    return [row.reason for row in card_returns.rows_of(job).order_by("number")]


def test_one_number_is_one_card(office, hire):
    batch = office.send(hire(1), hire(3))
    rows = [(number_of(1), "", card_number(1), "成功", ""), (number_of(3), "", card_number(1), "成功", "")]
    job = office.take_in(batch, rows)
    assert (job.result["made"], job.result["rejected"]) == (1, 1)


def test_the_bank_tells_which_cards_are_in_use(office, hire):
    person = hire()
    (card,) = office.hand_out(person)
    job = office.take_in(card.batch, [(number_of(1), "", card_number(1), "已激活", "")])
    assert job.result["activated"] == 1
    assert (office.card(person).state, office.card(person).activated_on) == (State.ACTIVATED, office.on)


def test_a_number_with_a_wrong_check_digit_is_told_where_the_bank_has_one():
    returns = banks.Returns(identity=("证件",), card=("卡号",), luhn=True)
    assert rules.must_be_a_card_number("6222 0200-0000 0003", returns.model_copy(update={"luhn": False}))
    with pytest.raises(rules.NotACardNumber):
        rules.must_be_a_card_number("4111111111111112", returns)
    assert rules.must_be_a_card_number("4111111111111111", returns) == "4111111111111111"


def test_a_number_that_a_card_of_another_county_has_comes_back_and_nothing_more_is_said(
    office, hire, employ, neighbour, outsider, actor, at
):
    office.make(hire())
    signed = {"county": neighbour, "by": actor(outsider)}
    theirs = Office(neighbour, outsider, actor, at)
    firm = employ("井陉县机械厂", **signed)
    person = hire(2, employer=firm, **signed)
    batch = theirs.send(person)
    job = theirs.take_in(batch, [(number_of(2), "", card_number(1), "成功", "")])
    (row,) = card_returns.rows_of(job)
    assert (row.verdict, row.reason) == (Verdict.REJECTED, "这个卡号已登记给别人，请向银行核实")
