"""档案包: what a backup holds, as a tar inside the closed file.

manifest.json            when, of whom, the migrations, the tables with their columns
keys/ring.json …         all that lies in the folder of keys
tables/<table>/<number>  rows, as compressed JSON
blobs/ab/cdef…           files, as they lie
end.json                 how much there was; what lacks it was cut short
"""

import json
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from henji.lib import lockbox
from henji.web.backup.rows import Row, Step, Table

MANIFEST, END = "manifest.json", "end.json"
FORMAT = 1
NAMES = re.compile(r"(manifest|end)\.json|keys/[\w-][\w.-]*|tables/\w+/\d+|blobs/[0-9a-f]{2}/[0-9a-f]{62}")
_QUICKLY = 1
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Manifest:
    """清单: what stands at the head of a backup."""

    made_at: datetime
    counties: tuple[str, ...]
    steps: tuple[Step, ...]
    tables: tuple[Table, ...]
    format: int = FORMAT

    def dump(self) -> bytes:
        """As JSON."""
        return _as_json(asdict(self) | {"made_at": self.made_at.isoformat()}).encode()

    @classmethod
    def load(cls, text: bytes) -> "Manifest":
        """Read from JSON; raises lockbox.NewerFormat."""
        held = json.loads(text)
        if held["format"] > FORMAT:
            raise lockbox.newer()
        tables = (Table(one["name"], tuple(map(tuple, one["columns"]))) for one in held["tables"])
        steps = ((app, name) for app, name in held["steps"])
        made_at = datetime.fromisoformat(held["made_at"])
        return cls(made_at, tuple(held["counties"]), tuple(steps), tuple(tables), held["format"])


@dataclass(frozen=True, slots=True)
class Contents:
    """内容: how many rows and files there are, and how many files are lost or altered."""

    rows: int
    files: int
    lacking: int


class Packer:
    """装入: puts one thing after the other into the closed file."""

    def __init__(self, target: BinaryIO, lock: lockbox.Lock) -> None:
        self._closed = lockbox.Writer(target, lock)
        stream = cast("BinaryIO", self._closed)
        self._tar = tarfile.open(mode="w|", fileobj=stream, bufsize=lockbox.FRAME)  # noqa: SIM115

    def put(self, name: str, content: bytes) -> None:
        """A small thing."""
        self.put_file(name, BytesIO(content), len(content))

    def put_file(self, name: str, source: BinaryIO, size: int) -> None:
        """A file of the size."""
        entry = tarfile.TarInfo(name)
        entry.size = size
        self._tar.addfile(entry, source)

    def put_rows(self, table: Table, number: int, part: Sequence[Row]) -> None:
        """A part of a table."""
        self.put(f"tables/{table.name}/{number}", zlib.compress(_as_json(part).encode(), _QUICKLY))

    def finish(self) -> None:
        """Make the file whole."""
        self._tar.close()
        self._closed.finish()


class Unpacker:
    """取出: gives one thing after the other, in the order in which they went in."""

    def __init__(self, source: BinaryIO, lock: lockbox.Lock) -> None:
        self._clear = lockbox.Reader(source, lock)
        stream = cast("BinaryIO", self._clear)
        self._tar = tarfile.open(mode="r|", fileobj=stream, bufsize=lockbox.FRAME)  # noqa: SIM115

    def __iter__(self) -> Iterator[tuple[str, BinaryIO]]:
        """Names and contents; raises lockbox.Damaged where the file is not as it was written."""
        for entry in self._tar:
            if not entry.isfile() or not NAMES.fullmatch(entry.name):
                raise lockbox.damaged()
            yield entry.name, cast("BinaryIO", self._tar.extractfile(entry))
        while self._clear.read(lockbox.FRAME):
            pass  # the last frame tells whether anything was cut off


def rows_in(source: BinaryIO) -> list[Row]:
    """The rows of a part."""
    rows: list[Row] = json.loads(zlib.decompress(source.read()))
    return rows


def key_files(folder: Path) -> Iterable[Path]:
    """The files of the folder of keys, without drafts."""
    return (path for path in sorted(folder.glob("[!.]*")) if path.is_file())


def end_of(contents: Contents) -> bytes:
    """The last entry."""
    return _as_json(asdict(contents)).encode()


def contents_in(source: BinaryIO) -> Contents:
    """What the last entry says."""
    held: dict[str, Any] = json.loads(source.read())
    return Contents(**held)
