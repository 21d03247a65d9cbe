"""小世界的救助: applications at each step, made through commands when a test first asks for one."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import Any

from henji.lib.actors import INSTALLER, Actor
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid.cases import commands as aid
from henji.mutual_aid.cases import queries
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.models import AidCaseVersion, CaseDoubt, Meeting, Notice, Objection, PaymentBatch
from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.commands import publish_scheme
from henji.unions.models import Employer, Union
from tests.cast import AT

SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}
#: Who approves what the installer entered, and who pays it.
CHAIR: dict[str, Any] = {"by": Actor(9902, "陈主席", "主席"), "at": AT}
CASHIER: dict[str, Any] = {"by": Actor(9903, "孙出纳", "干事"), "at": AT}
BEGAN = date(2016, 3, 1)
Advance = Callable[[AidCaseVersion], object]


class Aid:
    """救助 of the small world."""

    county: Union

    @cached_property
    def employer(self) -> Employer:
        raise NotImplementedError

    @cached_property
    def scheme_in_force(self) -> None:
        """The reference scheme, published."""
        publish_scheme(county=self.county, text=reading.reference(), **SIGNED)

    @cached_property
    def case(self) -> AidCaseVersion:
        """An application that was just made."""
        return self.make_case(0)

    @cached_property
    def doubted(self) -> CaseDoubt:
        """A question about it."""
        return CaseDoubt.objects.filter(case=self.case.case_id).order_by("pk")[0]

    @cached_property
    def returned_case(self) -> AidCaseVersion:
        made = self.make_case(401)
        return aid.send_back(case=made, words="缺诊断证明", on=BEGAN, **SIGNED)

    @cached_property
    def visited_case(self) -> AidCaseVersion:
        return self._visited(402)

    @cached_property
    def posted_case(self) -> AidCaseVersion:
        return self._posted(403)

    @cached_property
    def notice(self) -> Notice:
        """A notice in force."""
        held = self.posted_case.notice
        assert held is not None
        return held

    @cached_property
    def objection(self) -> Objection:
        told: dict[str, Any] = {"words": "家里有商铺", "who": "", "on": BEGAN + timedelta(days=2)}
        return aid.hear_objection(case=self._posted(404), **told, **SIGNED)

    @cached_property
    def referred_case(self) -> AidCaseVersion:
        return self._decided(405, costs=90000, amount=8000)

    @cached_property
    def approved_case(self) -> AidCaseVersion:
        return self._decided(406)

    @cached_property
    def decidable_case(self) -> AidCaseVersion:
        """An application whose notice is over, and of which nothing is asked."""
        return self._posted(411, ends_on=date(2016, 5, 20))

    @cached_property
    def meeting(self) -> Meeting:
        held = self.approved_case.meeting
        assert held is not None
        return held

    @cached_property
    def batch_to_send(self) -> PaymentBatch:
        """A batch whose file has not gone to the bank."""
        return self.make_payment_batch(407)

    @cached_property
    def paid_case(self) -> AidCaseVersion:
        return self._paid(408)

    @cached_property
    def receipted_case(self) -> AidCaseVersion:
        case = self._paid(409)
        return aid.keep_receipt(case=case, on=AT.date(), **SIGNED)

    @cached_property
    def recovering_case(self) -> AidCaseVersion:
        return aid.demand_back(case=self._paid(410), words="发票是假的", on=AT.date(), **CHAIR)

    def make_case(self, n: int, costs: int = 40000) -> AidCaseVersion:
        """An application of a member of the township, with the papers that a file needs."""
        _published = self.scheme_in_force
        identity = number_of(n, born="19820311")
        person = members.enrol(
            county=self.county,
            name=f"吴会员{n}",
            identity=identity,
            employer=self.employer,
            start_on=date(2015, 3, 1),
            **SIGNED,
        )
        claim = Claim(
            category="S1",
            relation="self",
            event_on=date(2016, 2, 1),
            costs_yuan=Decimal(costs),
            insured_yuan=Decimal(25000),
            disease="恶性肿瘤",
            patient=f"吴会员{n}",
            identity=identity,
            card=f"62220000{n:08d}",
            holder=f"吴会员{n}",
        )
        case = aid.apply(county=self.county, person=person, claim=claim, on=BEGAN, **SIGNED)
        paper = aid.Handed("form", BytesIO(f"%PDF-1.7 form {n}".encode()), "application/pdf")
        aid.add_papers(case=case, papers=[paper], on=BEGAN, **SIGNED)
        return self.case_now(case)

    def make_notice(self, n: int) -> Notice:
        held = self._posted(500 + n).notice
        assert held is not None
        return held

    def make_meeting(self, n: int) -> Meeting:
        held = self._decided(600 + n).meeting
        assert held is not None
        return held

    def make_payment_batch(self, n: int) -> PaymentBatch:
        case = self._decided(n)
        return aid.form_batch(county=self.county, cases=[case], template="reference", **CASHIER)

    def case_now(self, case: AidCaseVersion) -> AidCaseVersion:
        """The application as it stands."""
        held = AidCaseVersion.objects.known().select_related("case__person", "county", "notice", "meeting")
        return held.get(case=case.case_id)

    def _clear(self, case: AidCaseVersion) -> AidCaseVersion:
        for asked in queries.doubts_of(case.case):
            if asked.is_open:
                told: dict[str, Any] = {"doubt": asked.doubt, "words": "已核实", "on": BEGAN}
                aid.answer_doubt(case=self.case_now(case), **told, **SIGNED)
        return self.case_now(case)

    def _visited(self, n: int, costs: int = 40000, amount: int = 3000) -> AidCaseVersion:
        case = self._clear(self.make_case(n, costs))
        told: dict[str, Any] = {"found": "属实", "proposed_yuan": Decimal(amount), "on": BEGAN}
        return self._clear(aid.visit(case=case, **told, **SIGNED))

    def _posted(self, n: int, ends_on: date | None = None, **amounts: int) -> AidCaseVersion:
        case = self._visited(n, **amounts)
        last = ends_on or AT.date() + timedelta(days=5)
        told: dict[str, Any] = {"starts_on": BEGAN, "ends_on": last, "phone": "0311-88012345"}
        aid.post(county=self.county, cases=[case], **told, **SIGNED)
        return self.case_now(case)

    def _decided(self, n: int, costs: int = 40000, amount: int = 3000) -> AidCaseVersion:
        case = self._posted(n, ends_on=date(2016, 5, 20), costs=costs, amount=amount)
        decision = aid.Decision(case, aid.Choice.GRANT, Decimal(amount))
        told: dict[str, Any] = {"name": f"第 {n} 次常务会议", "held_on": date(2016, 5, 23), "minutes": None}
        aid.decide(county=self.county, decisions=[decision], **told, **CHAIR)
        return self.case_now(case)

    def _paid(self, n: int) -> AidCaseVersion:
        batch = self.make_payment_batch(n)
        aid.send_batch(batch=batch, **CASHIER)
        order = batch.orders.get()
        self._answer("mutual_aid.payment_returns", order.voucher, batch)
        case = AidCaseVersion.objects.known().get(case=order.case_id)
        return self.case_now(case)

    def _answer(self, kind: str, voucher: str, batch: PaymentBatch) -> None:
        raise NotImplementedError
