"""词表编译: make of each catalogue (.po) what Django reads (.mo), with the standard library alone.

Reads catalogues as `tools.messages` writes them: nothing obsolete, nothing fuzzy, strings in double quotes.
"""

import ast
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "henji" / "locale"
_MAGIC = 0x950412DE
_HEADER = struct.Struct("<7I")
_PLACE = struct.Struct("<2I")
#: What stands between a context and its message, and between the forms of a plural.
_CONTEXT, _PLURAL = "\x04", "\0"


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Each message with its translation, as a .mo file holds them; the catalogue's head has no message."""
    for block in text.split("\n\n"):
        fields = _fields(block.splitlines())
        message = _PLURAL.join(fields[name] for name in ("msgid", "msgid_plural") if name in fields)
        if "msgctxt" in fields:
            message = fields["msgctxt"] + _CONTEXT + message
        yield message, _PLURAL.join(words for name, words in fields.items() if name.startswith("msgstr"))


def _fields(lines: Iterable[str]) -> dict[str, str]:
    """`msgstr[1]` and the like, each with its string, which may go on over several lines."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if line and not line.startswith("#"):
            begun, quote, rest = line.partition('"')
            name = begun.strip() or name
            fields[name] = fields.get(name, "") + ast.literal_eval(quote + rest)
    return fields


def compiled(text: str) -> bytes:
    """The catalogue as a .mo file: two tables of lengths and places, then all the strings."""
    held = sorted((message.encode(), words.encode()) for message, words in entries(text) if words)
    strings = [message for message, _ in held] + [words for _, words in held]
    tables = _HEADER.size
    place = tables + len(strings) * _PLACE.size
    places = b""
    for string in strings:
        places += _PLACE.pack(len(string), place)
        place += len(string) + 1
    half = len(held) * _PLACE.size
    header = _HEADER.pack(_MAGIC, 0, len(held), tables, tables + half, 0, 0)
    return header + places + b"".join(string + b"\0" for string in strings)


def main() -> None:
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        path.with_suffix(".mo").write_bytes(compiled(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
