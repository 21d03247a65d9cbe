"""Judgments on who sees to an item, and by when."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from henji.accounts.models import User
from henji.assessment.models import Charge
from henji.assessment.rules.values import NotInStandard
from henji.assessment.schema import Item, Standard
from henji.lib.periods import Period
from henji.lib.refusals import Refusal


class NotOnStaff(Refusal):
    """无现任职务: the person holds no post by which they could do this work here."""


class OwnDeputy(Refusal):
    """自己协办自己: nobody stands in for themselves."""


class DueBeforeYear(Refusal):
    """期限过早: the day lies before the year that is scored."""


class AlreadyAssigned(Refusal):
    """分工未变: it stands so already."""


def must_have_item(standard: Standard, code: str) -> Item:
    """考核项目 of the code; raises NotInStandard."""
    for item in standard.items:
        if item.code == code:
            return item
    raise NotInStandard(_("标准里没有“%(code)s”这一项，请从考核评分表里选") % {"code": code[:40]})


def must_be_on_staff(people: Collection[User], staff: Collection[User]) -> None:
    """Raise NotOnStaff for the first of the people who is not on the staff."""
    for person in people:
        if person not in staff:
            raise NotOnStaff(_("%(name)s现在没有领导或干事的职务，请先任职") % {"name": person.name})


def must_be_two(person: User, deputy: User | None) -> None:
    """Raise OwnDeputy where one person is to be both."""
    if person == deputy:
        raise OwnDeputy(_("责任人和协办人不能是同一个人"))


def must_be_due(due_on: date, year: int) -> None:
    """Raise DueBeforeYear."""
    if due_on < Period.year(year).start:
        said = {"day": due_on.isoformat(), "year": year}
        raise DueBeforeYear(_("期限 %(day)s 在 %(year)s 年度之前") % said)


def must_assign_anew(held: Charge | None, person: User, deputy: User | None, due_on: date) -> None:
    """Raise AlreadyAssigned where nothing would change."""
    if held and (held.person, held.deputy, held.due_on) == (person, deputy, due_on):
        raise AlreadyAssigned(_("现在就是这样分工的，没有改动"))
