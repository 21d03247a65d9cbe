"""方案说明: a scheme in plain words, each part with where it comes from, to be read and printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from henji.lib import money, tongues
from henji.mutual_aid.schemes.terms import (
    Amount,
    Approval,
    Between,
    ByDegree,
    Category,
    Covered,
    Disease,
    Flat,
    Gifts,
    PaperAsked,
    Scheme,
    ShareOf,
    Tiers,
)
from henji.mutual_aid.schemes.wording import MEASURES, RELATIONS

Words = str | Promise

LEVELS: dict[str, Words] = {
    "unit": gettext_lazy("单位"),
    "township": gettext_lazy("乡镇、系统"),
    "county": gettext_lazy("县"),
    "city": gettext_lazy("市"),
}
OCCASIONS: dict[str, Words] = {
    "listed_disease": gettext_lazy("患目录所列重大疾病"),
    "other_disease": gettext_lazy("患目录以外的疾病"),
    "accident": gettext_lazy("意外"),
    "disaster": gettext_lazy("灾害或突发事件"),
    "hardship": gettext_lazy("生活困难"),
}
ONCE: dict[str, Words] = {
    "disease_year": gettext_lazy("同一病种一年一次"),
    "disease_ever": gettext_lazy("同一病种只一次"),
    "category_year": gettext_lazy("一年一次"),
    "event": gettext_lazy("同一件事一次"),
    "any": gettext_lazy("不限次数"),
}
COUNTED_ON: dict[str, Words] = {
    "drive": gettext_lazy("活动登记的统计日"),
    "collection_end": gettext_lazy("募集截止日"),
    "aid_start": gettext_lazy("救助期第一天"),
    "aid_end": gettext_lazy("救助期最后一天"),
}
GIFTS: dict[str, Words] = {
    "any_day": gettext_lazy("不论哪天捐的都算"),
    "in_collection": gettext_lazy("只算募集期内捐的"),
}
COLLECTED: dict[str, Words] = {
    "donations": gettext_lazy("为本年度募集的捐款"),
    "donations_and_subsidy": gettext_lazy("为本年度募集的捐款加工会补贴"),
    "opening_and_donations": gettext_lazy("上年结余加为本年度募集的捐款"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """一条: what it is about, what holds, and where that comes from."""

    name: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """方案说明. `gifts` has the standard in force first."""

    scheme: Scheme
    lines: tuple[Line, ...]
    gifts: tuple[tuple[Gifts, bool, str], ...]
    covered: tuple[tuple[str, Covered], ...]
    diseases: tuple[tuple[Disease, str], ...]
    categories: tuple[tuple[Category, str, str], ...]
    approvals: tuple[tuple[Approval, str, str], ...]
    papers: tuple[tuple[PaperAsked, str], ...]


def told(scheme: Scheme) -> Told:
    """方案说明 of the whole scheme."""
    in_force = scheme.gifts_asked
    gifts = (in_force, *(one for one in scheme.gifts if one is not in_force))
    return Told(
        scheme=scheme,
        lines=tuple(_lines(scheme)),
        gifts=tuple((one, one is in_force, _ranks(one)) for one in gifts),
        covered=tuple((str(RELATIONS[one.relation]), one) for one in scheme.covered),
        diseases=tuple((one, relations(one.relations)) for one in scheme.diseases),
        categories=tuple((one, gives(one.amount, one, scheme), conditions(one)) for one in scheme.categories),
        approvals=tuple((one, str(LEVELS[one.level]), _limits(one)) for one in scheme.approvals),
        papers=tuple((one, _for_whom(one, scheme)) for one in scheme.papers),
    )


def relations(named: Iterable[str]) -> str:
    """本人、配偶."""
    return tongues.listed(RELATIONS[one] for one in named)


def _lines(scheme: Scheme) -> Iterator[Line]:
    span = _("%(first)s 至 %(last)s")
    collection, waiting, notice = scheme.collection, scheme.waiting, scheme.notice
    collects = {"first": collection.collects_from, "last": collection.collects_to}
    yield Line(_("募集期"), span % collects, collection.source)
    yield Line(_("救助期"), span % {"first": scheme.aid_from, "last": scheme.aid_to}, "")
    if scheme.claims_until:
        yield Line(_("申请截止"), scheme.claims_until.isoformat(), "")
    yield Line(_("等待期"), _waiting(scheme), waiting.source)
    if scheme.cap:
        of = _("每名患者") if scheme.cap.of == "patient" else _("每名参加人（含家属）")
        most = _("%(of)s每年合计不超过 %(most)s") % {"of": of, "most": money.show(scheme.cap.most_yuan)}
        yield Line(_("年度上限"), most, scheme.cap.source)
    yield Line(_("同一父母"), _siblings(scheme), scheme.siblings.source)
    days = _("个工作日") if notice.counted == "working" else _("天")
    yield Line(_("公示"), _("不少于 %(n)s %(days)s") % {"n": notice.days, "days": days}, notice.source)
    yield from _rates(scheme)


def _rates(scheme: Scheme) -> Iterator[Line]:
    participation, payout = scheme.participation, scheme.payout
    told_of = {"day": COUNTED_ON[participation.counted_on], "gifts": GIFTS[participation.gifts]}
    words = _("参加捐款的会员 ÷ %(day)s的会员，按人计；%(gifts)s；目标 %(target)s")
    said = words % {**told_of, "target": per_cent(participation.target)}
    yield Line(_("参加率"), said, participation.source)
    words = _("本年已支付的救助金 ÷ %(collected)s；目标 %(target)s")
    said = words % {"collected": COLLECTED[payout.collected], "target": per_cent(payout.target)}
    yield Line(_("支付率"), said, payout.source)


def per_cent(share: Decimal) -> str:
    """25% for 0.25."""
    return f"{(share * 100).normalize():f}%"


def _waiting(scheme: Scheme) -> str:
    if not scheme.waiting.days:
        return _("无")
    said = {"n": scheme.waiting.days, "day": scheme.first_day}
    if scheme.waiting.waived_for_renewals:
        return _("救助期开始后 %(n)s 天，自 %(day)s 起救助；上年也参加的不必等") % said
    return _("救助期开始后 %(n)s 天，自 %(day)s 起救助") % said


def _siblings(scheme: Scheme) -> str:
    rules = []
    if scheme.siblings.one_claim_per_parent:
        rules.append(_("两名参加人同一父母的，一年只能一人申请"))
    if scheme.siblings.not_if_parent_was_aided:
        rules.append(_("父母本人参加并已受助的，子女不再申请"))
    return _("；").join(rules) or _("不限")


def _ranks(gifts: Gifts) -> str:
    return tongues.listed(
        rank.name if rank.least_yuan is None else f"{rank.name} {money.show(rank.least_yuan)}"
        for rank in gifts.ranks
    )


def gives(amount: Amount, category: Category, scheme: Scheme) -> str:
    """给多少, in words."""
    measure = MEASURES[category.measure]
    floor = {"measure": measure, "from": money.show(category.from_yuan)}
    from_on = _("%(measure)s %(from)s 以上：") % floor if category.from_yuan else ""
    return from_on + _amount(amount, str(measure), scheme)


def _amount(amount: Amount, measure: str, scheme: Scheme) -> str:
    match amount:
        case Flat(yuan=yuan):
            return _("定额 %(amount)s") % {"amount": money.show(yuan)}
        case Tiers(bands=bands):
            return _("；").join(
                _("%(measure)s %(from)s 起，%(amount)s")
                % {"measure": measure, "from": money.show(start), "amount": money.show(yuan)}
                for start, yuan in bands
            )
        case ShareOf(category=code, share=share):
            other = scheme.category(code)
            name = other.name if other else code
            return _("“%(name)s”标准的 %(share)s") % {"name": name, "share": per_cent(share)}
        case Between(least_yuan=least, most_yuan=most):
            return _between(least, most)
        case ByDegree(degrees=degrees):
            return _("；").join(f"{one.name} {_between(one.least_yuan, one.most_yuan)}" for one in degrees)


def _between(least: Decimal, most: Decimal) -> str:
    if least == most:
        return money.show(most)
    if not least:
        return _("不超过 %(most)s，由会议决定") % {"most": money.show(most)}
    return _("%(least)s 至 %(most)s，由会议决定") % {"least": money.show(least), "most": money.show(most)}


def conditions(category: Category) -> str:
    """条件, in words."""
    told_of = [str(OCCASIONS[category.occasion])]
    if category.first_time:
        told_of.append(_("首次确诊"))
    if category.follows_aid:
        told_of.append(_("本年度受过救助之后"))
    told_of.append(str(ONCE[category.once]))
    if category.cap_yuan is not None:
        told_of.append(_("每人每年不超过 %(most)s") % {"most": money.show(category.cap_yuan)})
    return _("；").join(told_of)


def _limits(step: Approval) -> str:
    told_of = []
    if step.within_days:
        days = ngettext("%(n)s 个工作日内", "%(n)s 个工作日内", step.within_days)
        told_of.append(days % {"n": step.within_days})
    if step.limit_yuan is not None:
        told_of.append(_("%(limit)s 以内，超过的报市级") % {"limit": money.show(step.limit_yuan)})
    return _("；").join(told_of)


def _for_whom(paper: PaperAsked, scheme: Scheme) -> str:
    named = [found.name for code in paper.categories if (found := scheme.category(code))]
    words = [tongues.listed(named)] if named else []
    if paper.relations:
        words.append(relations(paper.relations))
    return _("；").join(words) or _("都要")
