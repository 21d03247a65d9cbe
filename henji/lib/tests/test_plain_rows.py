"""Rows written plainly are read without a parser, and mean what the parser reads in them."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from henji.lib import xlsx_rows
from henji.lib.spreadsheet import open_book
from henji.lib.xlsx_cells import Surroundings, Values
from henji.lib.xlsx_package import Limits, WorkbookRefused, damage_refused
from henji.lib.xlsx_plain import PlainRows, strings
from henji.lib.xlsx_strict import SheetReader, StringsReader

AROUND = Surroundings(["姓名", "", "王 小明", "_x0041_"], frozenset({"2"}))
LIMITS = Limits(columns=30)
HEADS = (
    "<worksheet>",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="u"><cols/>',
    "<?xml version='1.0' encoding='utf-8'?><worksheet>",
    '\ufeff<?xml version="1.0"?><worksheet>',
    "<worksheet><!-- <sheetData> -->",
    '<x:worksheet xmlns:x="urn:s">',
    "<worksheet><row/>",
    '<worksheet><c r="AZ1"><v>1</v></c>',
    "<worksheet",
)


class Trickle(io.BytesIO):
    """A file that gives its first part whole, and then a little at a time."""

    def read(self, size=-1, /):
        return super().read(size if self.tell() == 0 or size < 0 else 23)


def by_parser(xml):
    """What the parser alone reads in the part of a sheet, or that it is refused."""
    try:
        with damage_refused():
            return list(SheetReader(Values(AROUND), columns=LIMITS.columns).read([xml]))
    except WorkbookRefused:
        return "refused"


def by_look(stream):
    """What is read in it with as few parsers as can be."""
    try:
        return list(xlsx_rows.rows(stream, AROUND, LIMITS))
    except WorkbookRefused:
        return "refused"


def plain(text):
    """What a row without its end tag says, if no parser is needed."""
    return PlainRows(Values(AROUND), columns=LIMITS.columns).read(text)


TEXTS = st.sampled_from(
    [
        "",
        "0",
        "2",
        "3",
        "42559",
        "1.5",
        "-1",
        "9",
        "王",
        " 明\n",
        "&amp;",
        "&#9;",
        "a]]>b",
        ">",
        "\r",
        "_x0041_",
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' s="2"',
        ' t="s"',
        ' s="1" t="s"',
        ' t="n"',
        ' t="str"',
        ' t="inlineStr"',
        ' t="b"',
        ' t="e"',
        ' t="d"',
        ' t="s" s="2"',
        " t='s'",
        ' t="s" t="s"',
        ' s="2"  t="n"',
        ' cm="1"',
        ' t="',
    ]
)
CONTENTS = st.sampled_from(
    [
        "<v>{}</v>",
        "<is><t>{}</t></is>",
        '<is><t xml:space="preserve">{}</t></is>',
        "<f>A1+1</f><v>{}</v>",
        "",
        "<v>{}",
        "<is><r><t>{}</t></r><rPh><t>x</t></rPh></is>",
        "<!--{}--><v>1</v>",
        "<v><![CDATA[{}]]></v>",
        "<f>{}</f>",
        '<f t="shared" si="0"/><v>{}</v>',
        "<v>{}</t></is>",
        "<is><t>{}</v>",
        "</c><c><v>{}</v>",
    ]
)
ROW_TAGS = st.sampled_from(
    [
        '<row r="{}">',
        '<row r="{}" spans="1:9" ht="15">',
        "<row>",
        '<row r="{}" r="1">',
        "<row r='{}'>",
        '<row r="{}" spans="1:9" spans="1:9">',
        '<row r="{}"><!-- ',
        '<row r="{}" a=b>',
        '<row r="{}"/><row>',
        "",
    ]
)
BETWEEN = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "<!-- </row> -->",
        '<row r="7"/>',
        "<![CDATA[</row>]]>",
        "<?x </row>?>",
        "<a>",
        "</a>",
        "</row>",
    ]
)


@st.composite
def cells(draw):
    reference = draw(
        st.sampled_from([' r="A1"', ' r="B1"', ' r="C1"', ' r="AA9"', ' r="AZ1"', ' r="é1"', ""])
    )
    content = draw(CONTENTS).format(draw(TEXTS))
    tag = f"<c{reference}{draw(ATTRIBUTES)}"
    return f"{tag}>{content}</c>" if content else draw(st.sampled_from([f"{tag}/>", f"{tag}></c>"]))


@st.composite
def plain_rows(draw):
    """A row as programs write it."""
    letters = sorted(draw(st.sets(st.sampled_from("ABCDEFG"))))
    number = draw(st.integers(1, 12))
    looks = draw(st.sampled_from([' t="s"', ' s="1" t="s"']))
    told = "".join(f'<c r="{each}{number}"{looks}><v>{draw(st.integers(0, 3))}</v></c>' for each in letters)
    return f'<row r="{number}" spans="1:9">{told}</row>'


@st.composite
def odd_rows(draw):
    told = "".join(draw(st.lists(cells(), max_size=4)))
    return (
        draw(ROW_TAGS).format(draw(st.integers(0, 12)))
        + told
        + draw(st.sampled_from(["</row>"] * 5 + ["", "/>"]))
    )


@st.composite
def sheets(draw):
    rows = draw(st.lists(plain_rows() | odd_rows() | BETWEEN, max_size=8))
    head = draw(st.sampled_from(HEADS))
    tail = draw(
        st.sampled_from(
            ["</worksheet>"] * 4 + ["<row><c><v>1</v></c></row></worksheet>", "</x:worksheet>", ""]
        )
    )
    return f"{head}<sheetData>{''.join(rows)}</sheetData>{tail}".encode()


@settings(deadline=None, max_examples=400)
@given(sheets(), st.data())
def test_every_sheet_is_read_as_the_parser_reads_it(xml, data):
    assert by_look(io.BytesIO(xml)) == by_parser(xml)
    assert by_look(Trickle(xml)) == by_parser(xml)
    place = data.draw(st.integers(0, len(xml)))
    damaged = xml[:place] + data.draw(st.binary(max_size=2)) + xml[place + data.draw(st.integers(0, 3)) :]
    assert by_look(io.BytesIO(damaged)) == by_parser(damaged)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        TEXTS.map("<si><t>{}</t></si>".format)
        | st.sampled_from(["<si><r><t>a</t></r></si>", " ", "<!--</si>-->"])
    ),
    st.sampled_from(
        ["<sst>", '<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="urn:s" count="9">', "<y:sst>"]
    ),
)
def test_every_shared_string_is_read_as_the_parser_reads_it(items, head):
    xml = f"{head}{''.join(items)}</sst>".encode()
    outcomes = []
    for read in (
        lambda: xlsx_rows.shared_strings(Trickle(xml), Limits()),
        lambda: list(StringsReader().read([xml])),
    ):
        try:
            with damage_refused():
                outcomes.append(read())
        except WorkbookRefused:
            outcomes.append("refused")
    assert outcomes[0] == outcomes[1]


def written_by_openpyxl(stream):
    book = openpyxl.Workbook()
    for number in range(5):
        book.active.append([f"王{number}", number, 1.5, True, None, " 明"])
    book.save(stream)


def written_by_xlsxwriter(stream, **options):
    with xlsxwriter.Workbook(stream, options) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number in range(5):
            page.write_row(number, 0, [f"王{number}", number, " 明 "], bold)
            page.write_blank(number, 3, None, bold)


@pytest.mark.parametrize(
    "write",
    [
        written_by_openpyxl,
        written_by_xlsxwriter,
        lambda stream: written_by_xlsxwriter(stream, constant_memory=True),
    ],
)
def test_what_programs_write_needs_no_parser(write):
    stream = io.BytesIO()
    write(stream)
    with zipfile.ZipFile(stream) as archive, open_book(stream) as book:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        rows = xml[xml.index("<row") :].split("</row>")[:-1]
        reader = PlainRows(Values(Surroundings(["一"] * 99, frozenset())), columns=9)
        assert [reader.read(row) is not None for row in rows] == [True] * 5
        assert len(list(book.rows(book.sheets[0]))) == 5


def test_a_row_as_excel_writes_it_needs_no_parser():
    row = (
        '<row r="3" spans="1:4" s="5" customFormat="1" x14ac:dyDescent="0.25">'
        '<c r="A3" s="1" t="s"><v>2</v></c>'
        '<c r="B3" s="2"><v>42559</v></c><c r="C3" s="7"/>'
        '<c r="D3" t="str"><f>IF(B3,"男","女")</f><v>男</v></c>'
    )
    number, found = plain(row)
    assert (number, found[0], str(found[1]), found[2:]) == (3, "王 小明", "2016-07-08", [None, "男"])


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1" t="str"><v>A&amp;B</v></c>',
        '<row r="1"><c r="A1"><!-- 5 --><v>1</v></c>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>',
        '<row r="1" ht="1" ht="1"><c r="A1"><v>1</v></c>',
        '<row r="1"/><row r="2"><c r="A2"><v>1</v></c>',
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>',
    ],
)
def test_what_has_more_than_one_reading_is_left_to_the_parser(row):
    assert plain(row) is None


def test_strings_with_more_than_text_are_left_to_the_parser():
    assert strings("<si><t>王</t></si><si><t/></si>") is None
    assert strings('<si><t>王</t></si><si><t xml:space="preserve"> _x0041_</t></si>') == ["王", " A"]


def test_a_long_sheet_of_rows_alike_is_read_as_the_parser_reads_it():
    """After some hundreds of rows alike the whole row is matched at once; others in between are not lost."""
    alike = '<row r="{0}"><c r="A{0}" t="s"><v>2</v></c><c r="C{0}"><v>{0}</v></c><c r="D{0}" s="1"/></row>'
    rows = [alike.format(number) for number in range(1, 1200)]
    rows[1000] = '<row r="1001"><c r="A1001" t="str"><v>A&amp;B</v></c></row>'
    rows[1100] = '<row r="1101"><c r="A1101" t="s"><v>0</v></c></row>'
    rows[1150] = rows[1150].replace("<v>2</v>", "<v>1</v>")
    xml = f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()
    read = by_look(io.BytesIO(xml))
    assert read == by_parser(xml)
    assert (read[1000], read[1150]) == ((1001, ["A&B"]), (1151, [None, None, 1151]))
