"""Deeds: keeping the record of a union, and revealing the phone of one of its officers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.unions import recording, rules
from henji.unions.deeds import Deed
from henji.unions.models import OfficeHolder, Union
from henji.unions.recording import Holder, Telling
from henji.unions.rules import told as telling


@transaction.atomic
def keep_record(
    *,
    union: Union,
    seen: int | None,
    facts: Mapping[str, Any],
    holders: Mapping[str, Holder],
    by: Actor,
    at: datetime,
) -> Union:
    """组织信息登记: say what is known of a union and who holds its offices; what was said before is kept.

    `facts` are all that is now said, by item of `records.ITEMS`; `holders` are by office, an empty one is
    vacant. `seen` is the record corrected, None where there was none: raises Outdated where there is a later
    one; also NothingChanged, NotYetHappened, UnionClosed.
    """
    rules.must_stand(union)
    telling.must_run_in_order(facts, today=localdate(at))
    county = rules.must_be_in_a_county(union)
    held = recording.held_of([union.pk])[union.pk]
    rules.must_be_current((held.record.pk if held.record else None) == seen)
    trace = traces.new_id(at)
    said = Telling(union.pk, county.pk, facts, holders)
    changed = recording.write([said], trace=trace, at=at).get(union.pk, [])
    rules.must_change_something(changed)
    traces.leave(
        Deed.RECORD_KEPT,
        id=trace,
        subject=union,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"items": changed},
    )
    union.refresh_from_db()
    return union


@transaction.atomic
def reveal_phone(*, holder: OfficeHolder, reason: str, by: Actor, at: datetime) -> str:
    """查看任职人电话: tell the phone of who holds an office, and write down who asked and why.

    Raises NoReason, NotFilled.
    """
    words = telling.must_say_why(reason)
    told = recording.Held(holders={holder.office: holder}).holder(holder.office)
    phone = telling.must_be_filled(told.get("phone", ""))
    traces.leave(
        Deed.PHONE_REVEALED,
        id=traces.new_id(at),
        subject=holder.union,
        county=holder.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"office": holder.office},
        words=words,
    )
    return phone
