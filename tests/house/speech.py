"""用语: what people read in Chinese goes through gettext, so that it can be said in English."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import HAN, Module, at, calls, dotted

#: Chinese characters, and the punctuation that stands between them.
CHINESE = re.compile(rf"{HAN.pattern}|[，。：；、？！（）《》“”]")
_GETTEXT = frozenset(
    f"{kind}{lazy}" for kind in ("gettext", "ngettext", "pgettext", "npgettext") for lazy in ("", "_lazy")
) | {"_", "gettext_noop"}

#: Where Chinese stands by itself, and why it stays Chinese in every language.
CHINESE_BY_ITSELF = {
    "henji/settings.py": "what the language calls itself",
    "henji/lib/codelists.py": "read: marks between words",
    "henji/lib/dates.py": "read: how people write days",
    "henji/lib/columns.py": "read: brackets and ornament around heads",
    "henji/lib/divisions.py": "read: marks between names",
    "henji/lib/credit_code.py": "read: marks between places",
    "henji/lib/identity.py": "read: marks between places; 男 and 女 are data",
    "henji/lib/money.py": "read: how people write amounts",
    "henji/lib/spreadsheet.py": "read: sums; heads of workbooks that go back to unions, and are read again",
    "henji/lib/text.py": "read: which characters a name has",
    "henji/lib/tongues.py": "on record: what stands between two posts",
    "henji/lib/workbook.py": "the name of a font",
    "henji/evidence/guessing.py": "read: words in the names of files",
    "henji/unions/commands/": "on record: names of unions",
    "henji/unions/records.py": "read: heads of columns; yes and no, numbers as people write them",
    "henji/unions/rules/": "read: names of unions",
    "henji/work/handed_in.py": "read: heads of columns that are hidden",
    "henji/work/matching.py": "read: heads of columns that say nothing",
    "henji/members/cards/rules.py": "read: words for who has no card",
    "henji/members/cards/jobs.py": "an example's name and result",
    "henji/members/commands/erasing.py": "on record: what stands in the place of a name",
    "henji/members/details.py": "read: heads of columns",
    "henji/members/spelling.py": "read: characters, and how they are spelt in names",
    "henji/members/finding.py": "read: where the characters of a name begin",
    "henji/members/telling.py": "read: the sex, as rosters write it",
    "henji/members/roster.py": "read: heads of columns; an example's name",
    "henji/members/rules/__init__.py": "read: words for who is a member",
    "henji/members/queries/__init__.py": "read: endings of employers' names",
    "henji/mutual_aid/cases/commands/": "on record: the numbers of applications, notices and batches",
    "henji/mutual_aid/cases/jobs.py": "an example's result",
    "henji/mutual_aid/jobs.py": "an example's names",
    "henji/mutual_aid/giving/capitals.py": "on paper: amounts as receipts spell them",
    "henji/mutual_aid/lines.py": "read: heads of columns",
    "henji/mutual_aid/rules.py": "read: words for groups",
    "henji/mutual_aid/ledger/statements.py": "read: heads of columns, words of banks; marks in names",
    "henji/mutual_aid/ledger/jobs.py": "an example's names",
    "henji/assessment/sheets/": "read: the words of a workbook that holds a standard",
    "henji/web/employers.py": "read: heads of columns, yes and no; names of unions",
    "henji/web/jobs.py": "an example's names",
    "henji/web/demo/": "the story of the demonstration county is data",
}


def what_people_read_goes_through_gettext(module: Module) -> Iterator[str]:
    """No Chinese literal outside gettext, but for docstrings, and help on the command line."""
    if str(module.path).startswith(tuple(CHINESE_BY_ITSELF)):
        return
    marked = set(_marked(module))
    for node in module.nodes():
        words = node.value if isinstance(node, ast.Constant) else None
        if isinstance(words, str) and CHINESE.search(words) and node not in marked:
            yield at(node, f"Chinese words without gettext: {words[:40]}")


def _marked(module: Module) -> Iterator[ast.AST]:
    """What goes through gettext, or is not read on a page."""
    for node in module.nodes():
        match node:
            case ast.Expr(value=docstring):
                yield docstring
            case ast.keyword(arg="help", value=words) | ast.Assign([ast.Name("help")], words):
                yield words
    for call in calls(module.tree):
        if dotted(call.func) in _GETTEXT:
            yield from ast.walk(call)


def words_of_a_module_are_lazy(module: Module) -> Iterator[str]:
    """What is said when a module is read is said in one language for ever."""
    eager = {name for name, real in _imported(module) if not real.endswith(("_lazy", "_noop"))}
    later = {
        inner
        for node in module.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for body in (node.body if isinstance(node.body, list) else [node.body])
        for inner in ast.walk(body)
    }
    for call in calls(module.tree):
        if dotted(call.func) in eager and call not in later:
            yield at(call, "gettext where gettext_lazy belongs")


def _imported(module: Module) -> Iterator[tuple[str, str]]:
    """By which name the module calls which gettext."""
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from (
                (each.asname or each.name, each.name) for each in node.names if "gettext" in each.name
            )
