"""Judgments on the day of acceptance."""

from datetime import date

from django.utils.translation import gettext as _

from henji.assessment.models import Acceptance
from henji.lib.periods import Period
from henji.lib.refusals import Refusal


class AcceptanceAstray(Refusal):
    """验收日不对: it lies neither in the year nor in the one after."""


class AcceptanceUnchanged(Refusal):
    """验收日未变: it stands so already."""


def accepted_by_default(year: int) -> date:
    """默认验收日: the last day of the year, until another is set."""
    return Period.year(year).last_day


def must_be_accepted_in(accepts_on: date, year: int) -> None:
    """Raise AcceptanceAstray: a year is accepted while it runs, or in the one after."""
    if accepts_on not in Period(Period.year(year).start, Period.year(year + 1).end):
        said = {"year": year, "next": year + 1}
        raise AcceptanceAstray(_("验收日应在 %(year)s 年或 %(next)s 年内，请核对") % said)


def must_set_anew(held: Acceptance | None, accepts_on: date, year: int) -> None:
    """Raise AcceptanceUnchanged where nothing would change."""
    stands = held.accepts_on if held else accepted_by_default(year)
    if stands == accepts_on:
        raise AcceptanceUnchanged(_("验收日本来就是 %(day)s，没有改动") % {"day": accepts_on.isoformat()})
