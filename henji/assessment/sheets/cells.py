"""单元格的写法: values of a standard as the words of one cell, and the words read back as plain values.

What is read is not judged here but by the schema: only what cannot be taken apart is refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from henji.assessment.schema import Demand, bare
from henji.assessment.scoring.kinds import Bands, HandedDown, Levels
from henji.assessment.sheets.layout import HANDED_DOWN, LEVELS, NO, OPTIONAL, PERIODS, SUMS, YES
from henji.evidence.kinds import Kind
from henji.lib import tongues
from henji.lib.levels import level_name
from henji.lib.refusals import Refusal

_LEVEL_CODES = ("township", "county", "city", "province", "national")
_LINE = re.compile(r"\s*[\r\n]+\s*")
_SHARE = re.compile(r"([0-9.]+)\s*[%％]")
_OPERATOR = re.compile(r"(>=|≥|>|＞|)\s*(.+)", re.DOTALL)
_STEP = re.compile(r"(.+?)\s*[：:]\s*([0-9.]+)(?:\s*分)?", re.DOTALL)
_RUNG = re.compile(r"(.+?)\s*[（(]\s*([0-9.]+)\s*分?\s*[）)]\s*[：:]\s*(.+)", re.DOTALL)
_TARGET = re.compile(rf"{HANDED_DOWN}\s*[：:]?\s*(.+)", re.DOTALL)
_DEMAND = re.compile(
    rf"(?P<what>.+?)(?:\s*[×xX*]\s*(?P<number>[0-9]+))?(?:\s*(?P<period>{'|'.join(PERIODS.values())}))?"
    rf"(?P<optional>\s*[（(]{OPTIONAL}[）)])?",
    re.DOTALL,
)


class NotThisWay(Refusal):
    """写法有误: the words of the cell cannot be taken apart."""


def chosen(choices: Mapping[str, str]) -> Callable[[str], str]:
    """选项: the code whose word stands in the cell, or the code itself."""
    by_word = {word: code for code, word in choices.items()}

    def parse(words: str) -> str:
        if words not in by_word and words not in choices:
            raise NotThisWay(_("只能是 %(choices)s") % {"choices": tongues.listed(by_word)})
        return by_word.get(words, words)

    return parse


YES_OR_NO = chosen({"true": YES, "false": NO})


def yes_or_no(value: object) -> str:
    """是 or 否."""
    return YES if value else NO


# Lists in one cell


def lines(words: str) -> list[str]:
    """The entries of a cell: a line each or, on one line, parted by semicolons."""
    told = _LINE.split(words.strip()) if _LINE.search(words) else re.split(r"\s*[；;]\s*", words.strip())
    return [entry for entry in told if entry]


def joined(entries: Iterable[str]) -> str:
    """A line each; an entry with a semicolon in it never stands alone on one line."""
    told = [" ".join(entry.split()) for entry in entries]
    return "\n".join(told) + ("\n" if len(told) == 1 and re.search("[；;]", told[0]) else "")


def names(words: str) -> list[str]:
    """Codes or names parted by commas of any kind."""
    return [name for name in re.split(r"\s*[、，,；;\s]\s*", words.strip()) if name]


def levels_of_unions(words: str) -> list[str]:
    """工会层级 as codes."""
    return [chosen(LEVELS)(name) for name in names(words)]


def sums_and_items(words: str) -> list[str]:
    """排名依据: sums by their word, items by their code."""
    by_word = {word: code for code, word in SUMS.items()}
    return [by_word.get(name, name) for name in names(words)]


# Shares


def percent(share: Decimal) -> str:
    """25% for 0.25."""
    return f"{bare(100 * share)}%"


def share(words: str) -> str:
    """0.25 for 25%; what is no percentage is left to be judged as it stands."""
    found = _SHARE.fullmatch(words)
    try:
        return f"{Decimal(found[1]).scaleb(-2):f}" if found else words
    except ArithmeticError:
        return words


def minimum(words: str) -> dict[str, str]:
    """门槛: the operator (>= where none is written) and the share."""
    found = _OPERATOR.fullmatch(words)
    sign, told = (found[1], found[2]) if found else ("", words)
    return {"operator": ">" if sign in (">", "＞") else ">=", "minimum": share(told)}


def bands_told(bands: Bands) -> str:
    """各档得分."""
    return joined(f"{percent(least)}：{bare(points)}" for least, points in bands)


def bands(words: str) -> list[list[str]]:
    """各档得分 as pairs of share and points."""
    return [[share(least), points] for least, points in _steps(words, _("80%：4"))]


def _steps(words: str, example: str) -> list[tuple[str, str]]:
    found = [_STEP.fullmatch(line) for line in lines(words)]
    if not all(found):
        raise NotThisWay(_("一行写一档，如 %(example)s") % {"example": example})
    return [(step[1], step[2]) for step in found if step]


# Targets, occurrences, levels


def target_told(target: int | HandedDown) -> str | int:
    """目标数."""
    return f"{HANDED_DOWN}：{target.handed_down}" if isinstance(target, HandedDown) else target


def target(words: str) -> str | dict[str, str]:
    """目标数 as a number, or as the code of a target handed down."""
    found = _TARGET.fullmatch(words)
    return {"handed_down": found[1]} if found else words.replace(",", "")


def each_told(each: Decimal | Mapping[str, Decimal]) -> str | Decimal:
    """每次（处）分值."""
    if isinstance(each, Decimal):
        return each
    with tongues.on_record():
        return joined(f"{level_name(level)}：{bare(points)}" for level, points in each.items())


def each(words: str) -> str | dict[str, str]:
    """每次（处）分值 as a number, or by level."""
    if not re.search("[：:]", words):
        return words
    with tongues.on_record():
        codes = {level_name(code): code for code in _LEVEL_CODES}
    steps = [(codes.get(name, name), points) for name, points in _steps(words, _("市级：1"))]
    _must_differ([name for name, _points in steps])
    return dict(steps)


def _must_differ(told: Sequence[str]) -> None:
    if len(set(told)) < len(told):
        raise NotThisWay(_("同一级写了两次"))


def rungs_told(rule: Levels) -> str:
    """分级标准."""
    return joined(f"{rung.name}（{bare(rung.points)} 分）：{rung.criteria}" for rung in rule.levels)


def rungs(words: str) -> list[dict[str, str]]:
    """分级标准 as names, points and criteria."""
    found = [_RUNG.fullmatch(line) for line in lines(words)]
    if not all(found):
        raise NotThisWay(_("一行写一级，如 %(example)s") % {"example": _("A（6 分）：定期听取汇报")})
    return [{"name": rung[1], "points": rung[2], "criteria": rung[3]} for rung in found if rung]


# Evidence


def evidence_told(evidence: Iterable[Demand]) -> str:
    """佐证: a line each."""
    with tongues.on_record():
        return joined(_demand_told(demand) for demand in evidence)


def _demand_told(demand: Demand) -> str:
    what = str(demand.kind.label) if demand.kind else demand.deed
    words = f"{what} ×{demand.number} {PERIODS[demand.period]}"
    return words if demand.required else f"{words}（{OPTIONAL}）"


def evidence(words: str) -> list[dict[str, Any]]:
    """佐证 as demands; what is no kind of paper is taken for the code of a deed."""
    with tongues.on_record():
        kinds = {str(kind.label): kind.value for kind in Kind}
    return [_demand(line, kinds) for line in lines(words)]


def _demand(line: str, kinds: Mapping[str, str]) -> dict[str, Any]:
    found = _DEMAND.fullmatch(line)
    if found is None:
        raise NotThisWay(_("一行写一种，如 %(example)s") % {"example": _("照片、视频 ×2 每季度")})
    what = found["what"].strip()
    kind = kinds.get(what, what if what in kinds.values() else None)
    if kind is None and "." not in what:
        raise NotThisWay(_("没有“%(what)s”这种文件，请照模板的叫法写") % {"what": what[:40]})
    codes = {word: code for code, word in PERIODS.items()}
    return {
        **({"kind": kind} if kind else {"deed": what}),
        "number": found["number"] or "1",
        "period": codes[found["period"] or PERIODS["year"]],
        "required": "false" if found["optional"] else "true",
    }
