"""Judgments on unions and employers."""

import re
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from henji.evidence.rules import must_have_happened
from henji.evidence.versions import Outdated
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


class UnionClosed(Refusal):
    """工会已撤销."""


class NotClosed(Refusal):
    """没有撤销."""


class NotToBeClosed(Refusal):
    """不能撤销: it is a county's federation or one above."""


class ClosedBeforeFounded(Refusal):
    """撤销早于成立."""


class StillHasUnions(Refusal):
    """还有下设工会."""


class HasAUnion(Refusal):
    """已经建会."""


class NothingChanged(Refusal):
    """没有改动."""


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


def must_be_free_employer(name: str, code: str, *, county: Union, besides: Employer | None = None) -> None:
    """Raise NameTaken where an employer of the county has the name or the code; `besides` is its own."""
    held = Employer.objects.filter(county=county)
    if besides:
        held = held.exclude(pk=besides.pk)
    if held.filter(name=name).exists():
        raise NameTaken(_("已有同名单位：%(name)s") % {"name": name})
    same = code and held.filter(credit_code=code).first()
    if same:
        raise NameTaken(_("该信用代码已登记给“%(name)s”") % {"name": same.name})


def must_fit_below(level: str, parent: Union) -> Union:
    """The county in which a union of the level may stand below the parent. Raises UnionClosed, WrongLevel."""
    must_stand(parent)
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


def must_stand(*unions: Union | None) -> None:
    """Raise UnionClosed where one of the unions given has been closed."""
    for union in unions:
        if union is not None and union.closed_on:
            raise union_closed(union.name, union.closed_on)


def union_closed(name: str, closed_on: date) -> UnionClosed:
    """Said where a union is named that has been closed."""
    return UnionClosed(
        _("“%(name)s”已于 %(day)s 撤销，请另选") % {"name": name, "day": closed_on.isoformat()}
    )


def must_close(union: Union, closed_on: date, *, today: date) -> None:
    """撤销: raise unless the union can have been closed on the day.

    Raises NotToBeClosed, UnionClosed, NotYetHappened, ClosedBeforeFounded, StillHasUnions.
    """
    if union.level not in (Level.TOWNSHIP, Level.SECTOR, Level.PRIMARY):
        raise NotToBeClosed(_("%(level)s不能在这里撤销") % {"level": union.get_level_display()})
    if union.closed_on:
        raise UnionClosed(_("这个工会已经撤销，请刷新后查看"))
    must_have_happened(closed_on, today=today)
    if union.founded_on and closed_on < union.founded_on:
        raise ClosedBeforeFounded(_("撤销日期早于成立日期，请核对"))
    below = Union.objects.standing(closed_on).filter(parent=union).count()
    if below:
        raise StillHasUnions(_("还有 %(n)s 个下设工会没有撤销，请先撤销它们") % {"n": below})


def must_be_closed(union: Union) -> None:
    """Raise NotClosed where the union stands; UnionClosed where the one above it does not."""
    if not union.closed_on:
        raise NotClosed(_("这个工会没有撤销，请刷新后查看"))
    must_stand(union.parent)


def must_have_no_union(employer: Employer) -> None:
    """Raise HasAUnion where the employer has a union that stands."""
    if employer.union and not employer.union.closed_on:
        raise HasAUnion(_("该单位已建会：%(name)s") % {"name": employer.union.name})


def must_be_current(condition: object) -> None:
    """Raise Outdated unless what was seen is still what is said."""
    if not condition:
        raise outdated()


def outdated() -> Outdated:
    """Said where somebody else has said otherwise meanwhile."""
    return Outdated(_("这份信息刚被别人改过，请看过新的内容再改"))


def must_change_something(fields: Collection[str]) -> None:
    """Raise NothingChanged where everything is as it was."""
    if not fields:
        raise NothingChanged(_("没有改动，无需保存"))


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


def must_stand_still(condition: object) -> None:
    """Raise RecordMoved unless what a list was judged by still holds."""
    if not condition:
        raise record_moved()


def must_be_in_a_county(union: Union) -> Union:
    """The county that the union belongs to; raises WrongLevel for a city's or a province's."""
    if union.county is None:
        raise WrongLevel(_("%(level)s不在这里登记") % {"level": union.get_level_display()})
    return union.county
