"""What goes to the bank and what it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.lib.bank_files import BankFile
from henji.members.cards import moving, queries, rules
from henji.members.cards.banks import BankTemplate
from henji.members.cards.models import Card, CardBatch, StagedCardReturn, State
from henji.members.cards.sending import Taken, file_of
from henji.members.deeds import Deed
from henji.members.rules import must_say_why
from henji.unions.models import Union
from henji.work.intake import FRESH
from henji.work.models import Job


@dataclass(frozen=True, slots=True)
class Checked:
    """校验结果: the batch of those that passed, if any did, and how many did and did not."""

    batch: CardBatch | None
    passed: int
    failed: int


@transaction.atomic
def check(*, county: Union, cards: Sequence[Card], template: str, by: Actor, at: datetime) -> Checked:
    """会员卡校验组批: look through the applications; those without fault make a batch for the bank.

    The others stay, with what was found. Raises NothingToSend, TemplateUnknown, NotNow, CardMoved.
    """
    rules.must_have_something(cards)
    bank = rules.must_be_a_template(template)
    rules.must_be_ready(Deed.CARDS_CHECKED, cards)
    moving.lock(county)
    today, trace = localdate(at), traces.new_id(at)
    found = {
        one.card.line: rules.faults(one.card, one.told, today=today)
        for one in queries.candidates(cards, county.pk, today)
    }
    failed = sum(map(bool, found.values()))
    batch = _batch(county, bank, trace, today) if failed < len(cards) else None
    rows = moving.moved(cards, lambda card: _judged(found[card.line], batch), trace, at)
    checked = Checked(batch, len(cards) - failed, failed)
    traces.leave(
        Deed.CARDS_CHECKED,
        id=trace,
        subject=batch or county,
        county=county,
        by=by,
        at=at,
        on=today,
        facts={"passed": checked.passed, "failed": failed, "template": f"{bank.code} {bank.version}"},
        rows=rows,
    )
    return checked


@transaction.atomic
def export(*, batch: CardBatch, reason: str, by: Actor, at: datetime) -> BankFile:
    """会员卡送行: the batch's file for the bank; whoever was not sent yet is sent by it.

    Whom something keeps from being sent since the check goes back to the applications. Every time it leaves
    a trace with the reason and the file's digest. Raises NoReason, NothingToSend, TemplateUnknown, CardMoved.
    """
    words = must_say_why(reason)
    template = rules.must_be_a_template(batch.template)
    county = moving.lock(batch.county)
    today, trace = localdate(at), traces.new_id(at)
    cards = queries.to_be_sent(batch)
    people = queries.candidates(cards, county.pk, today)
    found = {one.card.line: rules.faults(one.card, one.told, today=today) for one in people}
    good = [one for one in people if not found[one.card.line]]
    rules.must_have_something(good)
    fresh = [card for card in cards if card.state == State.CHECKED]
    rows = moving.moved(fresh, lambda card: _sent(found[card.line], today), trace, at)
    file = file_of(
        template,
        queries.told_to_the_bank(good, template, batch, today),
        batch=batch,
        today=today,
        taken=Taken(by, at, words),
    )
    traces.leave(
        Deed.CARD_FILE_EXPORTED,
        id=trace,
        subject=batch,
        county=county,
        by=by,
        at=at,
        on=today,
        facts={"cards": len(good), "file": sha256(file.content).hexdigest(), "template": template.code},
        words=words,
        rows=rows,
    )
    return file


@transaction.atomic
def import_returns(*, job: Job, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
    """银行回盘导入: what the bank says of the cards sent to it becomes part of the record; the trace's id.

    A file that says nothing new leaves a trace that says so. Raises CardMoved.
    """
    trace = traces.new_id(at)
    county = moving.lock(job.county)
    staged = StagedCardReturn.objects.filter(job=job, verdict__in=FRESH)
    said = {row.held: row for row in staged if row.held}
    cards = queries.cards_at(said)
    rules.must_stand_still(len(cards) == len(said))
    on = date.fromisoformat(job.params["on"])
    rows = moving.moved(cards, lambda card: _answered(said[card.pk], on), trace, at)
    counted = ("read", "made", "refused", "activated", "unchanged", "rejected")
    traces.leave(
        Deed.CARD_RETURNS_IMPORTED,
        id=trace,
        subject=queries.batch_of(job),
        county=county,
        by=by,
        at=at,
        on=on,
        facts={name: result[name] for name in counted}
        | {"job": job.pk, "file": job.blob and job.blob.digest},
        rows=rows,
    )
    return trace


def _batch(county: Union, bank: BankTemplate, trace: UUID, today: date) -> CardBatch:
    nth = CardBatch.objects.filter(county=county, formed_on=today).count() + 1
    return CardBatch.objects.create(
        county=county,
        number=f"{today:%Y%m%d}-{nth:02d}",
        template=bank.code,
        formed_on=today,
        made_by_id=trace,
    )


def _judged(faults: Iterable[str], batch: CardBatch | None) -> dict[str, Any]:
    if faults:
        return {"faults": " ".join(faults)}
    return {"faults": "", "state": State.CHECKED, "batch_id": batch and batch.pk}


def _sent(faults: Iterable[str], today: date) -> dict[str, Any]:
    if faults:
        return {"faults": " ".join(faults), "state": State.APPLIED, "batch_id": None}
    return {"state": State.SENT, "sent_on": today}


def _answered(row: StagedCardReturn, on: date) -> dict[str, Any]:
    if row.outcome == "refused":
        return {"state": State.REFUSED, "words": row.words}
    if row.outcome == "activated":
        return {"state": State.ACTIVATED, "activated_on": on}
    number = {"box": row.box, "number_index": row.number_index, "tail": row.tail}
    return {"state": State.MADE, "made_on": on, "words": "", **number}
