"""Judgments on what is told of unions and employers beyond names and places."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from henji.evidence.rules import must_have_happened
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.unions.codes import INDUSTRY, UNIT_TYPE
from henji.unions.models import PROFILE, PROFILE_LABELS, PROFILE_OPEN, Employer
from henji.unions.rules import exact_credit_code


class NotAUnionCode(Refusal):
    """不是工会的信用代码: it is an employer's, as a rule."""


class PartsExceedWhole(Refusal):
    """分项多于总数."""


class CountedInFuture(Refusal):
    """人数截至日期还没有到."""


class NotFilled(Refusal):
    """没有这一项: nobody holds the office, or there is no phone."""


class NoReason(Refusal):
    """没有写明用途."""


class PlanBehind(Refusal):
    """计划日期已过: a union is to be founded on a day that lies ahead."""


def exact_union_code(text: str) -> str:
    """工会信用代码: 81 (primary) or 89 (other) and what GB 32100 asks; empty where none is given.

    Raises NotAUnionCode and as credit_code does.
    """
    code = exact_credit_code(text)
    if code and code[:2] not in ("81", "89"):
        raise NotAUnionCode(_("工会的统一社会信用代码以 81 或 89 开头，这里像是单位的代码，请核对"))
    return code


def exact_profile(told: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """单位概况: what is told, in codes where there are any, and open where nothing is told.

    Raises PartsExceedWhole, CountedInFuture.
    """
    profile = PROFILE_OPEN | {name: told[name] for name in PROFILE if told.get(name) is not None}
    profile["industry"] = INDUSTRY.exact(profile["industry"])
    profile["unit_type"] = UNIT_TYPE.exact(profile["unit_type"])
    must_add_up(profile)
    if profile["counted_on"] and profile["counted_on"] > today:
        raise CountedInFuture(_("人数截至日期还没有到，请核对"))
    return profile


def profile_of(said: Employer) -> dict[str, Any]:
    """单位概况 as it is held; words that were kept before there were codes as the code that they mean."""
    held = {name: getattr(said, name) for name in PROFILE}
    return held | {"industry": INDUSTRY.exact(said.industry), "unit_type": UNIT_TYPE.exact(said.unit_type)}


#: Numbers of people, which are those of a day.
COUNTED = ("workers", "women", "migrants", "dispatched", "counted_on")


def counted_later(told: date | None, held: date | None) -> tuple[str, ...]:
    """人数更新: which numbers may be said otherwise because they are those of a later day."""
    return COUNTED if told and (held is None or told > held) else ()


def must_add_up(profile: Mapping[str, Any]) -> None:
    """职工构成: raise PartsExceedWhole where a part is more than all; what is open is not judged."""
    for name in ("women", "migrants", "dispatched"):
        if None not in (profile["workers"], profile[name]) and profile[name] > profile["workers"]:
            words = _("%(label)s多于职工数，请核对")
            raise PartsExceedWhole(words % {"label": PROFILE_LABELS[name]})


def must_run_in_order(told: Mapping[str, object], *, today: date) -> None:
    """批复和选举: raise NotYetHappened where a day on which something was done lies ahead."""
    for name in ("approved_on", "elected_on"):
        day = told.get(name)
        if isinstance(day, date):
            must_have_happened(day, today=today)


def must_say_why(reason: str) -> str:
    """用途: tidied; raises NoReason."""
    said = tidy(reason)
    if len(said) < 2:
        raise NoReason(_("请写明查看的用途"))
    return said[:200]


def must_be_filled(phone: str) -> str:
    """The phone; raises NotFilled where there is none."""
    if not phone:
        raise NotFilled(_("没有登记电话"))
    return phone


def clears_not_asked(employer: Employer) -> tuple[str, ...]:
    """不问的项: with a union, why there is none; without one, why some are no members."""
    organised = employer.union is not None and employer.union.closed_on is None
    return ("reason", "plan", "plan_on") if organised else ("gap_reason", "role")


def must_lie_ahead(plan_on: date | None, held: date | None, *, today: date) -> None:
    """Raise PlanBehind where a day is planned that is over; one that was planned earlier may stay."""
    if plan_on and plan_on < today and plan_on != held:
        raise PlanBehind(_("计划建会日期已经过了，请核对"))
