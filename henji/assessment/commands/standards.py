"""Deeds about standards and their drafts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.assessment import library, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import DraftText, PublishedStandard, StandardDraft
from henji.evidence import traces
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions.models import Union

#: So many of the latest texts of a draft are kept, to be brought back.
KEPT_TEXTS = 200


@transaction.atomic
def publish_standard(*, publisher: Union, text: str, by: Actor, at: datetime) -> PublishedStandard:
    """考核标准发布: publish a version of a standard; from then on it is unchanged.

    The same version again, equal to the letter, changes nothing, and its trace says so. Raises
    StandardChanged where it differs, and what `schema.load` raises.
    """
    trace = traces.new_id(at)
    row, is_new = _publish(publisher, text, trace)
    traces.leave(
        Deed.STANDARD_PUBLISHED,
        id=trace,
        subject=row,
        county=publisher.county,
        by=by,
        at=at,
        on=localdate(at),
        facts=_facts(row, is_new=is_new),
    )
    return row


@transaction.atomic
def begin_draft(*, publisher: Union, text: str, by: Actor, at: datetime) -> StandardDraft:
    """标准草稿新建: begin a draft with a text, which may be unsound. Raises DraftTooLong."""
    rules.must_not_be_too_long(text)
    trace = traces.new_id(at)
    draft = StandardDraft.objects.create(
        id=ids.new(at),
        county_id=publisher.county_id,
        publisher=publisher,
        name=rules.name_of_draft(text),
        body=text,
        updated_at=at,
        made_by_id=trace,
    )
    _keep_text(draft, 1, trace)
    _leave(Deed.DRAFT_SAVED, draft, trace, by=by, at=at, new=True)
    return draft


@transaction.atomic
def save_draft(*, draft: StandardDraft, text: str, seen: str, by: Actor, at: datetime) -> StandardDraft:
    """标准草稿保存: put another text in the place of the one that was seen (its digest).

    Raises DraftTooLong, and DraftMoved where somebody else has saved it meanwhile.
    """
    rules.must_not_be_too_long(text)
    held = StandardDraft.objects.select_for_update().get(pk=draft.pk)
    rules.must_be_as_edited(held, seen=seen)
    trace = traces.new_id(at)
    _put_text(held, text, trace, at)
    _leave(Deed.DRAFT_SAVED, held, trace, by=by, at=at, new=False)
    return held


@transaction.atomic
def restore_draft(*, draft: StandardDraft, number: int, seen: str, by: Actor, at: datetime) -> StandardDraft:
    """标准草稿恢复: put back the text of an earlier saving, by its number; what stood till now stays kept.

    Raises DraftMoved, and DraftText.DoesNotExist where that text is no longer kept.
    """
    held = StandardDraft.objects.select_for_update().get(pk=draft.pk)
    rules.must_be_as_edited(held, seen=seen)
    earlier = held.texts.get(number=number)
    trace = traces.new_id(at)
    _put_text(held, earlier.body, trace, at, text_of=earlier.text_of)
    _leave(Deed.DRAFT_SAVED, held, trace, by=by, at=at, new=False, restored=number)
    return held


@transaction.atomic
def publish_draft(*, draft: StandardDraft, seen: str, by: Actor, at: datetime) -> PublishedStandard:
    """草稿发布: publish the draft that was seen; it is a version then, and no draft any more.

    Raises DraftMoved, StandardChanged and what `schema.load` raises.
    """
    held = StandardDraft.objects.select_for_update().select_related("publisher").get(pk=draft.pk)
    rules.must_be_as_edited(held, seen=seen)
    trace = traces.new_id(at)
    row, is_new = _publish(held.publisher, held.body, trace)
    traces.leave(
        Deed.STANDARD_PUBLISHED,
        id=trace,
        subject=row,
        county=held.publisher.county,
        by=by,
        at=at,
        on=localdate(at),
        facts=_facts(row, is_new=is_new),
    )
    held.delete()
    return row


@transaction.atomic
def discard_draft(*, draft: StandardDraft, seen: str, by: Actor, at: datetime) -> None:
    """标准草稿放弃: throw the draft that was seen away. Raises DraftMoved."""
    held = StandardDraft.objects.select_for_update().select_related("publisher").get(pk=draft.pk)
    rules.must_be_as_edited(held, seen=seen)
    _leave(Deed.DRAFT_DISCARDED, held, traces.new_id(at), by=by, at=at)
    held.delete()


def _put_text(
    held: StandardDraft, text: str, trace: UUID, at: datetime, *, text_of: int | None = None
) -> None:
    held.name, held.body = rules.name_of_draft(text), text
    held.updated_at, held.made_by_id = at, trace
    held.save(update_fields=["name", "body", "updated_at", "made_by"])
    number = held.texts.newest_first().values_list("number", flat=True)[0] + 1
    _keep_text(held, number, trace, text_of=text_of)
    held.texts.filter(number__lte=number - KEPT_TEXTS).delete()


def _keep_text(held: StandardDraft, number: int, trace: UUID, *, text_of: int | None = None) -> None:
    DraftText.objects.create(
        draft=held,
        number=number,
        text_of=text_of or number,
        body=held.body,
        digest=held.digest,
        made_by_id=trace,
    )


def _leave(
    deed: Deed, draft: StandardDraft, trace: UUID, *, by: Actor, at: datetime, **facts: object
) -> None:
    traces.leave(
        deed,
        id=trace,
        subject=draft,
        county=draft.publisher.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"digest": library.digest(draft.body), **facts},
    )


def _publish(publisher: Union, text: str, trace: UUID) -> tuple[PublishedStandard, bool]:
    """The version with the text, and whether it is new."""
    standard = library.read(text)
    digest = library.digest(text)
    row, is_new = PublishedStandard.objects.get_or_create(
        publisher=publisher,
        code=standard.code,
        version=standard.version,
        defaults={
            "county_id": publisher.county_id,
            "subject_level": standard.subject_level,
            "name": standard.name,
            "body": text,
            "digest": digest,
            "made_by_id": trace,
        },
    )
    rules.must_be_equal(row, digest=digest)
    return row, is_new


def _facts(row: PublishedStandard, *, is_new: bool) -> dict[str, object]:
    return {"standard": row.code, "digest": row.digest, "new": is_new}
