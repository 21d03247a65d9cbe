"""Files that are not, or pretend to be, workbooks: one clear sentence, and no harm."""

import io
import os
import random
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.lib import xlsx_package
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import open_book
from henji.lib.tests.books import (
    ROSTER,
    WANG,
    book_of,
    cells_of,
    read_alone,
    rewritten,
    shared_book_of,
    with_sheet,
)
from henji.lib.xlsx_package import MIB, Limits

SHEET, WORKBOOK, TYPES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def roster():
    return shared_book_of(["姓名", "身份证号"], ["王小明", WANG[1]])


def read_wholly(stream):
    with open_book(stream) as book:
        for sheet in book.sheets:
            list(book.rows(sheet))
        return list(book.table(ROSTER).rows())


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", xlsx_package.FileEmpty, "空的"),
        (b"%PDF-1.7\n%...", xlsx_package.NotAWorkbook, "PDF"),
        (b"\x89PNG\r\n\x1a\n....", xlsx_package.NotAWorkbook, "PNG"),
        (b"\xff\xd8\xff\xe0....", xlsx_package.NotAWorkbook, "JPG"),
        (b"  <html><table>", xlsx_package.NotAWorkbook, "HTML"),
        (b"\xef\xbb\xbf<html><table>", xlsx_package.NotAWorkbook, "HTML"),
        ("姓名与身份证号\n".encode("gbk"), xlsx_package.NotAWorkbook, "另存为 .xlsx"),
        (b"\x80\xff\x00,\n", xlsx_package.NotAWorkbook, "另存为 .xlsx"),
        (OLE2 + bytes(1000), xlsx_package.WorkbookBroken, "损坏"),
        (b"PK\x03\x04" + bytes(50), xlsx_package.WorkbookBroken, "损坏"),
    ],
)
def test_a_file_is_known_by_its_content_not_by_its_name(tmp_path, content, refusal, words):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(refusal, match=words):
        open_book(path)


def test_other_zips_are_no_workbooks():
    for parts in (
        {"照片/1.jpg": b"x"},
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"},
        {TYPES: b"<Types/>", "_rels/.rels": b"<Relationships/>"},
        {
            TYPES: b"<Types/>",
            "_rels/.rels": b'<R><Relationship Id="1" Type="u/officeDocument" Target="word.xml"/></R>',
            "word.xml": b"<w:document xmlns:w='u'/>",
        },
    ):
        with pytest.raises(xlsx_package.NotAWorkbook):
            open_book(zipped(parts))


def test_a_file_of_300_mb_is_refused_unread(tmp_path):
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300 * MIB)
    with pytest.raises(xlsx_package.FileTooLarge, match="50 MB"):
        open_book(path)


def test_the_largest_file_is_a_parameter():
    with pytest.raises(xlsx_package.FileTooLarge):
        open_book(roster(), limits=Limits(file_bytes=100))


def test_a_zip_bomb_is_refused_by_its_directory():
    bomb = rewritten(roster(), {SHEET: b"<worksheet>" + bytes(80 * MIB)})
    assert len(bomb.getvalue()) < MIB
    with pytest.raises(xlsx_package.SwellsTooMuch, match="展开后过大"):
        open_book(bomb)


def test_a_bomb_of_many_parts_is_refused():
    many = zipped({f"{number}.xml": b"" for number in range(6000)})
    with pytest.raises(xlsx_package.SwellsTooMuch, match="部件过多"):
        open_book(many)
    heavy = {f"xl/media/{number}.bin": os.urandom(1000) * 40 for number in range(30)}
    with pytest.raises(xlsx_package.SwellsTooMuch):
        open_book(rewritten(roster(), heavy), limits=Limits(inflated_bytes=MIB))


def test_a_directory_that_lies_about_a_size_does_not_hurt():
    """The sheet says 1,000 bytes and holds 80 MiB: no more than it says is ever inflated."""
    bomb = bytearray(rewritten(roster(), {SHEET: b"<worksheet>" + b" " * (80 * MIB)}).getvalue())
    honest, lie = struct.pack("<L", 80 * MIB + 11), struct.pack("<L", 1000)
    assert bomb.count(honest) == 2
    with open_book(io.BytesIO(bomb.replace(honest, lie))) as book, pytest.raises(xlsx_package.WorkbookBroken):
        list(book.rows("花名册"))


