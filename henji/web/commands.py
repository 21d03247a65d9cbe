"""Deeds of the house as a whole: that it was backed up, restored, and its keys renewed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.traces import Trace
from henji.lib.actors import Actor
from henji.unions.models import Union
from henji.web.deeds import Deed


@transaction.atomic
def back_up(
    *,
    union: Union,
    digest: str,
    size: int,
    rows: int,
    files: int,
    lacking: int,
    by: Actor,
    at: datetime,
) -> Trace:
    """备份: write down that a backup was made, and the digest by which its file is known.

    `union` is whose installation it is: the county, or what stands above its counties; `size` in bytes.
    """
    return traces.leave(
        Deed.BACKED_UP,
        id=traces.new_id(at),
        subject=union,
        county=union.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "digest": digest,
            "size_kib": -(-size // 1024),
            "rows": rows,
            "files": files,
            "lacking": lacking,
        },
    )


@transaction.atomic
def restore(*, union: Union, made_at: datetime, digest: str, by: Actor, at: datetime) -> Trace:
    """从备份恢复: write down in the restored installation of which backup it was made."""
    return traces.leave(
        Deed.RESTORED,
        id=traces.new_id(at),
        subject=union,
        county=union.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"made_on": localdate(made_at), "made_at": made_at.isoformat(), "digest": digest},
    )


@transaction.atomic
def renew_keys(*, union: Union, number: int, rows: int, by: Actor, at: datetime) -> Trace:
    """换钥: write down that so many keys are wrapped by the office's key of the number now."""
    return traces.leave(
        Deed.KEYS_RENEWED,
        id=traces.new_id(at),
        subject=union,
        county=union.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"key_number": number, "rows": rows},
    )
