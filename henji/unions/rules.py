"""Judgments on unions and employers."""

import re
from datetime import date

from django.utils.translation import gettext as _

from henji.lib import credit_code
from henji.lib.refusals import Refusal
from henji.lib.text import tidy_unit
from henji.unions.models import Employer, Level, Union


class NotACountyCode(Refusal):
    """区划代码有误."""


class AlreadyFounded(Refusal):
    """已经建立: the county federation is there."""


class NameTaken(Refusal):
    """名称重复."""


class NoName(Refusal):
    """没有名称."""


class WrongLevel(Refusal):
    """层级不对: no such union may stand below that one."""


class NotATownship(Refusal):
    """不是乡镇工会."""


class NotAPrimaryUnion(Refusal):
    """不是基层工会."""


class UnionElsewhere(Refusal):
    """工会在别处: it stands below another township than the one named."""


class FoundedOtherwise(Refusal):
    """建会日期不符: the union was founded on another day than the one named."""


class RecordMoved(Refusal):
    """登记有变: what an import was judged by is no longer so."""


class OfAnotherCounty(Refusal):
    """不属本县."""


#: Which levels may stand below which, within a county. What stands above it comes with its founding.
BELOW: dict[str, frozenset[str]] = {
    Level.PROVINCE: frozenset(),
    Level.CITY: frozenset(),
    Level.COUNTY: frozenset({Level.TOWNSHIP, Level.SECTOR, Level.PRIMARY}),
    Level.TOWNSHIP: frozenset({Level.PRIMARY}),
    Level.SECTOR: frozenset({Level.PRIMARY}),
    Level.PRIMARY: frozenset(),
}


def must_be_a_county_code(code: str) -> None:
    """Raise NotACountyCode unless the code has six digits and names a county (GB/T 2260)."""
    if not re.fullmatch(r"[1-9]\d{5}", code) or code.endswith("00"):
        raise NotACountyCode(_("区划代码应为县级的 6 位数字，如 130123"))


def must_not_be_founded(code: str) -> None:
    """Raise AlreadyFounded where a county federation has the code."""
    held = Union.objects.counties().filter(code=code).first()
    if held:
        raise AlreadyFounded(_("%(name)s(%(code)s)已经建立") % {"name": held.name, "code": code})


def must_have_a_name(name: str) -> str:
    """名称: tidied; raises NoName."""
    bare = tidy_unit(name)
    if not bare:
        raise NoName(_("请填写名称"))
    if bare[0] in "=+-@|":
        raise NoName(_("名称不能以 = + - @ | 开头"))
    if len(bare) > 100:
        raise NoName(_("名称最长 100 字"))
    return bare


def must_be_free(name: str, *, county: Union) -> None:
    """Raise NameTaken where a union of the county has the name."""
    if Union.objects.filter(county=county, name=name).exists():
        raise NameTaken(_("已有同名工会：%(name)s") % {"name": name})


def must_be_free_employer(name: str, code: str, *, county: Union) -> None:
    """Raise NameTaken where an employer of the county has the name or the credit code."""
    held = Employer.objects.filter(county=county)
    if held.filter(name=name).exists():
        raise NameTaken(_("已有同名单位：%(name)s") % {"name": name})
    same = code and held.filter(credit_code=code).first()
    if same:
        raise NameTaken(_("该信用代码已登记给“%(name)s”") % {"name": same.name})


def must_fit_below(level: str, parent: Union) -> Union:
    """The county in which a union of the level may stand below the parent. Raises WrongLevel."""
    if parent.county is None or level not in BELOW[parent.level]:
        raise WrongLevel(
            _("%(parent)s下不能设%(level)s")
            % {"parent": parent.get_level_display(), "level": Level(level).label}
        )
    return parent.county


def must_be_of(county: Union, *unions: Union | None) -> None:
    """Raise OfAnotherCounty where one of the unions given belongs to another county."""
    for union in unions:
        if union is not None and union.county_id != county.pk:
            raise OfAnotherCounty(
                _("“%(name)s”不属于%(county)s，请另选") % {"name": union.name, "county": county.name}
            )


def exact_credit_code(text: str) -> str:
    """信用代码: normalised and checked, or empty where none is given; raises as credit_code does."""
    bare = credit_code.normalise(text)
    if bare:
        credit_code.must_be_valid(bare)
    return bare


#: How the names of unions end, the longest first.
_ENDINGS = ("工会联合会", "工会委员会", "联合工会", "总工会", "工联会", "工会")
#: What is written in the place of a township for employers right below the county.
_NO_TOWNSHIP = frozenset({"县直", "县直属", "直属"})


def bare_township(name: str, *, county: Union) -> str:
    """乡镇: 正定镇总工会 → 正定镇; empty for what stands right below the county."""
    bare = _without_ending(name)
    return "" if bare in _NO_TOWNSHIP or bare == _without_ending(county.name) else bare


def township_union_name(name: str) -> str:
    """乡镇总工会名称: 正定镇 → 正定镇总工会; a name that is one already stays."""
    return name if name.endswith(_ENDINGS) else f"{name}总工会"


def _without_ending(name: str) -> str:
    ending = next(filter(name.endswith, _ENDINGS), "")
    return name.removesuffix(ending)


def must_be_a_township(name: str, level: str) -> None:
    """Raise NotATownship for a union of another level."""
    if level != Level.TOWNSHIP:
        raise NotATownship(
            _("“%(name)s”是%(level)s，不是乡镇（街道）工会") % {"name": name, "level": Level(level).label}
        )


def must_be_primary(name: str, level: str) -> None:
    """Raise NotAPrimaryUnion for a union of another level."""
    if level != Level.PRIMARY:
        raise NotAPrimaryUnion(
            _("“%(name)s”是%(level)s，请写单位自己的工会") % {"name": name, "level": Level(level).label}
        )


def must_stand_there(name: str, *, township: str, told: str) -> None:
    """Raise UnionElsewhere where the union's township and the one that is told are two."""
    if township and told and township != told:
        raise UnionElsewhere(
            _("“%(name)s”在%(township)s之下，不在%(told)s，请核对")
            % {"name": name, "township": township, "told": told}
        )


def must_be_founded_then(name: str, *, founded_on: date | None, told: date | None) -> None:
    """Raise FoundedOtherwise where another day of founding is told than the record has."""
    if told and told != founded_on:
        held = founded_on.isoformat() if founded_on else _("（没有登记）")
        raise FoundedOtherwise(
            _("“%(name)s”已有的建会日期是 %(held)s，与表里不同，请核对") % {"name": name, "held": held}
        )


def record_moved() -> RecordMoved:
    """Said where the record changed between the check of a list and its import."""
    return RecordMoved(_("检查以后有单位或工会新登记，没有导入任何内容，请重新检查"))