def test_a_part_of_endless_elements_is_refused():
    styles = b"<styleSheet>" + b"<xf/>" * 600_000 + b"</styleSheet>"
    with pytest.raises(xlsx_package.SwellsTooMuch, match="样式"):
        read_wholly(rewritten(roster(), {"xl/styles.xml": styles}))


def test_a_format_of_endless_length_is_judged_by_its_beginning():
    """Each of many styles would have it looked through again; and what never closes is looked for again."""
    formats = b'<numFmt numFmtId="164" formatCode="' + b"[" * 200_000 + b'"/>'
    styles = (
        b"<styleSheet><numFmts>" + formats + b'</numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    begun = time.process_time()
    assert read_wholly(rewritten(roster(), {STYLES: styles}))
    assert time.process_time() - begun < 5


def test_sheets_that_are_one_part_are_refused():
    """A large part without a row would be inflated once for each of thousands of names."""
    with zipfile.ZipFile(roster()) as archive:
        workbook = archive.read(WORKBOOK)
    twice = workbook.replace(b"</sheets>", b'<sheet name="B" sheetId="2" r:id="rId1"/></sheets>')
    with pytest.raises(xlsx_package.WorkbookBroken):
        open_book(rewritten(roster(), {WORKBOOK: twice}))


def test_texts_beyond_all_measure_are_refused():
    with pytest.raises(xlsx_package.SwellsTooMuch, match="展开后过大"):
        list(open_book(roster(), limits=Limits(strings=3)).table(ROSTER).rows())
    assert list(open_book(roster(), limits=Limits(strings=4)).table(ROSTER).rows())


@pytest.mark.parametrize("part", [WORKBOOK, TYPES, STYLES, "_rels/.rels", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_read_whole_may_not_be_large(part):
    with zipfile.ZipFile(roster()) as archive:
        padded = archive.read(part) + b" " * 20_000
    padded_book = rewritten(roster(), {part: padded})
    with pytest.raises(xlsx_package.SwellsTooMuch, match="样式或说明过多"):
        list(open_book(padded_book, limits=Limits(whole_part_bytes=20_000)).table(ROSTER).rows())
    assert len(read_wholly(padded_book)) == 1


@pytest.mark.parametrize("part", [SHEET, WORKBOOK, TYPES, STRINGS, STYLES])
def test_a_dtd_is_refused_in_every_part(part):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(xlsx_package.WithForeignMarkup):
        read_wholly(rewritten(roster(), {part: laughs}))


def test_macros_are_refused_by_part_and_by_declaration():
    with pytest.raises(xlsx_package.WithMacros, match="宏"):
        open_book(rewritten(roster(), {"xl/vbaProject.bin": b"x"}))
    with zipfile.ZipFile(roster()) as archive:
        types = archive.read(TYPES)
    declared = types.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    declared = declared.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.macro", b"ms-excel.sheet.macro"
    )
    with pytest.raises(xlsx_package.WithMacros):
        open_book(rewritten(roster(), {TYPES: declared}))


def test_a_locked_part_is_refused_as_locked():
    locked = bytearray(roster().getvalue())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(xlsx_package.Encrypted, match="密码"):
        open_book(io.BytesIO(locked))


def test_a_sheet_that_leads_nowhere_is_refused_as_damage():
    with zipfile.ZipFile(roster()) as archive:
        contents = archive.read(WORKBOOK)
    with pytest.raises(xlsx_package.WorkbookBroken):
        open_book(rewritten(roster(), {WORKBOOK: contents.replace(b"r:id=", b"r:no=")}))


def test_a_directory_that_lists_nothing_is_no_workbook():
    nothing = io.BytesIO(b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18))
    with pytest.raises(xlsx_package.NotAWorkbook):
        open_book(nothing)


def test_two_parts_of_one_name_are_refused():
    with pytest.raises(xlsx_package.WorkbookBroken):
        open_book(rewritten(roster(), {"XL/WORKBOOK.XML": b"<workbook/>"}))


def test_a_cell_in_the_last_row_and_column_costs_nothing():
    far = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert cells_of(far) == [[1]]
    far = with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(xlsx_package.TooManyColumns, match="200 列"):
        cells_of(far)
    far = with_sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    assert cells_of(far) == [[1]]


def test_too_many_rows_and_columns_are_refused():
    stream = book_of(*[[number, 1, 2] for number in range(5)])
    with (
        open_book(stream, limits=Limits(rows=4)) as book,
        pytest.raises(xlsx_package.TooManyRows, match="4 行"),
    ):
        list(book.rows("花名册"))
    with open_book(stream, limits=Limits(columns=2)) as book, pytest.raises(xlsx_package.TooManyColumns):
        list(book.rows("花名册"))
    with open_book(stream, limits=Limits(rows=5, columns=3)) as book:
        assert sum(1 for _row in book.rows("花名册")) == 5


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1"><c r="é1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>soon</v></c></row>',
        '<row r="1"><c r="A1"><v>&unknown;</v></c></row>',
        '<row r="1">',
    ],
)
def test_nonsense_in_a_sheet_is_refused_as_damage(rows):
    with pytest.raises(xlsx_package.WorkbookBroken):
        cells_of(with_sheet(rows))


