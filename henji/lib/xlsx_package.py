"""工作簿文件: the parts inside an `.xlsx` file, opened so that no file can hurt.

An `.xlsx` file is a zip of XML parts (ECMA-376). What its directory says is judged before anything is
inflated, and no part is ever inflated beyond what its directory says.
"""

import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath
from typing import IO, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal

MIB = 1 << 20
CHUNK_BYTES = 1 << 18
#: Of a part that is held in memory whole. Workbooks with tens of thousands of styles do occur.
MOST_ELEMENTS = 500_000

_DIRECTORY_ENTRY = b"PK\x01\x02"
#: Everything that a damaged zip or damaged XML makes the standard library raise. A damaged offset ends in
#: an impossible seek, hence OSError.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,
    OSError,
)


class WorkbookRefused(Refusal):
    """表格文件不能读."""


class FileEmpty(WorkbookRefused):
    """空文件."""


class FileTooLarge(WorkbookRefused):
    """文件过大."""


class NotAWorkbook(WorkbookRefused):
    """不是 Excel 表格: another kind of file, whatever its name says."""


class Encrypted(WorkbookRefused):
    """加了密码."""


class SwellsTooMuch(WorkbookRefused):
    """展开后过大: a zip bomb, or a sheet formatted down to its last row."""


class WithMacros(WorkbookRefused):
    """含有宏."""


class WorkbookBroken(WorkbookRefused):
    """文件损坏."""


class WithForeignMarkup(WorkbookRefused):
    """含文档类型声明: no spreadsheet program writes a DTD."""


class TooManyRows(WorkbookRefused):
    """行数过多."""


class TooManyColumns(WorkbookRefused):
    """列数过多."""


class CellTooLong(WorkbookRefused):
    """单元格文字过长: longer than Excel itself allows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """限额: bytes of the file and of its parts inflated; parts; rows and columns with content."""

    file_bytes: int = 50 * MIB
    inflated_bytes: int = 640 * MIB
    #: The ratio is asked only of what is too large to be harmless anyhow.
    harmless_bytes: int = 64 * MIB
    ratio: int = 150
    parts: int = 5000
    #: Of a part that is held in memory whole: styles, the list of sheets, relations, kinds of content.
    whole_part_bytes: int = 32 * MIB
    rows: int = 300_000
    columns: int = 200
    #: Of the process that reads an old `.xls`: its time on a core, its memory, and what it may give back.
    xls_seconds: int = 60
    xls_memory_bytes: int = 1024 * MIB
    xls_rows_bytes: int = 128 * MIB
    #: Of the texts that cells share, all of which are held in memory: ten different ones a row.
    strings: int = 3_000_000

    @classmethod
    def of_rows(cls, rows: int) -> "Limits":
        """限额 for workbooks of so many rows: what grows with them is measured out by the usual 300,000."""
        usual = cls()
        share = max(1.0, rows / usual.rows)
        return replace(
            usual,
            file_bytes=int(usual.file_bytes * share),
            inflated_bytes=int(usual.inflated_bytes * share),
            rows=rows,
            strings=int(usual.strings * share),
        )


class Element(NamedTuple):
    """元素: a start tag, without its prefix, below its parent's tag."""

    parent: str
    tag: str
    attributes: dict[str, str]


class Relation(NamedTuple):
    """关系: the last word of a relationship's type and the part that it leads to."""

    kind: str
    target: str


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever a damaged file makes the standard library raise becomes WorkbookBroken."""
    try:
        yield
    except _DAMAGE as damage:
        raise WorkbookBroken(_("文件已损坏，读不出来，请用 Excel 或 WPS 打开另存后再传")) from damage


def strict_parser() -> expat.XMLParserType:
    """An XML parser that refuses a DTD, and with it every entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declaration: object) -> None:
    raise WithForeignMarkup(_("文件里有不该有的类型声明，请用 Excel 或 WPS 打开另存后再传"))


