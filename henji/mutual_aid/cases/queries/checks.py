"""核查: what automatic checks ask about an application. Questions, not verdicts."""

from collections.abc import Collection, Iterable
from datetime import date

from henji.evidence.keys import vault
from henji.lib.text import tidy_name
from henji.members import queries as members
from henji.members.cards.models import Card
from henji.members.cards.queries import blind_number
from henji.mutual_aid.cases import due
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.models import (
    VAIN,
    AidCase,
    AidCaseVersion,
    AidCaseVersionQuerySet,
    CaseDoubt,
    CasePaper,
    Doubt,
    Relation,
    Slot,
)

#: Papers that may be handed in with one application only; the others are a person's own.
_OF_ONE_MATTER = (Slot.DIAGNOSIS, Slot.SETTLEMENT, Slot.INVOICE)
Raised = set[tuple[Doubt, str]]


def patient_index(number: str) -> str:
    """患者盲索引 of an identity number (18 places)."""
    return vault().blind("aid patient", number) if number else ""


def matter_index(claim: Claim) -> str:
    """事项盲索引: equal where the same patient has the same disease, or the same thing happened on a day."""
    if not claim.identity:
        return ""
    matter = claim.disease or f"{claim.category} {claim.event_on.isoformat()}"
    return vault().blind("aid matter", repr((claim.identity, matter)))


def bank_index(number: str) -> str:
    """账号盲索引: equal to that of a member's card of the same number."""
    return blind_number(number)


def doubts_about(case: AidCase, claim: Claim, asked: Iterable[str], *, on: date) -> Raised:
    """核查疑问: what is to be answered; `asked` are the codes of what the scheme asks. Six queries."""
    others = AidCaseVersion.objects.known().filter(county=case.county_id).exclude(case=case)
    others = others.exclude(state__in=VAIN)
    return {
        *_named(Doubt.AGAIN, others.filter(matter_index=matter_index(claim))),
        *_siblings(case, claim, others),
        *_accounts(case, claim, others),
        *_holder(case, claim),
        *_wage(claim, on),
        *((Doubt.TERMS, code) for code in asked),
    }


def doubts_raised(case: AidCase) -> Raised:
    """已提出的疑问, answered or not."""
    held = CaseDoubt.objects.filter(case=case).values_list("kind", "about")
    return {(Doubt(kind), about) for kind, about in held}


def seen_before(case: AidCase, blobs: Collection[int]) -> Raised:
    """重复材料: other applications that hold the same bytes as a paper of one matter alone."""
    alike = CasePaper.objects.filter(blob__in=list(blobs), slot__in=_OF_ONE_MATTER).exclude(case=case)
    numbers = alike.filter(case__county=case.county_id).values_list("case__number", flat=True)
    return {(Doubt.INVOICE, number) for number in set(numbers)}


def _named(kind: Doubt, found: AidCaseVersionQuerySet) -> Raised:
    return {(kind, number) for number in found.values_list("case__number", flat=True)}


def _siblings(case: AidCase, claim: Claim, others: AidCaseVersionQuerySet) -> Raised:
    """Another participant's application for the same parent, or the parent's own."""
    if claim.relation != Relation.PARENT or not claim.identity:
        return set()
    same = others.filter(patient_index=patient_index(claim.identity)).exclude(case__person=case.person_id)
    return _named(Doubt.SIBLING, same.filter(relation__in=(Relation.PARENT, Relation.SELF)))


def _accounts(case: AidCase, claim: Claim, others: AidCaseVersionQuerySet) -> Raised:
    """The account is another applicant's too, or another member's card."""
    index = bank_index(claim.card)
    elsewhere = others.filter(bank_index=index).exclude(case__person=case.person_id)
    cards = Card.objects.known().live().filter(number_index=index).exclude(person=case.person_id)
    return _named(Doubt.BANK, elsewhere) | ({(Doubt.BANK, "")} if cards.exists() else set())


def _holder(case: AidCase, claim: Claim) -> Raised:
    name = members.names_of([case.person_id]).get(case.person_id, "")
    return set() if tidy_name(claim.holder) == tidy_name(name) else {(Doubt.HOLDER, "")}


def _wage(claim: Claim, on: date) -> Raised:
    least = due.least_wage(on)
    told = claim.income_yuan
    return {(Doubt.WAGE, "")} if least is not None and told is not None and told < least else set()
