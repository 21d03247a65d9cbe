"""Judgments on what a roster says of a membership."""

from datetime import date

from django.utils.translation import gettext as _

from henji.members import rules
from henji.members.models import Standing
from henji.members.rules import HeldTerm, NextTerm, Place, Term, ToldTerm


def next_term(held: HeldTerm | None, told: ToldTerm, *, county: int, today: date) -> NextTerm:
    """应有会籍: the membership after a roster has spoken; what it leaves blank stays as it was held.

    Who has left without a day has left today, and keeps the day on which that was first said. A roster that
    names another union moves nobody: the membership stays in its union and keeps its first day, and a union
    that tells of the leaving of whoever has moved on says nothing new. Raises LeftAlready, EndsBeforeStart,
    StartsBeforeLastEnd.
    """
    if held is None:
        place = told.place or Place(union=county)
        return _checked(NextTerm(None, _first(place, told, today)), None)
    term = held.term
    place = told.place or term.place
    if _comes_back(told, held):
        return _checked(NextTerm(None, _first(place, told, today)), term.end_on)
    if term.end_on and not told.left:
        raise rules.LeftAlready(_("该会员已离会。如重新入会，请填写离会之后的入会日期"))
    return _checked(NextTerm(held.line, _kept(held, told, today)), held.after)


def _first(place: Place, told: ToldTerm, today: date) -> Term:
    """A membership of its own, as the roster tells it."""
    return Term(place, told.start_on, _left_on(told, None, today), told.standing or Standing.WORKING.value)


def _kept(held: HeldTerm, told: ToldTerm, today: date) -> Term:
    """The membership held, as far as the roster may say something else of it."""
    term = held.term
    end_on = _left_on(told, term.end_on, today)
    if not names_another(held, told):
        place, start_on = told.place or term.place, told.start_on or term.start_on
        return Term(place, start_on, end_on, told.standing or term.standing)
    if term.end_on or (told.place and not told.place.named and told.place.union in held.behind):
        return term
    rules.must_run_forwards(told.start_on, end_on)
    return term._replace(end_on=end_on)


def names_another(held: HeldTerm, told: ToldTerm) -> bool:
    """另有所属: the roster names another union than the one held, or a unit that nobody knows.

    Who is with the same employer has not moved: the employer has founded a union, or joined one.
    """
    if told.place is None or held.awaits:
        return False
    if told.place.employer and told.place.employer == held.term.place.employer:
        return False
    return bool(told.place.named) or told.place.union != held.term.place.union


def disputes(held: HeldTerm, told: ToldTerm) -> bool:
    """所属工会不同: by the roster, whoever is a member in one union is a member in another."""
    return held.term.end_on is None and not told.left and names_another(held, told)


def _comes_back(told: ToldTerm, held: HeldTerm) -> bool:
    last = held.term.end_on
    if last is None or told.start_on is None or told.start_on == held.term.start_on:
        return False
    # Another union whose member left on the day of joining has told of that leaving already.
    if told.left and told.start_on == last and told.left_on in (None, last) and names_another(held, told):
        return False
    return told.start_on >= last


def _left_on(told: ToldTerm, held: date | None, today: date) -> date | None:
    return (told.left_on or held or today) if told.left else None


def _checked(after: NextTerm, last_end: date | None) -> NextTerm:
    rules.must_run_forwards(after.term.start_on, after.term.end_on)
    rules.must_not_overlap(after.term.start_on, last_end)
    return after
