"""会员卡: three batches of cards over the year, from the signed consents to the counter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from henji.members import queries as members
from henji.members.cards import commands
from henji.members.cards.jobs import card_returns
from henji.members.cards.models import Card, CardBatch, State
from henji.web.demo import books
from henji.web.demo.acts.workbooks import take_in
from henji.web.demo.people import Worker
from henji.web.demo.stage import Stage, Step, StoryBroken, at, rows

#: By which day each batch is in its holders' hands, and which share of the members then has a card.
_WAVES = ((date(2016, 7, 28), 0.04), (date(2016, 9, 19), 0.202), (date(2016, 12, 9), 0.303))
#: Days before that day on which each step is done.
_APPLY, _CHECK, _SEND, _ANSWER, _HAND_OUT, _ACTIVATE = 21, 20, 19, 8, 3, 1
#: Of the cards handed out, so many in ten are used at once; the bank refuses one in five hundred.
_ACTIVE, _REFUSED = 7, 500


@dataclass
class _Wave:
    """一批卡: whose they are, and the batch in which they went to the bank."""

    workers: Sequence[Worker]
    first: int
    batch: CardBatch = field(init=False)


def steps(stage: Stage) -> Iterator[Step]:
    """Applications, check, file, the bank's answer, handing out, first use; and a card that was lost."""
    done = 0
    for day, share in _WAVES:
        until = round(share * stage.plan.members(day))
        wave = _Wave(stage.plan.old[done:until], done)
        many = rows(until - done)
        for before, do, words in (
            (_APPLY, _apply, f"登记 {until - done:,} 人申领会员卡"),
            (_CHECK, _check, f"校验 {until - done:,} 人的申领"),
            (_SEND, _send, "导出送行文件"),
            (_ANSWER, _answer, f"导入银行回盘（{until - done:,} 张）"),
            (_HAND_OUT, _hand_out, f"发放会员卡 {until - done:,} 张"),
            (_ACTIVATE, _activate, "登记激活"),
        ):
            yield Step(at(day - timedelta(days=before), 10), partial(do, stage, wave), words, weight=many)
        done = until
    yield Step(at(date(2016, 10, 11), 16), partial(_lose, stage), "会员卡挂失")
    yield Step(at(date(2016, 10, 13), 10), partial(_replace, stage), "会员卡补卡")


def _apply(stage: Stage, wave: _Wave, at: datetime) -> None:
    persons = members.find_by_identity(stage.county.pk, [one.number for one in wave.workers])
    commands.apply(
        county=stage.county,
        persons=list(persons.values()),
        consent="2016-1",
        consented_on=localdate(at),
        by=stage.actor("shen"),
        at=at,
    )


def _check(stage: Stage, wave: _Wave, at: datetime) -> None:
    cards = _cards(stage, State.APPLIED)
    checked = commands.check(
        county=stage.county, cards=cards, template="reference", by=stage.actor("shen"), at=at
    )
    if checked.batch is None:
        raise StoryBroken("nobody may have a card")
    wave.batch = checked.batch


def _send(stage: Stage, wave: _Wave, at: datetime) -> None:
    commands.export(batch=wave.batch, reason="交承办银行批量开卡", by=stage.actor("shen"), at=at)


def _answer(stage: Stage, wave: _Wave, at: datetime) -> None:
    book = books.card_returns(wave.workers, wave.first, refused=_REFUSED)
    params = {"batch": wave.batch.pk, "on": localdate(at).isoformat()}
    take_in(stage, card_returns, book, f"银行回盘 {wave.batch.number}.xlsx", at, **params)


def _hand_out(stage: Stage, wave: _Wave, at: datetime) -> None:
    cards, on = _cards(stage, State.MADE, batch=wave.batch), localdate(at)
    commands.hand_out(county=stage.county, cards=cards, on=on, by=stage.actor("shen"), at=at)


def _activate(stage: Stage, wave: _Wave, at: datetime) -> None:
    cards = [
        card for nth, card in enumerate(_cards(stage, State.ISSUED, batch=wave.batch)) if nth % 10 < _ACTIVE
    ]
    on = localdate(at)
    commands.activate(county=stage.county, cards=cards, on=on, by=stage.actor("shen"), at=at)


def _lose(stage: Stage, at: datetime) -> None:
    card = _first(stage, State.ACTIVATED)
    commands.lose(card=card, on=localdate(at), by=stage.actor("shen"), at=at)


def _replace(stage: Stage, at: datetime) -> None:
    card = _first(stage, State.LOST)
    commands.replace(card=card, on=localdate(at), by=stage.actor("shen"), at=at)


def _first(stage: Stage, state: State) -> Card:
    held = Card.objects.known().filter(county=stage.county, state=state)
    return held.select_related("person", "county").earliest("pk")


def _cards(stage: Stage, state: State, **more: CardBatch) -> list[Card]:
    held = Card.objects.known().filter(county=stage.county, state=state, **more)
    return list(held.order_by("pk"))
