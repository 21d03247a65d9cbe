"""按方案判定: what a scheme gives for a claim, why, and what is to be asked. Pure: no Django, no clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from henji.mutual_aid.schemes.claims import CENT, ZERO, Claim, Past, Question, Said, Verdict
from henji.mutual_aid.schemes.terms import (
    Amount,
    Between,
    ByDegree,
    Category,
    Covered,
    Flat,
    Scheme,
    ShareOf,
    Tiers,
)


@dataclass(frozen=True, slots=True)
class _Case:
    scheme: Scheme
    category: Category
    claim: Claim
    before: tuple[Past, ...]

    @property
    def disease(self) -> str:
        return _disease(self.scheme, self.claim.disease)

    @property
    def this_year(self) -> tuple[Past, ...]:
        """What was given in the same aid year."""
        return tuple(past for past in self.before if self.scheme.aid_from <= past.on <= self.scheme.aid_to)

    def of_patient(self, pasts: Iterable[Past]) -> list[Past]:
        return [past for past in pasts if self.claim.who and past.who == self.claim.who]

    def has_disease(self, past: Past) -> bool:
        return bool(self.disease) and _disease(self.scheme, past.disease) == self.disease

    @property
    def sum_yuan(self) -> Decimal | None:
        """What tiers and thresholds are read against."""
        return self.claim.loss_yuan if self.category.measure == "loss" else own_payment(self.claim)


def own_payment(claim: Claim) -> Decimal | None:
    """自付: as stated, else costs less what insurance paid; None where it is not known."""
    if claim.own_yuan is not None:
        return claim.own_yuan
    if claim.costs_yuan is None or claim.insured_yuan is None:
        return None
    return claim.costs_yuan - claim.insured_yuan


def age_on(born_on: date, day: date) -> int:
    """周岁 on the day; who is born on the 29th of February is a year older on the 1st of March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _disease(scheme: Scheme, told: str) -> str:
    listed = scheme.disease(told.strip())
    return listed.code if listed else told.strip()


def judge(scheme: Scheme, claim: Claim, before: Sequence[Past] = ()) -> Verdict:
    """判定: what the scheme gives for the claim, after what was given before (in any order)."""
    category = scheme.category(claim.category)
    if category is None:
        return Verdict(questions=(Question("no_category", {"category": claim.category}),))
    case = _Case(scheme, category, claim, tuple(before))
    questions = tuple(question for asks in _ASKED for question in asks(case))
    least, most, reasons = _offered(case)
    least, most, capped = _capped(case, least, most)
    stopped = any(question.stops for question in questions)
    if stopped:
        return Verdict(
            otherwise_yuan=least, questions=questions, reasons=(*reasons, *capped, Said("stopped"))
        )
    to_city = scheme.goes_to_city(least)
    end = Said("to_city", {"limit": scheme.county_limit}) if to_city else Said("gives", {"amount": least})
    return Verdict(
        amount_yuan=least,
        most_yuan=most,
        otherwise_yuan=least,
        questions=questions,
        reasons=(*reasons, *capped, end),
        goes_to_city=to_city,
    )


# -- who ---------------------------------------------------------------------------------------------


def _about_the_participant(case: _Case) -> Iterator[Question]:
    if case.scheme.givers_only and case.claim.gave is False:
        yield Question("did_not_give", {"year": case.scheme.year})
    if case.scheme.givers_only and case.claim.gave is None:
        yield Question("gave_unknown", {"year": case.scheme.year}, stops=False)


def _about_the_relation(case: _Case) -> Iterator[Question]:
    covered = case.scheme.cover_of(case.claim.relation)
    if covered is None or case.claim.relation not in case.category.relations:
        yield Question("not_covered", {"category": case.category.name, "relation": case.claim.relation})
        return
    yield from _about_work(case, covered)
    yield from _about_age(case, covered)


def _about_work(case: _Case, covered: Covered) -> Iterator[Question]:
    if covered.unemployed and case.claim.patient_employed is None:
        yield Question("work_unknown", {"words": covered.words}, stops=False)
    if covered.unemployed and case.claim.patient_employed:
        yield Question("has_work", {"words": covered.words})


def _about_age(case: _Case, covered: Covered) -> Iterator[Question]:
    if covered.below_age is None or (covered.or_studying and case.claim.patient_studies):
        return
    values = {"age": covered.below_age, "words": covered.words}
    born_on, day = case.claim.patient_born_on, case.claim.day
    if born_on is None or day is None:
        yield Question("age_unknown", values, stops=False)
    elif age_on(born_on, day) >= covered.below_age:
        may_study = covered.or_studying and case.claim.patient_studies is None
        yield Question("study_unknown" if may_study else "too_old", values)


# -- when --------------------------------------------------------------------------------------------