def test_a_text_longer_than_excel_allows_is_refused():
    words = "长" * 32_768
    with pytest.raises(xlsx_package.CellTooLong):
        cells_of(with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row>'))
    assert cells_of(with_sheet(f'<row r="1"><c r="A1" t="str"><v>{words[1:]}</v></c></row>')) == [[words[1:]]]


FILE = roster().getvalue()
#: Whole files take their time on a busy machine.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def only_a_refusal_may_come(stream):
    with suppress(Refusal):
        read_wholly(stream)


@unhurried
@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_in_words(content):
    only_a_refusal_may_come(io.BytesIO(content))
    only_a_refusal_may_come(io.BytesIO(b"PK\x03\x04" + content))


@unhurried
@given(st.integers(0, len(FILE)))
def test_a_file_cut_short_is_refused_in_words(length):
    only_a_refusal_may_come(io.BytesIO(FILE[:length]))


@unhurried
@given(st.lists(st.tuples(st.integers(0, len(FILE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_file_with_changed_bytes_is_read_or_refused_in_words(changes):
    content = bytearray(FILE)
    for place, byte in changes:
        content[place] = byte
    only_a_refusal_may_come(io.BytesIO(content))


@unhurried
@given(
    st.sampled_from([SHEET, WORKBOOK, TYPES, "_rels/.rels", "xl/_rels/workbook.xml.rels", STYLES, STRINGS]),
    st.randoms(use_true_random=False),
)
def test_a_file_with_changed_xml_is_read_or_refused_in_words(part, chance: random.Random):
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        xml = bytearray(archive.read(part))
    for _change in range(chance.randint(1, 4)):
        start = chance.randrange(len(xml))
        xml[start : start + chance.randint(0, 20)] = chance.choice(
            [b"", b'"', b"<c>", b"9999999", b"\xff", b"A1", b"-1"]
        )
    only_a_refusal_may_come(rewritten(io.BytesIO(FILE), {part: bytes(xml)}))


def test_a_damaged_checksum_is_noticed():
    content = bytearray(FILE)
    crc = struct.pack("<L", zlib.crc32(zipfile.ZipFile(io.BytesIO(FILE)).read(SHEET)))
    with pytest.raises(xlsx_package.WorkbookBroken):
        read_wholly(io.BytesIO(content.replace(crc, b"\x00\x00\x00\x00")))


def test_a_formula_as_a_name_is_refused_as_a_name():
    with open_book(shared_book_of(["姓名", "身份证号"], ["=cmd|' /C calc'!A0", WANG[1]])) as book:
        table = book.table(ROSTER)
        (row,) = table.rows()
    assert row.cells[0] == "=cmd|' /C calc'!A0"
    assert "不能以" in read_alone(table.columns, row.cells)[1][0]
