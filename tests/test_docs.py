"""What is written down is true: names, commands, paths and links; and nothing leads to somebody's machine."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import get_resolver

from henji.accounts.powers import Role
from henji.unions.models import Level
from tests import permissions
from tests.house import nouns
from tests.house.source import ROOT, house

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
#: Kept in brackets, so that this file does not hold what it forbids.
MACHINES = re.compile(r"/[h]ome/\w|/[r]oot/|/[U]sers/\w|/[w]ork/(main|shared)|/[t]mp/\w|[C]:\\\\?Users")
REGISTRIES = re.compile(
    r"[p]ypi\.(org|python)|[p]ythonhosted|[n]pmjs\.|[n]pmmirror|[t]una\.tsinghua|[a]liyun|[p]roxy\.golang"
    r"|--[i]ndex-url|--[e]xtra-index|--[f]ind-links|--[t]rusted-host|^\s*[r]egistry\s*=|\"[r]esolved\":",
    re.MULTILINE,
)
LEFT_OPEN = re.compile(r"\b([T]ODO|[F]IXME|[X]XX)\b")


def tracked() -> list[Path]:
    """What is, or would be, in the repository."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def found(pattern: re.Pattern[str]) -> list[str]:
    """Where in the repository the pattern is found."""
    places = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        places += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in pattern.finditer(text)]
    return places


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


# The repository


def test_nothing_leads_to_somebodys_machine():
    assert found(MACHINES) == []


def test_no_registry_of_packages_is_named():
    assert found(REGISTRIES) == []


def test_nothing_is_left_for_later():
    assert found(LEFT_OPEN) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINES, "/ho" + "me/wang/henji"),
        (MACHINES, "/tm" + "p/x"),
        (REGISTRIES, "--index" + "-url x"),
        (REGISTRIES, "x\nregis" + "try=x"),
        (REGISTRIES, '"resol' + 'ved": "x"'),
        (LEFT_OPEN, "# TO" + "DO: later"),
    ],
)
def test_what_is_forbidden_would_be_found(pattern, text):
    assert pattern.search(text)


# Words


def test_every_noun_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = {str(noun._meta.verbose_name) for noun in nouns.nouns()}
    words |= {str(word) for word in (*Role.labels, *Level.labels)}
    assert sorted(word for word in words if word not in glossary) == []


def test_every_noun_and_every_deed_stands_beside_its_name_in_code():
    glossary = dict(rows_of_the_glossary())
    lacking = [
        f"{word}: {name}"
        for word, name in (
            *((str(noun._meta.verbose_name), noun.__name__) for noun in nouns.nouns()),
            *((name, code) for code, name in permissions.deeds().items()),
        )
        if f"`{name}`" not in glossary.get(word, "")
    ]
    assert lacking == []


def test_the_glossary_gives_every_word_once():
    words = [word for word, _name in rows_of_the_glossary()]
    assert words
    assert sorted(word for word, times in Counter(words).items() if times > 1) == []


def test_every_name_in_the_glossary_is_in_the_code():
    words = set(re.findall(r"\w+", "".join(module.text for module in house())))
    words |= {module.path.stem for module in house()}
    named = {name for _word, cell in rows_of_the_glossary() for name in re.findall(r"`[@…]*([\w.]+)`", cell)}
    last = {name: name.removesuffix(".py").rpartition(".")[2] for name in named}
    assert sorted(name for name, word in last.items() if not any(w.endswith(word) for w in words)) == []


def rows_of_the_glossary() -> list[tuple[str, str]]:
    """The Chinese word and the name in code of every row."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rules = {n for n, line in enumerate(lines) if line.startswith("|-")}
    rows = [n for n, line in enumerate(lines) if line.startswith("|") and not {n, n + 1} & rules]
    cells = [[cell.strip() for cell in lines[n].split("|")] for n in rows]
    return [(cell[1], cell[-2]) for cell in cells]


# Commands, paths, links


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_make_command_that_is_named_exists(document):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ +|\n +)make ([a-z]+)", document.read_text(encoding="utf-8")))
    assert named <= targets


def test_every_make_command_is_named_somewhere():
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    words = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert [target for target in targets if f"make {target}" not in words] == []


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_manage_command_that_is_named_exists(document):
    named = re.findall(r"manage\.py ([a-z_]+)", document.read_text(encoding="utf-8"))
    assert set(named) <= {*get_commands(), "help"}


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_path_that_is_named_exists(document):
    named = re.findall(r"`((?:henji|tests|tools|docs|bench)/[\w./-]+)`", document.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_address_that_is_named_is_answered(document):
    named = re.findall(r"`(/[a-z_-]+(?:/[a-z_-]+)*/)`", document.read_text(encoding="utf-8"))
    resolver = get_resolver()
    assert [path for path in named if resolver.resolve(path) is None] == []
