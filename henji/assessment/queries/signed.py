"""Questions about scores that were signed."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from henji.assessment import verdicts
from henji.assessment.cards import Scorecard
from henji.assessment.models import Column, PublishedStandard, SignedScore, SignedScoreQuerySet
from henji.assessment.queries.charges import people_of
from henji.assessment.queries.scorecards import scorecard
from henji.assessment.verdicts import Docket
from henji.lib.periods import Period
from henji.unions.models import Union

#: The latest signed of each column, for those that hold one.
Columns = Mapping[str, SignedScore]


def signed_scores(subject: Union) -> SignedScoreQuerySet:
    """已签评分: those of the union, the latest first."""
    return SignedScore.objects.filter(subject=subject).select_related("standard", "made_by").newest_first()


def signed_columns(subject: Union, code: str, year: int) -> Columns:
    """各栏评分: by column, the latest signed for the year under the standard (any version); one query."""
    held = signed_scores(subject).filter(year=year, standard__code=code)
    latest = held.order_by().values("column").annotate(latest=Max("pk")).values("latest")
    return {signed.column: signed for signed in held.filter(pk__in=latest)}


def columns_signed(subjects: Iterable[Union], year: int) -> dict[int, set[str]]:
    """已签的栏 of the year, by union; one query."""
    signed: dict[int, set[str]] = {}
    held = SignedScore.objects.filter(subject__in=[subject.pk for subject in subjects], year=year).order_by()
    for subject, column in held.values_list("subject", "column").distinct():
        signed.setdefault(subject, set()).add(column)
    return signed


def signed_self(subject: Union, code: str, year: int) -> SignedScore | None:
    """自评签字: the latest self-score signed for the year under the standard (any version of it)."""
    return signed_columns(subject, code, year).get(Column.SELF)


def docket_of(
    subject: Union,
    published: PublishedStandard,
    year: int,
    as_of: date,
    column: Column,
    *,
    card: Scorecard | None = None,
) -> Docket:
    """评分底稿 of a column; `card` is the county's, where it is at hand.

    The county's own points are those that it signed under this very version, else as computed.
    """
    signed = signed_columns(subject, published.code, year)
    own, before = signed.get(Column.SELF), signed.get(column)
    shown = card or scorecard(subject, published.standard, Period.year(year), as_of)
    is_alike = own is not None and own.standard_id == published.pk
    return Docket(
        card=shown,
        county=subject.name,
        standard=published.digest,
        own=verdicts.own_of(shown, own.body, own.digest) if own and is_alike else verdicts.own_of(shown),
        people=people_of(subject, published.code, year),
        before=before.digest if before else "",
    )
