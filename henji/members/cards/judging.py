"""回盘检查: what each row of the bank's file says of which card."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.lib import bulk
from henji.lib.refusals import Refusal
from henji.lib.text import tidy, tidy_name
from henji.members import queries as members
from henji.members.cards import queries, rules
from henji.members.cards.banks import Outcome
from henji.members.cards.models import Card, StagedCardReturn, State
from henji.members.queries import mergers
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

#: States that a card has once it was made, and no longer waits for the bank.
_MADE = frozenset({State.MADE, State.ISSUED, State.ACTIVATED, State.LOST})
_staged_row = bulk.maker(StagedCardReturn)


class Unclear(Refusal):
    """回盘行有疑问: the row cannot be taken in as it is."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class ReturnsJudge:
    """回盘检查: remembers the persons and numbers it has seen in the same file."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._batch = queries.batch_of(job)
        self._bank = rules.must_be_a_template(self._batch.template).returns
        self._on = date.fromisoformat(job.params["on"])
        staged = StagedCardReturn.objects.filter(job=job, held__isnull=False)
        self._numbers = set(staged.exclude(number_index="").values_list("number_index", flat=True))
        held = Card.objects.filter(pk__in=staged.values("held"))
        self._keys: dict[UUID, bytes] = {}
        self._persons = set(held.values_list("person", flat=True))

    def judge(self, rows: Rows) -> Judged[StagedCardReturn]:
        """One staged row for each; a constant number of queries."""
        identities = {row.number: members.identity_in(row.values["identity"] or "") for row in rows}
        people = members.find_by_identity(self._job.county_id, filter(None, identities.values()))
        # The bank was told the number of a record that has since been put into another.
        kept = mergers.kept_of(people.values())
        people = {number: kept.get(person, person) for number, person in people.items()}
        cards = queries.last_cards(people.values())
        names = members.names_of(people.values())
        self._keys = queries.keys_of(people.values())
        staged = []
        for row in rows:
            try:
                person = _must_be_known(people.get(identities[row.number]))
                said = self._judged(row, cards.get(person), names[person])
            except Unclear as unclear:
                said = self._staged(row, verdict=Verdict.REJECTED, field=unclear.field, reason=unclear.words)
            staged.append(said)
        self._check_numbers(staged)
        return Judged(staged)

    def _judged(self, row: Row, card: Card | None, name: str) -> StagedCardReturn:
        values = {key: tidy(value or "") for key, value in row.values.items()}
        if values.get("name") and tidy_name(values["name"]) != name:
            raise Unclear("name", _("姓名与会员信息不一致，请核对"))
        if card is None or card.batch_id != self._batch.pk:
            raise Unclear("identity", _("这个人不在这一批送行的名单里"))
        outcome = self._bank.outcome_of(values.get("outcome", ""), values.get("card", ""))
        if outcome is None:
            raise Unclear("outcome", _("看不懂处理结果，模板里没有这个词"))
        if card.person_id in self._persons:
            raise Unclear("identity", _("这个人在文件里出现了两次"))
        self._persons.add(card.person_id)
        if outcome == "refused":
            return self._refused(row, card, name, values)
        return self._numbered(row, card, name, self._number(values, outcome), outcome)

    def _refused(self, row: Row, card: Card, name: str, values: Mapping[str, str]) -> StagedCardReturn:
        try:
            words = rules.exact_words(values.get("reason", ""))
        except Refusal:
            words = _("银行说明里含号码，未予保存")
        if card.state == State.REFUSED and card.words == words:
            return self._staged(row, verdict=Verdict.SAME)
        self._must_follow(card, "refused")
        return self._staged(
            row, Verdict.CHANGED, card=card, outcome="refused", words=words, name=name, question="refused"
        )

    def _numbered(self, row: Row, card: Card, name: str, number: str, outcome: Outcome) -> StagedCardReturn:
        index = queries.blind_number(number) if number else card.number_index
        if card.state in _MADE and index != card.number_index:
            raise Unclear("card", _("与已登记的卡号不一致，请向银行核实"))
        is_done = card.state in _MADE if outcome == "made" else card.state in {State.ACTIVATED, State.LOST}
        if is_done:
            return self._staged(row, verdict=Verdict.SAME)
        self._must_follow(card, outcome)
        if outcome == "activated":
            return self._staged(row, Verdict.CHANGED, card=card, outcome=outcome, name=name)
        key = self._keys.get(card.person_id)
        if key is None:
            raise Unclear("identity", _("这个人的信息已按规定删除"))
        return self._staged(
            row,
            Verdict.NEW,
            card=card,
            outcome=outcome,
            name=name,
            box=vault().reseal({"card": number}, key),
            number_index=index,
            tail=number[-4:],
        )

    def _number(self, values: Mapping[str, str], outcome: Outcome) -> str:
        text = values.get("card", "")
        if not text and outcome == "activated":
            return ""
        try:
            return rules.must_be_a_card_number(text, self._bank)
        except rules.NotACardNumber as refusal:
            raise Unclear("card", refusal.words) from refusal

    def _must_follow(self, card: Card, outcome: Outcome) -> None:
        before, _after = rules.ANSWERS[outcome]
        if card.state != before:
            words = _("这张卡现在是“%(state)s”，与银行所说对不上") % {"state": card.get_state_display()}
            raise Unclear("outcome", words)
        if max(card.days) > self._on:
            raise Unclear("outcome", _("回盘日期早于上一步，请核对"))

    # -- one card, one number ------------------------------------------------------------------------

    def _check_numbers(self, staged: Sequence[StagedCardReturn]) -> None:
        """A number that another card has, or another row gives, comes back."""
        fresh = [row for row in staged if row.number_index]
        taken = queries.numbers_taken([row.number_index for row in fresh])
        for row in fresh:
            if row.number_index in taken or row.number_index in self._numbers:
                row.verdict, row.field = Verdict.REJECTED, "card"
                row.reason = _("这个卡号已登记给别人，请向银行核实")
            self._numbers.add(row.number_index)

    def _staged(
        self, row: Row, verdict: Verdict, *, card: Card | None = None, **told: object
    ) -> StagedCardReturn:
        held = card.pk if card else None
        return _staged_row(
            {"job_id": self._job.pk, "number": row.number, "verdict": verdict, "held": held, **told}
        )


def _must_be_known(person: UUID | None) -> UUID:
    if person is None:
        raise Unclear("identity", _("查无此人：本县会员里没有这个身份证号"))
    return person
