"""What the tests of aid share: an office of several people, applicants, and an application at any step."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from henji.lib.actors import Actor
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid.cases import commands, queries
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.jobs import payment_returns
from henji.mutual_aid.cases.models import AidCaseVersion, PaymentOrder, Slot
from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.commands import publish_scheme
from henji.work.intake import take_in

#: A Wednesday, long enough after the applications for every step.
NOW = datetime(2016, 6, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = date(2016, 3, 1)
CLERK, CHAIR, CASHIER = (
    Actor(901, "王干事", "干事"),
    Actor(902, "陈主席", "主席"),
    Actor(903, "孙出纳", "干事"),
)
RETURN_HEADS = ("业务编号", "金额", "处理结果", "失败原因")
PDF = b"%PDF-1.7 "


@dataclass
class Office:
    """办公室: does each step with the right person, a day after the step before."""

    county: Any
    asker: Any
    at: datetime = NOW
    serial: int = 0
    people: dict[int, Any] = field(default_factory=dict)

    def by(self, who: Actor) -> dict[str, Any]:
        return {"by": who, "at": self.at}

    def hire(self, serial: int | None = None) -> Any:
        """A member, by number."""
        if serial is None:
            self.serial += 1
            serial = self.serial
        if serial not in self.people:
            self.people[serial] = members.enrol(
                county=self.county,
                name=f"李会员{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}",
                identity=number_of(serial),
                start_on=date(2015, 3, 1),
                **self.by(CLERK),
            )
        return self.people[serial]

    def claim(self, serial: int = 1, **more: Any) -> Claim:
        told: dict[str, Any] = {
            "category": "S1",
            "relation": "self",
            "event_on": date(2016, 2, 1),
            "costs_yuan": Decimal(40000),
            "insured_yuan": Decimal(25000),
            "disease": "恶性肿瘤",
            "patient": f"李会员{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}",
            "identity": number_of(serial),
            "card": f"622200000000{serial:04d}",
            "holder": f"李会员{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}",
            "hospital": "县人民医院",
        }
        return Claim(**{**told, **more})

    def apply(
        self, serial: int | None = None, on: date = FIRST, by: Actor = CLERK, **more: Any
    ) -> AidCaseVersion:
        person = self.hire(serial)
        serial = next(number for number, held in self.people.items() if held == person)
        claim = self.claim(serial, **more)
        return commands.apply(county=self.county, person=person, claim=claim, on=on, **self.by(by))

    def now(self, case: Any) -> AidCaseVersion:
        """The application as it stands."""
        key = getattr(case, "case_id", case.pk)
        held = AidCaseVersion.objects.known().select_related("case__person", "county", "notice", "batch")
        return held.get(case=key)

    def answer_all(self, case: AidCaseVersion) -> AidCaseVersion:
        for asked in queries.doubts_of(case.case):
            if asked.is_open:
                current = self.now(case)
                commands.answer_doubt(
                    case=current, doubt=asked.doubt, words="已核实", on=current.moved_on, **self.by(CLERK)
                )
        return self.now(case)

    def visit(self, case: AidCaseVersion, amount: int = 3000) -> AidCaseVersion:
        current = self.now(case)
        return commands.visit(
            case=current,
            found="与申请一致",
            proposed_yuan=Decimal(amount),
            on=current.moved_on + timedelta(days=1),
            **self.by(CLERK),
        )

    def post(self, *cases: AidCaseVersion) -> Any:
        held = [self.now(case) for case in cases]
        starts_on = max((case.moved_on for case in held), default=FIRST) + timedelta(days=1)
        return commands.post(
            county=self.county,
            cases=held,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=14),
            phone="0311-88012345",
            **self.by(CLERK),
        )

    def decide(
        self, *cases: AidCaseVersion, by: Actor = CHAIR, choice: str = "grant", amount: int = 3000
    ) -> Any:
        held = [self.now(case) for case in cases]
        after = max((case.notice.ends_on for case in held if case.notice), default=FIRST)
        decisions = [
            commands.Decision(case, commands.Choice(choice), Decimal(amount), "会议决定") for case in held
        ]
        return commands.decide(
            county=self.county,
            name="第 3 次常务会议",
            held_on=after + timedelta(days=1),
            decisions=decisions,
            minutes=None,
            **self.by(by),
        )

    def approved(self, serial: int | None = None, **more: Any) -> AidCaseVersion:
        """An application that waits for its payment."""
        case = self.visit(self.answer_all(self.apply(serial, **more)))
        case = self.answer_all(case)
        self.post(case)
        self.decide(case)
        return self.now(case)

    def batch(self, *cases: AidCaseVersion, by: Actor = CASHIER) -> Any:
        held = [self.now(case) for case in cases]
        return commands.form_batch(county=self.county, cases=held, template="reference", **self.by(by))

    def send(self, batch: Any, by: Actor = CASHIER) -> Any:
        return commands.send_batch(batch=batch, **self.by(by))

    def answers(self, batch: Any, outcomes: dict[Any, str] | str = "成功") -> BytesIO:
        """The bank's file: what became of each payment."""
        stream = BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, RETURN_HEADS)
            orders = PaymentOrder.objects.filter(batch=batch).order_by("voucher")
            for place, order in enumerate(orders, start=1):
                outcome = outcomes if isinstance(outcomes, str) else outcomes.get(order.case_id, "成功")
                why = "" if outcome == "成功" else "户名不符"
                sheet.write_row(place, 0, (order.voucher, f"{order.amount_yuan}", outcome, why))
        stream.seek(0)
        return stream

    def take_in(self, batch: Any, outcomes: dict[Any, str] | str = "成功") -> Any:
        return take_in(
            payment_returns,
            self.answers(batch, outcomes),
            file_name="回盘.xlsx",
            county=self.county,
            asker=self.asker,
            post="出纳",
            at=self.at,
            params={"batch": batch.pk, "on": self.at.date().isoformat()},
        )

    def paid(self, serial: int | None = None, **more: Any) -> AidCaseVersion:
        case = self.approved(serial, **more)
        batch = self.batch(case)
        self.send(batch)
        self.take_in(batch)
        return self.now(case)

    def add_papers(self, case: AidCaseVersion, content: bytes, slot: str = Slot.INVOICE) -> AidCaseVersion:
        current = self.now(case)
        handed = [commands.Handed(slot, BytesIO(PDF + content), "application/pdf")]
        return commands.add_papers(case=current, papers=handed, on=current.moved_on, **self.by(CLERK))


@pytest.fixture
def office(county, officer):
    """办公室 of the county, which has published the reference scheme."""
    publish_scheme(county=county, text=reading.reference(), by=CHAIR, at=NOW)
    return Office(county, officer)


@pytest.fixture
def states():
    """状态 of all applications."""
    return lambda: sorted(AidCaseVersion.objects.known().values_list("state", flat=True))
