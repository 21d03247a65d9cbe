"""设置: what is read from the environment is documented, and nothing else is."""

import ast
import re

from tests.house.source import ROOT, dotted, house

#: Set by us for programs that we start, not by whoever installs.
OUR_OWN = frozenset({"DJANGO_SETTINGS_MODULE"})
READERS = ("os.environ.get", "os.environ.pop", "os.environ.setdefault", "os.getenv")
PAGE = ROOT / "docs" / "settings.md"


def read() -> set[str]:
    """The names that the house reads. What a library reads by a name of its own is added."""
    names = {"DATABASE_URL"}  # by dj_database_url
    for module in house():
        for node in module.nodes():
            if isinstance(node, ast.Call) and dotted(node.func) in READERS:
                names |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
            elif isinstance(node, ast.Subscript) and dotted(node.value) == "os.environ":
                names |= {str(node.slice.value)} if isinstance(node.slice, ast.Constant) else set()
    return names - OUR_OWN


def documented() -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_is_documented_once():
    assert sorted(documented()) == sorted(read())


def test_the_file_for_systemd_names_settings_only():
    lines = (ROOT / "deploy" / "henji.env").read_text(encoding="utf-8").splitlines()
    named = {found[1] for line in lines if (found := re.match(r"(?:# )?([A-Z_]+)=", line))}
    assert named
    assert named <= set(documented())
