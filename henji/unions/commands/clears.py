"""Deeds: keeping the four clears of an employer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions import codes, queries, records, rules
from henji.unions.deeds import Deed
from henji.unions.models import CLEARS, Employer, FourClears
from henji.unions.rules import told as telling


@transaction.atomic
def keep_clears(
    *, employer: Employer, seen: int | None, told: Mapping[str, Any], by: Actor, at: datetime
) -> Employer:
    """四清情况登记: say why an employer has no union and what is planned, or why some are no members.

    `told` is all that is now said, by field of `CLEARS`. `seen` is what was said when the form was shown:
    raises Outdated where there is something later; also NothingChanged, PlanBehind, and what words raise.
    """
    held = queries.clears_of(employer)
    rules.must_be_current((held.pk if held else None) == seen)
    said = _exact(told)
    before = held or FourClears()
    telling.must_lie_ahead(said["plan_on"], before.plan_on, today=localdate(at))
    changed = [name for name in CLEARS if said[name] != getattr(before, name)]
    rules.must_change_something(changed)
    trace = traces.new_id(at)
    try:
        if held:
            versions.supersede(held, trace=trace, at=at, **said)
        else:
            FourClears.objects.create(
                line=ids.new(at),
                employer=employer,
                county=employer.county,
                made_by_id=trace,
                known_from=at,
                **said,
            )
    except IntegrityError as taken:
        raise rules.outdated() from taken
    traces.leave(
        Deed.CLEARS_KEPT,
        id=trace,
        subject=employer,
        county=employer.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"clears": changed},
    )
    return employer


def _exact(told: Mapping[str, Any]) -> dict[str, Any]:
    words = records.words(200)
    return {
        "reason": records.coded(codes.NO_UNION_REASON)(told.get("reason") or ""),
        "plan": words(told.get("plan") or ""),
        "plan_on": told.get("plan_on"),
        "gap_reason": words(told.get("gap_reason") or ""),
        "role": records.coded(codes.ROLE_PLAYED)(told.get("role") or ""),
    }