def _about_days(case: _Case) -> Iterator[Question]:
    scheme, claim, day = case.scheme, case.claim, case.claim.day
    if day is None:
        yield Question("no_day")
    elif not scheme.aid_from <= day <= scheme.aid_to:
        yield Question("outside_year", {"day": day, "first": scheme.aid_from, "last": scheme.aid_to})
    elif day < scheme.first_day and not (scheme.waiting.waived_for_renewals and claim.renewed):
        yield Question("waiting", {"day": day, "first": scheme.first_day, "days": scheme.waiting.days})
    if claim.applied_on and scheme.claims_until and claim.applied_on > scheme.claims_until:
        yield Question("too_late", {"day": claim.applied_on, "last": scheme.claims_until})


# -- what for ----------------------------------------------------------------------------------------


def _about_the_disease(case: _Case) -> Iterator[Question]:
    if not case.category.is_of_disease:
        return
    listed = case.scheme.disease(case.claim.disease.strip())
    if not case.disease:
        yield Question("no_disease")
    elif case.category.occasion == "other_disease":
        if listed and case.claim.relation in listed.relations:
            yield Question("is_listed", {"disease": listed.name}, stops=False)
    elif listed is None:
        yield Question("not_listed", {"disease": case.disease})
    elif case.claim.relation not in listed.relations:
        yield Question("not_for_relation", {"disease": listed.name, "relation": case.claim.relation})
    elif listed.condition and not case.claim.condition_met:
        is_told = case.claim.condition_met is not None
        values = {"disease": listed.name, "condition": listed.condition}
        yield Question("condition_not_met" if is_told else "condition_unknown", values, stops=is_told)


def _about_the_first_time(case: _Case) -> Iterator[Question]:
    if not case.category.first_time:
        return
    scheme, claim = case.scheme, case.claim
    if claim.first_diagnosis is False:
        yield Question("not_first")
    if claim.first_diagnosis is None:
        yield Question("first_unknown", stops=False)
    if claim.diagnosed_on and claim.diagnosed_on < scheme.aid_from <= (claim.event_on or claim.diagnosed_on):
        yield Question("diagnosed_before", {"day": claim.diagnosed_on, "first": scheme.aid_from})
    earlier = [past for past in case.of_patient(case.before) if past.on < scheme.aid_from]
    if any(case.has_disease(past) for past in earlier):
        yield Question("aided_in_earlier_year")


def _about_once(case: _Case) -> Iterator[Question]:
    held = case.of_patient(case.this_year)
    match case.category.once:
        case "disease_year" if any(case.has_disease(past) for past in held):
            yield Question("same_disease_this_year", {"year": case.scheme.year})
        case "disease_ever" if any(case.has_disease(past) for past in case.of_patient(case.before)):
            yield Question("same_disease_before")
        case "category_year" if any(past.category == case.category.code for past in held):
            yield Question("same_category_this_year", {"category": case.category.name})
        case "event" if any(
            past.category == case.category.code and past.on == case.claim.day for past in held
        ):
            yield Question("same_event", {"day": case.claim.day})
    if case.category.follows_aid:
        own = [
            past
            for past in case.this_year
            if _is_of(past, case.claim) and past.category != case.category.code
        ]
        if not own:
            yield Question("follows_nothing", {"category": case.category.name})


def _is_of(past: Past, claim: Claim) -> bool:
    return bool(claim.participant) and past.participant == claim.participant


def _about_siblings(case: _Case) -> Iterator[Question]:
    if case.claim.relation != "parent":
        return
    rule, held = case.scheme.siblings, case.of_patient(case.this_year)
    others = [past for past in held if past.relation == "parent" and not _is_of(past, case.claim)]
    if rule.one_claim_per_parent and others:
        yield Question("sibling_claimed")
    if rule.not_if_parent_was_aided and any(past.relation == "self" for past in held):
        yield Question("parent_was_aided")


# -- how much ----------------------------------------------------------------------------------------


def _about_the_sum(case: _Case) -> Iterator[Question]:
    claim, category, total = case.claim, case.category, case.sum_yuan
    told = [claim.costs_yuan, claim.insured_yuan, claim.own_yuan, claim.loss_yuan, claim.proposed_yuan]
    if any(amount is not None and amount < 0 for amount in told):
        yield Question("below_zero")
    yield from _about_own_payment(claim)
    if category.measure == "nothing":
        return
    lowest = _lowest(case.scheme, category)
    if total is None:
        yield Question("no_sum", {"measure": category.measure})
    elif total < lowest:
        yield Question("below", {"measure": category.measure, "sum": total, "from": lowest})


def _lowest(scheme: Scheme, category: Category) -> Decimal:
    """From which sum on the category gives anything."""
    amount: Amount | None = category.amount
    if isinstance(amount, ShareOf):
        other = scheme.category(amount.category)
        amount = other.amount if other else None
    first = amount.bands[0][0] if isinstance(amount, Tiers) else ZERO
    return max(category.from_yuan, first)


