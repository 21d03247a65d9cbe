"""坏文件: workbooks and text tables as nobody should make them, and real ones that were damaged."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt
from hypothesis import strategies as st

from henji.members.tests.rosters import number_of

#: The heads of what is handed in: rosters, donation books, lists of employers.
HEADS: Sequence[Sequence[str]] = (
    ("姓名", "身份证号", "手机号", "工作单位", "入会日期", "会籍状态", "变化日期"),
    ("姓名", "身份证号", "单位", "捐款金额", "捐款日期", "收据号"),
    ("单位名称", "统一社会信用代码", "所在乡镇", "工会名称", "是否建会", "职工人数", "建会日期"),
)
#: What a cell may hold that is not what it should be.
ODD: Sequence[Any] = (
    *("", " ", "\t", "-", "/", "无", "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+86 138 0000 1234", "'0012"),
    *(
        "1.30123E+17",
        "1E+999",
        "#N/A",
        "#REF!",
        "合计",
        "姓名",
        "身份证号",
        "小计：",
        "张 三",
        "１３０１２３",
    ),
    *(
        "\u202e倒",
        "\ufeff头",
        "\u200b",
        "𠮷",
        "\ue000",
        "_x0000_",
        "_xD800_",
        "a\nb",
        'a"b',
        "a,b;c\td",
        "😀",
    ),
    *("2016-02-30", "2016.7", "0", "1899-12-31", "9999-12-31", "汉" * 300, "9" * 400, "x" * 33_000),
    *(0, -1, 1.5, 10**15, 1e308, -1e-300, 130123198503120019, 42_559, 2_958_466, True, False),
    *(date(1900, 1, 1), date(2016, 7, 8), date(9999, 12, 31)),
)
#: Bytes that mean something in one of the formats.
TOKENS: Sequence[bytes] = (
    *(b"\0", b"\xff", b"\x80\x80", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\x1a", b"\xef\xbb\xbf"),
    *(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    *(b"<c", b"</row>", b"<row r='0'>", b"<v>", b"</v>", b"]]>", b"&lt;", b"&x;", b"<!--", b"<![CDATA["),
    *(b"\x09\x08\x10\x00", b"\x0a\x00\x00\x00", b"\xfc\x00", b"\xfd\x00\x0a\x00", b"\x85\x00", b"\x3c\x00"),
)
#: Pieces that are put into the XML of a sheet in the place of another.
PIECES: Sequence[str] = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    *('r="A1048577"', 'r="ZZZZ1"', 'r=""', 'r="1A"', 'r="A1" r="A1"', 't="s"', 't="e"', 't="d"', 't="zz"'),
    *('s="99999999"', "<v>-1</v>", "<v>999999999</v>", "<v>1e999</v>", "<v>nan</v>", "<v/>", "<is><t/></is>"),
    *('<row r="1048576"/>', '<row r="-1"/>', '<row r="7"/><row r="7"/>', '<mergeCell ref="A1:A9999999"/>'),
    *('<mergeCell ref="B9:A1"/>', "<sheetData>", "</sheetData>", "\x01", "\ufffe", "<c><v>9</v></c>" * 300),
    *("<f>1/0</f>", '<x:c xmlns:x="u"/>', "<rPh><t>x</t></rPh>", 'state="hidden"', 'date1904="1"', "&#0;"),
)
#: Where a piece may stand: an attribute, an element, or nothing.
_PLACES = re.compile(r' [a-z]+="[^"]*"|<[^>]*>')


def _real_row(chance: random.Random, heads: Sequence[str]) -> list[Any]:
    serial = chance.randrange(1, 999)
    whole = {
        "姓名": f"会员{serial}",
        "身份证号": number_of(serial),
        "手机号": f"138{serial:08d}",
        "捐款金额": chance.choice((50, "50.00", 1e9, "五十")),
        "单位名称": f"第{serial}厂",
        "统一社会信用代码": "",
        "职工人数": serial,
    }
    return [whole.get(head, chance.choice(("", "某某公司", "2016-07-08", "正常"))) for head in heads]


def rows_of(chance: random.Random) -> list[list[Any]]:
    """表: some real rows and some odd ones below a head that may be odd too."""
    heads = list(chance.choice(HEADS))
    chance.shuffle(heads)
    if chance.random() < 0.1:
        heads = [str(chance.choice(ODD))[:50] for _head in heads]
    rows = [_real_row(chance, heads) for _n in range(chance.randrange(1, 8))]
    for row in rows:
        for place in range(len(row)):
            if chance.random() < 0.15:
                row[place] = chance.choice(ODD)
    above = [["某某公司花名册"]] if chance.random() < 0.3 else []
    return [*above, list(heads), *rows, *([heads] if chance.random() < 0.1 else [])]


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """新版."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = page.cell(number, place)
            cell.value = (
                re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", "", value)[:32_000] if isinstance(value, str) else value
            )
            if isinstance(value, str):
                cell.data_type = "s"
    if len(rows) > 3:
        page.merge_cells("D3:D4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """旧版."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("花名册")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, value[:32_000] if isinstance(value, str) else value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_csv(rows: Sequence[Sequence[Any]], chance: random.Random) -> bytes:
    """文本."""
    text = io.StringIO()
    csv.writer(text, delimiter=chance.choice(",;\t")).writerows(rows)
    return text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))


