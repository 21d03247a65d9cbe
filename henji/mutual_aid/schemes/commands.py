"""Deeds about schemes and their drafts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib import ids
from henji.lib.actors import Actor
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.schemes import reading, rules
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft
from henji.unions.models import Union


@transaction.atomic
def publish_scheme(*, county: Union, text: str, by: Actor, at: datetime) -> PublishedScheme:
    """救助方案发布: publish a version of a scheme; from then on it is unchanged.

    The same version again, equal to the letter, changes nothing, and its trace says so. Raises SchemeChanged
    where it differs, and what `reading.read` raises.
    """
    trace = traces.new_id(at)
    row, is_new = _publish(county, text, trace, at)
    traces.leave(
        Deed.SCHEME_PUBLISHED,
        id=trace,
        subject=row,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts=_facts(row, is_new=is_new),
    )
    return row


@transaction.atomic
def begin_draft(*, county: Union, text: str, by: Actor, at: datetime) -> SchemeDraft:
    """方案草稿新建: begin a draft with a text, which may be unsound. Raises DraftTooLong."""
    rules.must_not_be_too_long(text)
    trace = traces.new_id(at)
    draft = SchemeDraft.objects.create(
        id=ids.new(at),
        county=county,
        name=rules.name_of_draft(text),
        text=text,
        updated_at=at,
        made_by_id=trace,
    )
    _leave(Deed.SCHEME_DRAFT_SAVED, draft, trace, by=by, at=at, new=True)
    return draft


@transaction.atomic
def save_draft(*, draft: SchemeDraft, text: str, seen: str, by: Actor, at: datetime) -> SchemeDraft:
    """方案草稿保存: put another text in the place of the one that was seen (its digest).

    Raises DraftTooLong, and DraftMoved where somebody else has saved it meanwhile.
    """
    rules.must_not_be_too_long(text)
    held = SchemeDraft.objects.select_for_update().select_related("county").get(pk=draft.pk)
    rules.must_be_as_seen(held, seen=seen)
    trace = traces.new_id(at)
    held.name, held.text = rules.name_of_draft(text), text
    held.updated_at, held.made_by_id = at, trace
    held.save(update_fields=["name", "text", "updated_at", "made_by"])
    _leave(Deed.SCHEME_DRAFT_SAVED, held, trace, by=by, at=at, new=False)
    return held


@transaction.atomic
def publish_draft(*, draft: SchemeDraft, seen: str, by: Actor, at: datetime) -> PublishedScheme:
    """草稿发布: publish the draft that was seen; it is a version then, and no draft any more.

    Raises DraftMoved, SchemeChanged and what `reading.read` raises.
    """
    held = SchemeDraft.objects.select_for_update().select_related("county").get(pk=draft.pk)
    rules.must_be_as_seen(held, seen=seen)
    trace = traces.new_id(at)
    row, is_new = _publish(held.county, held.text, trace, at)
    traces.leave(
        Deed.SCHEME_PUBLISHED,
        id=trace,
        subject=row,
        county=held.county,
        by=by,
        at=at,
        on=localdate(at),
        facts=_facts(row, is_new=is_new),
    )
    held.delete()
    return row


@transaction.atomic
def discard_draft(*, draft: SchemeDraft, seen: str, by: Actor, at: datetime) -> None:
    """方案草稿放弃: throw the draft that was seen away. Raises DraftMoved."""
    held = SchemeDraft.objects.select_for_update().select_related("county").get(pk=draft.pk)
    rules.must_be_as_seen(held, seen=seen)
    _leave(Deed.SCHEME_DRAFT_DISCARDED, held, traces.new_id(at), by=by, at=at)
    held.delete()


def _leave(deed: Deed, draft: SchemeDraft, trace: UUID, *, by: Actor, at: datetime, **facts: object) -> None:
    traces.leave(
        deed,
        id=trace,
        subject=draft,
        county=draft.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"digest": draft.digest, **facts},
    )


def _publish(county: Union, text: str, trace: UUID, at: datetime) -> tuple[PublishedScheme, bool]:
    """The version with the text, and whether it is new."""
    scheme = reading.read(text)
    digest = reading.digest(text)
    row, is_new = PublishedScheme.objects.get_or_create(
        county=county,
        code=scheme.code,
        version=scheme.version,
        defaults={
            "year": scheme.year,
            "name": scheme.name,
            "text": text,
            "digest": digest,
            "valid_from": scheme.valid_from,
            "valid_to": scheme.valid_to,
            "counted_on": scheme.participation.counted_on,
            "gifts": scheme.participation.gifts,
            "collected": scheme.payout.collected,
            "published_at": at,
            "made_by_id": trace,
        },
    )
    rules.must_be_equal(row, digest=digest)
    return row, is_new


def _facts(row: PublishedScheme, *, is_new: bool) -> dict[str, object]:
    return {"scheme": row.reference, "digest": row.digest, "new": is_new}
