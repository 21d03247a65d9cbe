"""词表: all that pages say is said in English too, whole and in the glossary's words."""

import gettext
import io
import re

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.utils import translation

from tests.house.source import ROOT
from tests.house.speech import CHINESE
from tools import catalogues, messages

ENGLISH = messages.messages(messages.read("en"))

#: English that holds Chinese, and why.
CHINESE_WITHIN = {
    "是否建会请填“是”或“否”": "what the cell must hold",
    "正常、退休保留会籍、失业保留会籍、保留会籍、转出、退会、除名、死亡；空着就是正常": "what it must hold",
    "会籍状态不认识，可填：正常、保留会籍、转出、退会、除名、死亡；空着就是正常": "what the cell must hold",
    "男、女": "what the cell must hold",
    "空着就用单位名称加“工会”": "what is put behind a name on record",
    "如 正定县总工会": "an example of a name",
    "如 正工字〔2016〕5号": "an example of a number",
    "文号或名称，如 石工发〔2016〕12 号": "an example of a number",
    "市级：1": "what the cell must hold",
    "照片、视频 ×2 每季度": "what the cell must hold",
    "“名单编号”请原样保留：系统凭它认人，不用填身份证号。": "the head of a column",
    "在“捐款金额”里填每人捐的数；没捐的留 0，不会计入。": "the head of a column",
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%")
_END = re.compile(r"\A\n|\n\Z")
_TAG = re.compile(r"</?\w+[^>]*>")
#: A deed in the glossary: 工会建立 | found a union | `unions.union_founded`, …
_ROW = re.compile(r"^\| (\S+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_DEED = re.compile(r"`([a-z_]+\.[a-z_]+)`")


def pairs(message: Message) -> list[tuple[str, str]]:
    """The message, or each of its forms, with its translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


ALL = [pair for message in ENGLISH.values() for pair in pairs(message)]
#: What is not translated is one test's to tell.
PAIRS = [(said, told) for said, told in ALL if told.strip()]


def differing(pattern: re.Pattern[str]) -> list[str]:
    """Messages of which the two sides do not hold the same."""
    return [said for said, told in PAIRS if set(pattern.findall(said)) != set(pattern.findall(told))]


def test_the_catalogue_holds_what_is_said_and_no_more():
    said = messages.messages(messages.gathered()).keys()
    assert {"make messages adds": said - ENGLISH.keys(), "and drops": ENGLISH.keys() - said} == {
        "make messages adds": set(),
        "and drops": set(),
    }


def test_every_message_is_translated():
    assert [said for said, told in ALL if not told.strip()] == []
    assert [message.id for message in ENGLISH.values() if message.fuzzy] == []


@pytest.mark.parametrize("pattern", [_PLACEHOLDER, _TAG, _END], ids=["placeholders", "tags", "ends"])
def test_both_sides_hold_the_same(pattern):
    assert differing(pattern) == []


def test_the_english_is_english():
    quotes = str.maketrans("", "", "“”")
    assert {said for said, told in PAIRS if CHINESE.search(told.translate(quotes))} == CHINESE_WITHIN.keys()


def test_no_translation_ends_an_attribute():
    assert [told for _said, told in PAIRS if '"' in told] == []


def test_a_deed_is_called_what_the_glossary_calls_it():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = {code: english for _, english, named in _ROW.findall(glossary) for code in _DEED.findall(named)}
    with translation.override("en"):
        called = {
            code: str(label).lower()
            for config in apps.get_app_configs()
            if (deeds := getattr(config.module, "deeds", None))
            for code, label in deeds.Deed.choices
        }
    known = {code: re.split(r"[,;:] ?", rows[code]) for code in called.keys() & rows.keys()}
    assert len(known) > 40
    assert {code: words for code, words in known.items() if called[code] not in words} == {}


def test_what_is_compiled_says_the_same():
    text = messages.place("en").read_text(encoding="utf-8")
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(text)))
    for (said, context), message in ENGLISH.items():
        if isinstance(said, str):
            told = spoken.pgettext(context, said) if context else spoken.gettext(said)
            assert told == (message.string or said)
        else:
            assert [spoken.ngettext(*said, n) for n in (1, 2)] == list(message.string or said)


def test_a_message_in_several_lines_is_read_whole():
    text = '#, python-format\nmsgctxt "one"\nmsgid "甲 "\n"%(n)s"\nmsgstr "a \\"%(n)s\\""\n'
    assert list(catalogues.entries(text)) == [("one\x04甲 %(n)s", 'a "%(n)s"')]