def damaged(content: bytes, chance: random.Random) -> bytes:
    """损坏: bytes altered, put in, left out, doubled, cut off."""
    found = bytearray(content)
    for _n in range(chance.randrange(1, 9)):
        at = chance.randrange(len(found) + 1)
        end = min(at + chance.choice((1, 2, 16, 400)), len(found))
        match chance.randrange(5):
            case 0 if found:
                found[min(at, len(found) - 1)] = chance.randrange(256)
            case 1:
                found[at:at] = chance.choice(TOKENS)
            case 2:
                del found[at:end]
            case 3:
                found[at:at] = found[at:end]
            case _ if chance.random() < 0.2:
                del found[at:]
    return bytes(found)


def rewritten(content: bytes, chance: random.Random) -> bytes:
    """改写: a workbook whose zip is whole and whose XML is not what it was."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        parts = {name: source.read(name) for name in source.namelist()}
        for name in chance.sample(sorted(parts), k=chance.choice((1, 1, 2))):
            text = parts[name].decode()
            for _n in range(chance.randrange(1, 4)):
                places = [found.span() for found in _PLACES.finditer(text)]
                start, end = chance.choice(places or [(0, 0)])
                text = text[:start] + chance.choice(("", " ")) + chance.choice(PIECES) + text[end:]
            parts[name] = text.encode("utf-8", "replace")
        for name, part in parts.items():
            if chance.random() > 0.02:
                made.writestr(name, part)
    return target.getvalue()


def _xlsx(chance: random.Random) -> bytes:
    return as_xlsx(rows_of(chance))


def _csv(chance: random.Random) -> bytes:
    return as_csv(rows_of(chance), chance)


def _xls(chance: random.Random) -> bytes:
    return as_xls(rows_of(chance))


#: Ways to make a file, the costly ones seldom: an old workbook is read by a process of its own.
_WAYS: Sequence[tuple[int, Callable[[random.Random], bytes]]] = (
    (10, _xlsx),
    (12, lambda chance: damaged(_xlsx(chance), chance)),
    (30, lambda chance: rewritten(_xlsx(chance), chance)),
    (15, _csv),
    (25, lambda chance: damaged(_csv(chance), chance)),
    (1, _xls),
    (4, lambda chance: damaged(_xls(chance), chance)),
    (3, lambda chance: chance.randbytes(chance.randrange(300))),
)


def file_of(chance: random.Random) -> bytes:
    """坏文件."""
    ways = [way for _weight, way in _WAYS]
    (way,) = chance.choices(ways, weights=[weight for weight, _way in _WAYS])
    return way(chance)


def _seeded(seed: int) -> bytes:
    """One number makes one file: what a zip says of the hour it was made is no choice of anybody's."""
    return file_of(random.Random(seed))


files = st.integers(0, 2**64).map(_seeded) | st.binary(max_size=200)
