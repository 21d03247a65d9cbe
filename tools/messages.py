"""词表: gather the words of the house into its catalogues; what is translated stays. Run by `make messages`.

Catalogues hold no lines, no dates and no places, so that a changed word changes one entry.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools import catalogues
from tools.catalogues import ROOT

#: The languages that pages speak besides Chinese, which stands in the source.
LANGUAGES = ("en",)
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_HEAD = """\
# 痕迹 in other words than Chinese: `make messages` gathers, people translate.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={forms}; plural={rule};\\n"

"""
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def gathered() -> Catalog:
    """All that the house says, in Python and in its pages."""
    catalog = Catalog()
    for path in sorted((ROOT / "henji").rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html"}:
            continue
        for message, context in _said(path):
            catalog.add(message, context=context)
    return catalog


def _said(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What templatize leaves is calls among letters; at the line's beginning nothing is an indent.
        text = _INDENT.sub("", templatize(text))
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, KEYWORDS):
        yield message, context


def place(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return catalogues.CATALOGUES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it lies there; an empty one where there is none yet."""
    if not place(language).exists():
        return Catalog(locale=language)
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write the catalogue in the order of its messages."""
    stream = io.BytesIO()
    catalog.obsolete.clear()
    write_po(stream, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    head = _HEAD.format(language=language, forms=catalog.num_plurals, rule=catalog.plural_expr)
    place(language).parent.mkdir(parents=True, exist_ok=True)
    place(language).write_text(head + stream.getvalue().decode().strip() + "\n", encoding="utf-8")


def key(message: Message) -> tuple[object, str | None]:
    """By what a message is known: its words and its context."""
    return message.id, message.context


def messages(catalog: Catalog) -> dict[tuple[object, str | None], Message]:
    """All but the head of the catalogue."""
    return {key(message): message for message in catalog if message.id}


def main() -> None:
    said = gathered()
    for language in LANGUAGES:
        catalog = read(language)
        held = messages(catalog)
        catalog.update(said, no_fuzzy_matching=True)
        write(language, catalog)
        now = messages(catalog)
        for gone in held.keys() - now.keys():
            print(f"- {gone[0]} → {held[gone].string}")
        for bare in (message for message in now.values() if not message.string):
            print(f"+ {bare.id}")
        print(f"{place(language).relative_to(ROOT)}: {len(now)}")
    catalogues.main()


if __name__ == "__main__":
    main()