def _about_own_payment(claim: Claim) -> Iterator[Question]:
    if claim.costs_yuan is None or claim.insured_yuan is None:
        return
    reckoned = claim.costs_yuan - claim.insured_yuan
    if reckoned < 0:
        yield Question("insured_more", {"costs": claim.costs_yuan, "insured": claim.insured_yuan})
    elif claim.own_yuan is not None and claim.own_yuan != reckoned:
        yield Question("own_differs", {"own": claim.own_yuan, "reckoned": reckoned}, stops=False)


def _about_the_proposal(case: _Case) -> Iterator[Question]:
    limits = _limits(case)
    if isinstance(case.category.amount, ByDegree) and limits is None:
        yield Question("no_degree", {"degrees": tuple(one.name for one in case.category.amount.degrees)})
    proposed = case.claim.proposed_yuan
    if limits and proposed is not None and not limits[0] <= proposed <= limits[1]:
        yield Question(
            "proposed_outside", {"proposed": proposed, "least": limits[0], "most": limits[1]}, stops=False
        )


def _limits(case: _Case) -> tuple[Decimal, Decimal] | None:
    """Between what the meeting decides; None where the scheme itself says how much, or cannot say."""
    match case.category.amount:
        case Between(least_yuan=least, most_yuan=most):
            return least, most
        case ByDegree(degrees=degrees):
            found = [one for one in degrees if case.claim.degree in (one.code, one.name)]
            return (found[0].least_yuan, found[0].most_yuan) if found else None
    return None


Offer = tuple[Decimal, Decimal, tuple[Said, ...]]
_NOTHING: Offer = (ZERO, ZERO, ())


def _offered(case: _Case) -> Offer:
    """The amount, the most it may be, and why; nothing where the sum is not known or not enough."""
    total = case.sum_yuan
    if case.category.measure != "nothing" and (total is None or total < _lowest(case.scheme, case.category)):
        return _NOTHING
    match case.category.amount:
        case Flat() | Tiers() as plain:
            amount, why = _by_sum(plain, total or ZERO, case.category)
            return amount, amount, why
        case ShareOf(category=code, share=share):
            return _share(case, code, share, total or ZERO)
    limits = _limits(case)
    if limits is None:
        return _NOTHING
    least, most = limits
    if least == most:
        return least, most, (Said("fixed", {"amount": least}),)
    proposed = case.claim.proposed_yuan
    amount = least if proposed is None else min(max(proposed, least), most)
    return amount, most, (Said("meeting", {"least": least, "most": most}),)


def _by_sum(amount: Flat | Tiers, total: Decimal, category: Category) -> tuple[Decimal, tuple[Said, ...]]:
    if isinstance(amount, Flat):
        return amount.yuan, (Said("flat", {"category": category.name, "amount": amount.yuan}),)
    reached = [band for band in amount.bands if band[0] <= total]
    if not reached:
        return ZERO, ()
    values = {"measure": category.measure, "sum": total, "from": reached[-1][0], "amount": reached[-1][1]}
    beyond = amount.bands[len(reached) :]
    if beyond:
        return reached[-1][1], (Said("tier", {**values, "below": beyond[0][0]}),)
    return reached[-1][1], (Said("top_tier", values),)


def _share(case: _Case, code: str, share: Decimal, total: Decimal) -> Offer:
    other = case.scheme.category(code)
    if other is None or not isinstance(other.amount, Flat | Tiers):
        return _NOTHING
    whole, why = _by_sum(other.amount, total, other)
    amount = (whole * share).quantize(CENT, rounding=ROUND_HALF_UP)
    said = Said("share", {"category": other.name, "share": share, "whole": whole, "amount": amount})
    return amount, amount, (*why, said)


def _capped(case: _Case, least: Decimal, most: Decimal) -> tuple[Decimal, Decimal, tuple[Said, ...]]:
    """The amounts within what the caps of the year leave, and which of them bit."""
    said: list[Said] = []
    for name, cap, used in _caps(case):
        left = max(cap - used, ZERO)
        if left < most:
            said.append(Said(name, {"cap": cap, "used": used, "left": left}))
        least, most = min(least, left), min(most, left)
    return least, most, tuple(said)


def _caps(case: _Case) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each cap with how much of it was used."""
    if case.category.cap_yuan is not None:
        held = [past for past in case.of_patient(case.this_year) if past.category == case.category.code]
        yield "category_cap", case.category.cap_yuan, _together(held)
    if case.scheme.cap is not None:
        of_patient = case.scheme.cap.of == "patient"
        own = [past for past in case.this_year if _is_of(past, case.claim)]
        used = _together(case.of_patient(case.this_year) if of_patient else own)
        yield f"{case.scheme.cap.of}_cap", case.scheme.cap.most_yuan, used


def _together(pasts: Iterable[Past]) -> Decimal:
    return sum((past.amount_yuan for past in pasts), ZERO)


_ASKED = (
    _about_the_participant,
    _about_the_relation,
    _about_days,
    _about_the_disease,
    _about_the_first_time,
    _about_once,
    _about_siblings,
    _about_the_sum,
    _about_the_proposal,
)
