"""Deeds by which a score is signed, and from then on stands."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from henji.accounts.queries import posts_of
from henji.assessment import library, queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import Column, PublishedStandard, SignedScore
from henji.assessment.verdicts import Finding, Given
from henji.evidence import traces
from henji.lib import tongues
from henji.lib.actors import Actor
from henji.lib.periods import Period
from henji.unions.models import Union


@transaction.atomic
def sign_self_score(
    *,
    subject: Union,
    standard: PublishedStandard,
    year: int,
    as_of: date,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> SignedScore:
    """自评签字: freeze the year's scorecard as of the day, with its figures and the standard's version.

    Signing again makes a new row whose trace corrects the one before; the old row stays to be seen. `seen` is
    the digest of what was shown to be signed. Raises DayAhead, DayBeforeYear, StandardNotForIt,
    ScoredByInspector, and MovedMeanwhile where something else would be frozen than was shown.
    """
    rules.must_be_for(standard, subject)
    rules.must_be_signable(as_of, year, today=localdate(at))
    rules.must_not_inspect(posts_of(by.id, today=localdate(at)), subject)
    # One signature of a union at a time: two at once would both correct the same one before.
    Union.objects.select_for_update(no_key=True).get(pk=subject.pk)
    # One signature of a union at a time, so that each corrects the one before.
    Union.objects.select_for_update(no_key=True).get(pk=subject.pk)
    with tongues.on_record():
        card = queries.scorecard(subject, standard.standard, Period.year(year), as_of)
        people = queries.people_of(subject, standard.code, year)
        body = card.frozen(county=subject.name, standard=standard.digest, people=people)
    before = queries.signed_self(subject, standard.code, year)
    digest = library.digest_of(body)
    rules.must_be_as_seen(digest, seen=seen)
    trace = traces.new_id(at)
    signed = SignedScore.objects.create(
        county=rules.county_of(subject),
        subject=subject,
        standard=standard,
        year=year,
        column=Column.SELF,
        as_of=as_of,
        body=body,
        digest=digest,
        signed_at=at,
        made_by_id=trace,
    )
    traces.leave(
        Deed.SELF_SIGNED,
        id=trace,
        subject=signed,
        county=subject.county,
        by=by,
        at=at,
        on=localdate(at),
        facts=_sums(signed),
        supersedes=before.made_by_id if before else None,
    )
    return signed


#: The deed by which each superior column is signed.
SUPERIOR = {Column.CITY: Deed.CITY_SIGNED, Column.PROVINCE: Deed.PROVINCE_SIGNED}


@transaction.atomic
def sign_superior_score(
    *,
    subject: Union,
    standard: PublishedStandard,
    year: int,
    as_of: date,
    column: Column,
    given: Mapping[str, Given],
    found: Mapping[str, Finding],
    by: Actor,
    at: datetime,
    seen: str = "",
) -> SignedScore:
    """上级评分签字: freeze the points and vetoes that an inspector of the city or province finds.

    They stand in their own column, beside the county's card as it is on the day: its figures, the standard's
    version and digest. Signing again makes a new row whose trace corrects the one before. `seen` is the
    digest of what was shown. Raises StandardNotForIt, DayAhead, DayBeforeYear, NotItsInspector, OfTheCounty,
    PointsDoNotFit, DifferenceUnexplained, and MovedMeanwhile, also where somebody signed in between.
    """
    rules.must_be_for(standard, subject)
    rules.must_be_signable(as_of, year, today=localdate(at))
    rules.must_inspect(posts_of(by.id, today=localdate(at)), subject, column)
    # One signature of a union at a time: of two inspectors at once the second is shown the first.
    Union.objects.select_for_update(no_key=True).get(pk=subject.pk)
    with tongues.on_record():
        docket = queries.docket_of(subject, standard, year, as_of, column)
        rules.must_be_as_seen(docket.digest, seen=seen)
        rules.must_judge(docket, given, found)
        body = docket.judged(given, found)
    before = queries.signed_columns(subject, standard.code, year).get(column)
    trace = traces.new_id(at)
    signed = SignedScore.objects.create(
        county=rules.county_of(subject),
        subject=subject,
        standard=standard,
        year=year,
        column=column,
        as_of=as_of,
        body=body,
        digest=library.digest_of(body),
        signed_at=at,
        made_by_id=trace,
    )
    traces.leave(
        SUPERIOR[column],
        id=trace,
        subject=signed,
        county=subject.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={**_sums(signed), "differing": _differing(signed)},
        supersedes=before.made_by_id if before else None,
    )
    return signed


def _sums(signed: SignedScore) -> dict[str, object]:
    sums = {name: Decimal(str(signed.score[name])).quantize(Decimal("0.01")) for name in _SUMMED}
    return {
        "year": signed.year,
        "as_of": signed.as_of,
        **sums,
        "standard": signed.standard.digest,
        "score": signed.digest,
    }


_SUMMED = ("total", "base", "bonus")


def _differing(signed: SignedScore) -> int:
    return sum(item["points"] != item["own"] for item in signed.score["items"])
