"""回盘检查: what each row of the bank's file says of which payment."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from henji.lib import bulk, money
from henji.lib.identity import mask_within
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.mutual_aid.cases import banks, queries
from henji.mutual_aid.cases.models import OrderState, PaymentOrder, StagedPayment
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

_LONGEST = 100
_staged_row = bulk.maker(StagedPayment)


class Unclear(Refusal):
    """回盘行有疑问: the row cannot be taken in as it is."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class ReturnsJudge:
    """回盘检查: knows the batch and the bank's words, and remembers the payments seen in the same file."""

    def __init__(self, job: Job) -> None:
        self._job = job
        batch = queries.batch_of(job)
        self._returns = banks.must_be_a_template(batch.template).returns
        self._is_sent = batch.sent_on is not None
        self._orders = {order.voucher: order for order in queries.orders_in(batch)}
        staged = StagedPayment.objects.filter(job=job).exclude(voucher="")
        self._seen = set(staged.values_list("voucher", flat=True))

    def judge(self, rows: Rows) -> Judged[StagedPayment]:
        """One staged row for each; no query."""
        return Judged([self._judged(row) for row in rows])

    def _judged(self, row: Row) -> StagedPayment:
        values = {name: tidy(value or "") for name, value in row.values.items()}
        try:
            return self._said(row, values)
        except Unclear as unclear:
            return self._staged(row, Verdict.REJECTED, field=unclear.field, reason=unclear.words)

    def _said(self, row: Row, values: Mapping[str, str]) -> StagedPayment:
        order = self._orders.get(values.get("voucher", ""))
        if order is None:
            raise Unclear("voucher", _("这个业务编号不在这一批里"))
        if not self._is_sent:
            raise Unclear("voucher", _("这一批还没有送银行，不会有回盘"))
        if order.voucher in self._seen:
            raise Unclear("voucher", _("这个业务编号在文件里出现了两次"))
        self._seen.add(order.voucher)
        outcome = self._returns.outcome_of(values.get("outcome", ""))
        if outcome is None:
            raise Unclear("outcome", _("看不懂处理结果，模板里没有这个词"))
        self._must_be_the_amount(order, values.get("amount", ""))
        told = {"voucher": order.voucher, "outcome": outcome}
        if order.state == outcome:
            return self._staged(row, Verdict.SAME, **told)
        if order.state != OrderState.WAITING:
            words = _("这一笔已登记为“%(state)s”，与银行所说对不上") % {"state": order.get_state_display()}
            raise Unclear("outcome", words)
        if outcome == "paid":
            return self._staged(row, Verdict.NEW, order=order.pk, **told)
        why = mask_within(values.get("reason", ""))[:_LONGEST] or _("银行没有说明原因")
        return self._staged(row, Verdict.CHANGED, order=order.pk, words=why, question="failed", **told)

    def _must_be_the_amount(self, order: PaymentOrder, text: str) -> None:
        if not text:
            return
        try:
            is_same = money.parse(text) == order.amount_yuan
        except Refusal as refusal:
            raise Unclear("amount", refusal.words) from refusal
        if not is_same:
            raise Unclear("amount", _("金额与送出的不一致，请向银行核实"))

    def _staged(self, row: Row, verdict: Verdict, **told: object) -> StagedPayment:
        return _staged_row({"job_id": self._job.pk, "number": row.number, "verdict": verdict, **told})
