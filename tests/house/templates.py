"""模板: borrow only from the shell and their own room, speak through gettext, hold no script and no style."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT
from tests.house.speech import CHINESE

_BORROWS = re.compile(r"{%\s*(?:extends|include)\s+(\S+)")
_COMMENTS = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
_SPOKEN = re.compile(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", re.DOTALL)
_TOLD = re.compile(r"""_\((?:".*?"|'.*?')\)|{%\s*translate\b.*?%}""")
_INSIDE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style|\sstyle=["']|\son[a-z]+=["']|javascript:""", re.IGNORECASE
)


@dataclass(frozen=True)
class Template:
    """A template: `path` begins at the root of the repository."""

    path: Path
    text: str

    @property
    def room(self) -> str:
        """The room whose template it is; empty for the shell's."""
        return "" if self.path.parts[1] == "templates" else self.path.parts[1]

    @property
    def bare(self) -> str:
        """Without comments."""
        return _COMMENTS.sub("", self.text)


def templates() -> list[Template]:
    """Every page and mail of the house."""
    found = sorted((ROOT / "henji").rglob("templates/**/*.html"))
    return [Template(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in found]


def a_template_borrows_only_from_its_room_and_the_shell(template: Template) -> Iterator[str]:
    """`base.html`, `components/…`, and what lies in the room's own folder."""
    own = tuple(
        f'"{place}'
        for place in ("base.html", "components/", *([f"{template.room}/"] if template.room else []))
    )
    for borrowed in _BORROWS.findall(template.bare):
        if not borrowed.replace("'", '"').startswith(own):
            yield f"borrows {borrowed}"


def a_template_lies_in_its_rooms_folder(template: Template) -> Iterator[str]:
    """`henji/members/templates/members/…`: two rooms may then have pages of one name."""
    if template.room and template.path.parts[3] != template.room:
        yield f"does not lie in templates/{template.room}/"


def a_template_speaks_through_gettext(template: Template) -> Iterator[str]:
    """No Chinese word stands outside {% translate %}."""
    silent = _TOLD.sub("", _SPOKEN.sub("", template.bare))
    for line in silent.splitlines():
        if CHINESE.search(line):
            yield f"Chinese words without gettext: {line.strip()[:60]}"


def a_template_holds_no_script_and_no_style(template: Template) -> Iterator[str]:
    """The content security policy would forbid them, silently."""
    for found in _INSIDE.findall(template.bare):
        yield f"holds {found.strip()}"
