"""Deeds: publishing standards, stating values, signing scores."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.assessment import library, queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import Column, PublishedStandard, SignedScore, StatedValue
from henji.assessment.rules import Said
from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.lib.periods import Period
from henji.unions.models import Union


@transaction.atomic
def publish_standard(*, county: Union, text: str, by: Actor, at: datetime) -> PublishedStandard:
    """考核标准发布: publish a version of a standard; from then on it is unchanged.

    The same version again, equal to the letter, changes nothing, and its trace says so. Raises
    StandardChanged where it differs, and what `schema.load` raises.
    """
    standard = library.read(text)
    digest = library.digest(text)
    trace = traces.new_id(at)
    row, is_new = PublishedStandard.objects.get_or_create(
        county=county,
        code=standard.code,
        version=standard.version,
        defaults={"name": standard.name, "body": text, "digest": digest, "made_by_id": trace},
    )
    rules.must_be_equal(row, digest=digest)
    traces.leave(
        Deed.STANDARD_PUBLISHED,
        id=trace,
        subject=row,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"standard": standard.code, "digest": digest, "new": is_new},
    )
    return row


@transaction.atomic
def state_value(
    *,
    county: Union,
    standard: PublishedStandard,
    part: str,
    said: Said,
    from_on: date,
    to_on: date | None,
    explanation: str,
    by: Actor,
    at: datetime,
    replacing: bool = False,
) -> StatedValue:
    """人工取值: state a value about a part or a veto, why, and from which day to which, both in it.

    Where values hold on some of these days already, they give way on them, but only if `replacing` says so.
    Raises NotInStandard, ComputedNotTyped, ValueUnsuitable, PointsDoNotFit, NotExplained, DaysReversed,
    AlreadyStated, StandardOfOther.
    """
    rules.must_be_of(standard, county)
    place = rules.blank(standard.standard, part)
    rules.must_suit(place, said)
    rules.must_run_forwards(from_on, to_on)
    _hold_still(standard)
    given_way = list(queries.values_overlapping(standard, part, from_on, to_on))
    rules.must_mean_to_replace(given_way, replacing=replacing)
    trace = traces.new_id(at)
    for value in given_way:
        _give_way(value, from_on, to_on, trace, at)
    stated = StatedValue.objects.create(
        line=queries.line_of(standard, part) or ids.new(at),
        county=county,
        standard=standard.code,
        part=part,
        kind=place.kind,
        part_value=said.part,
        whole_value=said.whole,
        from_on=from_on,
        to_on=to_on,
        explanation=rules.must_explain(explanation),
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.VALUE_STATED,
        id=trace,
        subject=stated,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"part": part, "value": said.part, "whole": said.whole, "from": from_on, "to": to_on},
        supersedes=given_way[0].made_by_id if given_way else None,
    )
    return stated


@transaction.atomic
def sign_self_score(
    *,
    county: Union,
    standard: PublishedStandard,
    year: int,
    as_of: date,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> SignedScore:
    """自评签字: freeze the year's scorecard as of the day, with its figures and the standard's version.

    Signing again makes a new row whose trace corrects the one before; the old row stays to be seen. `seen` is
    the digest of what was shown to be signed. Raises DayAhead, DayBeforeYear, StandardOfOther, and
    MovedMeanwhile where something else would be frozen than was shown.
    """
    rules.must_be_of(standard, county)
    rules.must_be_signable(as_of, year, today=localdate(at))
    card = queries.scorecard(county, standard.standard, Period.year(year), as_of)
    before = queries.signed_self(county, standard.code, year)
    body = card.frozen(county=county.name, standard=standard.digest)
    digest = library.digest_of(body)
    rules.must_be_as_seen(digest, seen=seen)
    trace = traces.new_id(at)
    signed = SignedScore.objects.create(
        county=county,
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
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "year": year,
            "as_of": as_of,
            "total": card.grading.total,
            "base": card.grading.base,
            "bonus": card.grading.bonus,
            "standard": standard.digest,
            "score": digest,
        },
        supersedes=before.made_by_id if before else None,
    )
    return signed


def _hold_still(standard: PublishedStandard) -> None:
    """Let no two people state values under the standard at the same moment: their days might overlap."""
    same = PublishedStandard.objects.filter(county=standard.county_id, code=standard.code)
    list(same.select_for_update().values_list("pk"))


#: What stays of a value of which only some days are replaced.
_KEPT = ("line", "county_id", "standard", "part", "kind", "part_value", "whole_value", "explanation")


def _give_way(value: StatedValue, first: date, last: date | None, trace: UUID, at: datetime) -> None:
    """End the value, and say it again for the days that the new one leaves to it."""
    versions.end(value, trace=trace, at=at)
    kept = {name: getattr(value, name) for name in _KEPT}
    StatedValue.objects.bulk_create(
        StatedValue(**kept, from_on=start, to_on=end, made_by_id=trace, known_from=at)
        for start, end in rules.days_left(value, first, last)
    )
