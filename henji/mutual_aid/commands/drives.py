"""Deeds on drives."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.lib.text import tidy
from henji.mutual_aid import rules
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import Drive, DriveVersion
from henji.unions.models import Union


@transaction.atomic
def open_drive(
    *,
    county: Union,
    code: str,
    name: str,
    collects_from: date,
    collects_to: date,
    aid_from: date,
    aid_to: date,
    by: Actor,
    at: datetime,
    counted_on: date | None = None,
) -> Drive:
    """一日捐活动设立: say when a drive collects, which aid year it serves and on which day members count.

    Raises BadDays, DriveThere. The counting day is the last day of collection unless another is named.
    """
    terms = rules.terms(
        name=tidy(name) or tidy(code),
        collects_from=collects_from,
        collects_to=collects_to,
        aid_from=aid_from,
        aid_to=aid_to,
        counted_on=counted_on,
    )
    have_to_oneself(county)
    code = rules.must_be_a_new_code(code, county.pk)
    trace = traces.new_id(at)
    drive = Drive.objects.create(county=county, code=code, made_by_id=trace, **terms)
    DriveVersion.objects.create(
        line=ids.new(at), county=county, drive=drive, made_by_id=trace, known_from=at, **terms
    )
    _leave(Deed.DRIVE_OPENED, drive, terms, trace=trace, by=by, at=at)
    return drive


@transaction.atomic
def correct_drive(
    *,
    version: DriveVersion,
    name: str,
    collects_from: date,
    collects_to: date,
    aid_from: date,
    aid_to: date,
    reason: str,
    by: Actor,
    at: datetime,
    counted_on: date | None = None,
) -> Drive:
    """一日捐活动更正: write what its name and days really are; what was believed before stays to be seen.

    `version` is the one that the corrector saw. Raises BadDays, NoReason, NothingChanged, Outdated.
    """
    terms = rules.terms(
        name=tidy(name) or version.drive.code,
        collects_from=collects_from,
        collects_to=collects_to,
        aid_from=aid_from,
        aid_to=aid_to,
        counted_on=counted_on,
    )
    reason = rules.must_say_why(reason)
    rules.must_change_something(version, **terms)
    trace = traces.new_id(at)
    have_to_oneself(version.drive)
    versions.supersede(version, trace=trace, at=at, **terms)
    Drive.objects.filter(pk=version.drive_id).update(made_by=trace, **terms)
    drive = Drive.objects.select_related("county").get(pk=version.drive_id)
    corrected = version.made_by_id
    _leave(Deed.DRIVE_CORRECTED, drive, terms, trace=trace, by=by, at=at, words=reason, supersedes=corrected)
    return drive


def _leave(
    deed: Deed,
    drive: Drive,
    terms: Mapping[str, Any],
    *,
    trace: UUID,
    by: Actor,
    at: datetime,
    words: str = "",
    supersedes: UUID | None = None,
) -> None:
    traces.leave(
        deed,
        id=trace,
        subject=drive,
        county=drive.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={key: value for key, value in terms.items() if key != "name"},
        words=words,
        supersedes=supersedes,
    )