class Package:
    """工作簿文件: reads parts by name."""

    def __init__(self, file: IO[bytes], *, limits: Limits) -> None:
        """Judge the directory of a zip; raises WorkbookRefused."""
        self._most_whole = limits.whole_part_bytes
        _must_not_list_too_much(file, limits)
        with damage_refused():
            self._zip = zipfile.ZipFile(file)
            self._parts = _parts(self._zip)
        _must_not_be_locked(self._parts.values())
        _must_not_swell(self._parts.values(), limits)
        self._must_be_a_plain_workbook()

    def open(self, name: str) -> IO[bytes]:
        """A stream of the part, inflated as it is read; raises KeyError."""
        return self._zip.open(self._parts[name.casefold()])

    def elements(self, name: str) -> list[Element]:
        """Every start tag of a part; for the small ones. Raises SwellsTooMuch, KeyError."""
        if self._parts[name.casefold()].file_size > self._most_whole:
            raise _too_much_said()
        found: list[Element] = []
        path = [""]

        def start(tag: str, attributes: dict[str, str]) -> None:
            if len(found) == MOST_ELEMENTS:
                raise _too_much_said()
            tag = tag.rpartition(":")[2]
            found.append(Element(path[-1], tag, attributes))
            path.append(tag)

        parser = strict_parser()
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda _tag: path.pop()
        with damage_refused(), self.open(name) as stream:
            # Large pieces: expat takes an attribute that arrives in many small ones in quadratic time.
            while piece := stream.read(MIB):
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by place only
            parser.Parse(b"", True)  # noqa: FBT003
        return found

    def relations(self, name: str = "") -> dict[str, Relation]:
        """What a part refers to, by id; of the package itself where no part is named."""
        folder = dirname(name)
        listed = join(folder, "_rels", name[len(folder) :].lstrip("/") + ".rels")
        return {
            attributes["Id"]: Relation(
                attributes["Type"].rpartition("/")[2],
                normpath(join("/", folder, attributes["Target"])).lstrip("/"),
            )
            for _parent, tag, attributes in self.elements(listed)
            if tag == "Relationship" and attributes.get("TargetMode") != "External"
        }

    def _must_be_a_plain_workbook(self) -> None:
        if "[content_types].xml" not in self._parts:
            raise NotAWorkbook(_("这不是 Excel 表格，看内容是压缩包或其他文档，请另存为 .xlsx 后再传"))
        listed = self.elements("[Content_Types].xml")
        types = {each.attributes.get("ContentType", "").casefold() for each in listed}
        macros_declared = any("macroenabled" in each or "vbaproject" in each for each in types)
        if macros_declared or any(name.endswith("vbaproject.bin") for name in self._parts):
            raise WithMacros(_("文件里有宏，请另存为不含宏的 .xlsx 后再传"))


def _too_much_said() -> SwellsTooMuch:
    return SwellsTooMuch(_("文件的样式或说明过多，请把内容复制到新表再传"))


def _must_not_list_too_much(file: IO[bytes], limits: Limits) -> None:
    """Counted by hand: the zip module would build an object for each entry before it could be asked."""
    file.seek(0)
    listed = sum(chunk.count(_DIRECTORY_ENTRY) for chunk in iter(lambda: file.read(MIB), b""))
    if listed > limits.parts:
        raise SwellsTooMuch(_("文件里的部件过多，请用 Excel 或 WPS 打开另存后再传"))
    file.seek(0)


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by name; names differ by more than case, and some writers turn the slashes round."""
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.replace("\\", "/").lstrip("/").casefold()
        if name in parts:
            raise zipfile.BadZipFile(f"two parts are named {name}")
        parts[name] = info
    return parts


def _must_not_be_locked(parts: Iterable[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Encrypted(_("文件加了密码，请另存为不加密的 .xlsx"))


def _must_not_swell(parts: Collection[zipfile.ZipInfo], limits: Limits) -> None:
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    swells = inflated > limits.harmless_bytes and inflated > packed * limits.ratio
    if swells or inflated > limits.inflated_bytes:
        raise swells_said()


def swells_said() -> SwellsTooMuch:
    """展开后过大."""
    return SwellsTooMuch(_("文件展开后过大，请删去表格下方和右侧的空白格式与多余的表，再另存上传"))


def too_many_rows(limits: Limits) -> TooManyRows:
    """行数过多."""
    return TooManyRows(_("表里超过 %(most)s 行，请分成几个文件再传") % {"most": f"{limits.rows:,}"})


def too_many_columns(most: int) -> TooManyColumns:
    """列数过多."""
    return TooManyColumns(_("表里超过 %(most)s 列，请删去右侧多余的列再传") % {"most": most})
