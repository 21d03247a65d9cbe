"""拟救助: what the scheme in force gives for an application, what it asks, where it is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from henji.lib.periods import Period
from henji.mutual_aid import queries as fund
from henji.mutual_aid.cases import due, queries
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.models import GRANTED, AidCase, AidCaseVersion
from henji.mutual_aid.models import Donation
from henji.mutual_aid.schemes import claims, days, judging, wording
from henji.mutual_aid.schemes import queries as schemes
from henji.mutual_aid.schemes.claims import Past, Verdict
from henji.mutual_aid.schemes.models import PublishedScheme
from henji.mutual_aid.schemes.terms import Scheme
from henji.unions.models import Union

NO_SCHEME = "no_scheme"
#: What names the disease, and is not to be read on a page.
_TELLING = ("disease", "condition")


@dataclass(frozen=True, slots=True)
class Proposal:
    """拟救助: amounts in yuan, and what the scheme asks, by code with its words.

    `amount_yuan` is what it gives if what it asks is answered, `most_yuan` the most that may be proposed;
    `limit_yuan` up to what the county itself decides, None where it decides all. Without a scheme there are
    no amounts.
    """

    category_name: str
    scheme: str = ""
    digest: str = ""
    amount_yuan: Decimal = Decimal(0)
    most_yuan: Decimal = Decimal(0)
    questions: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    limit_yuan: Decimal | None = None

    @property
    def asked(self) -> list[str]:
        """The codes of what the scheme asks."""
        return [code for code, _words in self.questions]

    @property
    def to_city(self) -> bool:
        """Whether the amount itself is over the county's limit."""
        return self.goes_to_city(self.amount_yuan)

    def goes_to_city(self, amount: Decimal) -> bool:
        """Whether an amount is over the county's limit."""
        return self.limit_yuan is not None and amount > self.limit_yuan


def proposal(case: AidCase, claim: Claim, *, on: date, proposed_yuan: Decimal | None = None) -> Proposal:
    """拟救助: judged by the scheme in force on the day of the event, after what was granted before."""
    published = schemes.scheme_in_force(case.county, claim.event_on)
    if published is None:
        asked = (
            NO_SCHEME,
            _("%(day)s 没有适用的救助方案，金额由会议议定，是否核对过？") % {"day": claim.event_on},
        )
        return Proposal(category_name=claim.category, questions=(asked,))
    scheme = published.scheme
    category = scheme.category(claim.category)
    verdict = judging.judge(
        scheme, claimed(case, claim, scheme, on, proposed_yuan), granted_before(case, claim)
    )
    return Proposal(
        category_name=category.name if category else claim.category,
        scheme=published.reference,
        digest=published.digest,
        amount_yuan=verdict.amount_yuan or verdict.otherwise_yuan,
        most_yuan=max(verdict.most_yuan, verdict.otherwise_yuan),
        questions=tuple(_in_words(verdict)),
        reasons=tuple(wording.reasons(verdict)),
        limit_yuan=scheme.county_limit,
    )


def of_version(version: AidCaseVersion, *, proposed_yuan: Decimal | None = None) -> Proposal:
    """拟救助 of the application as it stands."""
    claim = queries.claim_of(version)
    return proposal(version.case, claim, on=version.applied_on, proposed_yuan=proposed_yuan)


def earliest_end(cases: Sequence[AidCaseVersion], starts_on: date) -> date:
    """公示最早的截止日: so that each of the applications is on notice as long as its scheme asks.

    The first day itself does not count.
    """
    found = [schemes.scheme_in_force(case.county, case.event_on) for case in cases]
    notices = [one.scheme.notice for one in found if one]
    ends = [days.days_after(starts_on, one.days, one.counted) for one in notices]
    return max(ends, default=days.working_days_after(starts_on, due.notice_days()))


def categories(county: Union, on: date) -> list[tuple[str, str]]:
    """救助类别 by code and name: of the scheme in force on the day, else of the last one published."""
    latest = PublishedScheme.objects.filter(county=county).newest_first()
    published = schemes.scheme_in_force(county, on) or latest.first()
    return [(one.code, one.name) for one in published.scheme.categories] if published else []


def claimed(
    case: AidCase, claim: Claim, scheme: Scheme, on: date, proposed_yuan: Decimal | None
) -> claims.Claim:
    """The application as the scheme judges it; what nobody told is not known."""
    return claims.Claim(
        category=claim.category,
        relation=claim.relation,
        disease=claim.disease,
        diagnosed_on=claim.event_on,
        applied_on=on,
        costs_yuan=claim.costs_yuan,
        insured_yuan=claim.insured_yuan,
        loss_yuan=claim.own_yuan,
        proposed_yuan=proposed_yuan,
        degree=claim.disease,
        participant=str(case.person_id),
        patient=queries.patient_index(claim.identity),
        gave=_gave(case, scheme),
        patient_born_on=claim.born_on,
    )


def _gave(case: AidCase, scheme: Scheme) -> bool | None:
    """Whether the applicant gave to a drive of the aid year; None where there is no such drive on record."""
    period = Period.through(scheme.aid_from, scheme.aid_to)
    drives = [one.drive_id for one in fund.drives_serving([case.county_id], period)]
    if not drives:
        return None
    return Donation.objects.known().filter(drive__in=drives, person=case.person_id).exists()


def granted_before(case: AidCase, claim: Claim) -> list[Past]:
    """以往救助: what was granted to the participant, or for the patient, by other applications."""
    held = AidCaseVersion.objects.known().filter(county=case.county_id, state__in=GRANTED).exclude(case=case)
    found = held.filter(case__person=case.person_id)
    if index := queries.patient_index(claim.identity):
        found = found | held.filter(patient_index=index)
    return [
        Past(
            category=one.category,
            on=one.event_on,
            amount_yuan=one.approved_yuan or Decimal(0),
            relation=one.relation,
            disease=queries.opened(one).get("disease", ""),
            participant=str(one.case.person_id),
            patient=one.patient_index,
        )
        for one in found.select_related("case")
    ]


def _in_words(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What the scheme asks; nothing in it names the disease."""
    for asked in verdict.questions:
        hidden = {name: _("所报情形") for name in _TELLING if name in asked.values}
        yield asked.code, wording.question(replace(asked, values={**asked.values, **hidden}))
