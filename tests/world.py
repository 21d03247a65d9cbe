"""小世界: one thing of each kind in the county, each made through commands when a test first asks for it.

`make(n)` functions make the nth thing of a kind, so that a list can be filled.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import Any

from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.assessment import commands as assessment
from henji.assessment import library
from henji.assessment.models import PublishedStandard, SignedScore, StandardDraft, Target
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.lib.sheets import XLSX_TYPE
from henji.members import commands as members
from henji.members import queries as roster
from henji.members.models import Doubt, Membership, Merger, Particulars, Person, Transfer, Turn, Unplaced
from henji.members.queries import doubts
from henji.members.tests.rosters import number_of, workbook_of
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.cases.models import PaymentBatch
from henji.mutual_aid.models import AidPayment, Donation, Drive, Giver, Subsidy
from henji.unions import commands as unions
from henji.unions.models import Employer, Level, Union
from henji.web import commands as web
from henji.web.backup import shelf
from henji.work import commands as work
from henji.work import jobs
from henji.work.models import Complaint, Job
from tests.cast import AT, Appoint
from tests.world_aid import Aid
from tests.world_asking import Asking
from tests.world_books import Books
from tests.world_cards import Cards
from tests.world_giving import Giving
from tests.world_papers import Papers

DAY = AT.date()
SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class World(Aid, Asking, Books, Cards, Papers, Giving):
    """小世界 of one county; what lies in a branch lies in the township 新安镇."""

    def __init__(self, county: Union, township: Union, appoint: Appoint) -> None:
        self.county, self.township = county, township
        self._appoint = appoint

    # -- web -------------------------------------------------------------------------------------------

    @cached_property
    def backup(self) -> Trace:
        """A backup that lies on the server."""
        trace = self.make_backup(0)
        shelf.place_of(trace.pk).write_bytes(b"closed")
        return trace

    def make_backup(self, n: int) -> Trace:
        return web.back_up(
            union=self.county, digest=f"{n:064x}", size=n, rows=n, files=n, lacking=0, **SIGNED
        )

    @cached_property
    def renewal(self) -> Trace:
        """A renewal of the keys."""
        return web.renew_keys(union=self.county, number=2, rows=1, **SIGNED)

    # -- unions and accounts ---------------------------------------------------------------------------

    @cached_property
    def primary(self) -> Union:
        return self.make_union(0)

    @cached_property
    def employer(self) -> Employer:
        return self.make_employer(0)

    @cached_property
    def user(self) -> User:
        return self.make_user(0)

    @cached_property
    def post(self) -> Post:
        return self.user.posts.get()

    @cached_property
    def described(self) -> Union:
        """A union whose chair is known."""
        chair = {"name": "赵主席", "phone": "13800138000"}
        told: dict[str, Any] = {"seen": None, "facts": {}, "holders": {"chair": chair}}
        return unions.keep_record(union=self.make_union(98), **told, **SIGNED)

    @cached_property
    def closed(self) -> Union:
        return unions.close_union(union=self.make_union(99), closed_on=DAY, **SIGNED)

    @cached_property
    def lone_employer(self) -> Employer:
        return unions.register_employer(
            county=self.county, name="还没建会的厂", township=self.township, **SIGNED
        )

    def make_union(self, n: int) -> Union:
        return unions.found_union(
            parent=self.township, level=Level.PRIMARY, name=f"第{n}纺织厂工会", **SIGNED
        )

    def make_employer(self, n: int) -> Employer:
        return unions.register_employer(
            county=self.county, name=f"第{n}纺织厂", township=self.township, union=self.primary, **SIGNED
        )

    def make_user(self, n: int) -> User:
        return self._appoint(f"郑干事{n}", Role.OFFICER, self.county)

    # -- work ------------------------------------------------------------------------------------------

    @cached_property
    def job(self) -> Job:
        return self.make_job(0)

    @cached_property
    def complaint(self) -> Complaint:
        return self.make_complaint(0)

    def make_job(self, n: int) -> Job:
        """A roster, checked and ready to be confirmed; one row of it comes back."""
        return self._hand_in(n, ("没有号码",), unit=self.employer.name)

    def make_complaint(self, n: int) -> Complaint:
        return work.complain(county=self.county, user=self.user, page="/", text=f"第{n}次重复填表", **SIGNED)

    def _hand_in(self, n: int, *more: tuple[str, ...], unit: str) -> Job:
        row = (f"李会员{n}", number_of(500 + n), "13800138000", unit, "2015-03-01", "", "")
        return self._checked("members.roster", workbook_of([row, *more]), f"花名册{n}.xlsx")

    def _checked(self, kind: str, source: BytesIO, name: str, params: dict[str, object] | None = None) -> Job:
        """A workbook, handed in and checked, ready to be confirmed."""
        job = jobs.hand_in(
            kind,
            county=self.county,
            asker=self.user,
            post="干事",
            at=AT,
            source=source,
            file_name=name,
            media_type=XLSX_TYPE,
            params=params,
        )
        jobs.run_here(job, at=AT)
        return job

    def _answer(self, kind: str, voucher: str, batch: PaymentBatch) -> None:
        params: dict[str, object] = {"batch": batch.pk, "on": DAY.isoformat()}
        book = workbook_of([(voucher, "成功")], ("业务编号", "处理结果"))
        self._confirmed(self._checked(kind, book, "回盘.xlsx", params))

    def _confirmed(self, job: Job) -> None:
        jobs.say_yes(job, asker=self.user, post="干事")
        jobs.run_here(job, at=AT)

    # -- members ---------------------------------------------------------------------------------------

    @cached_property
    def person(self) -> Person:
        return self.make_person(0)

    @cached_property
    def unplaced(self) -> Unplaced:
        return self.make_unplaced(0)

    @cached_property
    def placed(self) -> Unplaced:
        return members.place(unplaced=self.make_unplaced(99), employer=self.employer, **SIGNED)

    @cached_property
    def gone(self) -> Person:
        """Somebody who left the union."""
        person = self.make_person(80)
        members.end_membership(
            person=person, seen=self.membership(person).pk, ending=Turn.LEFT, on=DAY, **SIGNED
        )
        return person

    @cached_property
    def transfer(self) -> Transfer:
        """Somebody of the township, released to one of its unions."""
        return self.make_transfer(0)

    @cached_property
    def double(self) -> Person:
        """Another record of the person."""
        return self.make_person(81)

    @cached_property
    def merger(self) -> Merger:
        """Two records that were put together."""
        kept, folded = self.make_person(82), self.make_person(83)
        seen = roster.card(kept).seen, roster.card(folded).seen
        return members.merge(kept=kept, folded=folded, seen=seen, reason="同一个人", **SIGNED)

    @cached_property
    def doubt(self) -> Doubt:
        """Two records of one name and one phone."""
        return self.make_doubt(0)

    @cached_property
    def settled_doubt(self) -> Doubt:
        return members.settle_doubt(doubt=self.make_doubt(9), answer="different", **SIGNED)

    def make_doubt(self, n: int) -> Doubt:
        for serial in (800 + n, 850 + n):
            members.enrol(
                county=self.county,
                name=f"孪会员{n}",
                identity=number_of(serial),
                phone=f"138{n:08d}",
                employer=self.employer,
                **SIGNED,
            )
        found = doubts.look(self.county, DAY)
        members.look_for_doubts(county=self.county, found=found, **SIGNED)
        return Doubt.objects.known().order_by("-pk")[0]

    def make_transfer(self, n: int) -> Transfer:
        person = self.make_person(400 + n)
        return members.release(
            person=person, seen=self.membership(person).pk, to=self.primary, on=DAY, **SIGNED
        )

    def membership(self, person: Person) -> Membership:
        return Membership.objects.known().latest_first().filter(person=person)[0]

    def turn(self, person: Person) -> dict[str, object]:
        """What every form about a membership sends."""
        return {"seen": self.membership(person).pk, "on": DAY.isoformat()}

    @cached_property
    def told(self) -> Particulars:
        """What a roster's row told of somebody of the township."""
        self._confirmed(self.job)
        return Particulars.objects.get(made_by=self.job.trace_id)

    def make_person(self, n: int) -> Person:
        return members.enrol(
            county=self.county,
            name=f"李会员{n}",
            identity=number_of(n),
            employer=self.employer,
            start_on=date(2015, 3, 1),
            **SIGNED,
        )

    def make_unplaced(self, n: int) -> Unplaced:
        """A name of an employer that a roster gave and nobody knows."""
        self._confirmed(self._hand_in(200 + n, unit=f"不知名第{n}厂"))
        return Unplaced.objects.get(name=f"不知名第{n}厂")

    def seen(self, person: Person) -> dict[str, object]:
        """What a form of correction sends back when nothing is changed."""
        held = Particulars.objects.known().get(person=person)
        membership = Membership.objects.known().get(person=person)
        return {
            "particulars": held.pk,
            "membership": membership.pk,
            "name": held.name,
            "employer": membership.employer_id,
            "start_on": membership.start_on,
        }

    # -- mutual aid ------------------------------------------------------------------------------------

    @cached_property
    def drive(self) -> Drive:
        return self.make_drive(0)

    @cached_property
    def donation(self) -> Donation:
        return self.make_donation(0)

    @cached_property
    def payment(self) -> AidPayment:
        return self.make_payment(0)

    @cached_property
    def subsidy(self) -> Subsidy:
        return self.make_subsidy(0)

    def make_drive(self, n: int) -> Drive:
        return mutual_aid.open_drive(
            county=self.county,
            code=f"{2016 - n}",
            name=f"{2016 - n}年一日捐",
            collects_from=date(2016 - n, 3, 1),
            collects_to=date(2016 - n, 5, 31),
            aid_from=date(2016 - n, 1, 1),
            aid_to=date(2016 - n, 12, 31),
            **SIGNED,
        )

    def make_donation(self, n: int) -> Donation:
        return mutual_aid.record_donation(
            drive=self.drive,
            amount_yuan=Decimal("50.00"),
            given_on=date(2016, 5, 20),
            person=self.make_person(100 + n),
            employer=self.employer,
            receipt=f"收{n}",
            **SIGNED,
        )

    @cached_property
    def unnamed(self) -> Donation:
        """A gift from a book, under a name that fits nobody."""
        book = workbook_of([("郭会员", 50, self.employer.name)], ("姓名", "捐款金额", "工作单位"))
        drive: dict[str, object] = {"drive": self.drive.pk}
        self._confirmed(self._checked("mutual_aid.donations", book, "捐款.xlsx", drive))
        return Donation.objects.get(giver=Giver.UNKNOWN)

    def make_payment(self, n: int) -> AidPayment:
        return mutual_aid.pay_aid(
            county=self.county,
            person=self.make_person(300 + n),
            category="大病",
            paid_yuan=Decimal("3000.00"),
            paid_on=date(2016, 5, 20),
            voucher=f"凭{n}",
            **SIGNED,
        )

    def make_subsidy(self, n: int) -> Subsidy:
        return mutual_aid.grant_subsidy(
            drive=self.drive,
            granted_yuan=Decimal("500000.00"),
            granted_on=date(2016, 5, 20),
            voucher=f"补{n}",
            **SIGNED,
        )

    # -- assessment ------------------------------------------------------------------------------------

    @cached_property
    def standard(self) -> PublishedStandard:
        return self.make_standard(0)

    @cached_property
    def draft(self) -> StandardDraft:
        return self.make_draft(0)

    def make_draft(self, n: int) -> StandardDraft:
        """The reference standard in the making."""
        text = library.shipped(library.REFERENCE) or ""
        versioned = re.sub(r"(?m)^version: .*$", f'version: "d{n}"', text, count=1)
        return assessment.begin_draft(publisher=self.county, text=versioned, **SIGNED)

    def save_draft_again(self, n: int) -> None:
        """The draft, saved once more."""
        held = StandardDraft.objects.get(pk=self.draft.pk)
        assessment.save_draft(draft=held, text=f"{held.body}# {n}\n", seen=held.digest, **SIGNED)

    @cached_property
    def target(self) -> Target:
        (target,) = assessment.receive_targets(
            county=self.county,
            year=AT.year,
            numbers={"new_unions": 40},
            notice="石工发〔2016〕12 号",
            received_on=DAY,
            **SIGNED,
        )
        return target

    @cached_property
    def signed(self) -> SignedScore:
        return self.make_signed(0)

    def make_standard(self, n: int) -> PublishedStandard:
        """The reference standard; from the second on under a version of its own."""
        text = library.shipped(library.REFERENCE)
        assert text
        versioned = re.sub(r"(?m)^version: .*$", f'version: "{n}"', text, count=1) if n else text
        return assessment.publish_standard(publisher=self.county, text=versioned, **SIGNED)

    def make_scored_county(self, n: int) -> PublishedStandard:
        """Another county of the city, under the reference standard."""
        county = unions.found_county(code=f"1301{40 + n}", name=f"第{n}县总工会", **SIGNED)
        text = library.shipped(library.REFERENCE)
        assert text
        return assessment.publish_standard(publisher=county, text=text, **SIGNED)

    def make_signed(self, n: int) -> SignedScore:
        return assessment.sign_self_score(
            subject=self.county, standard=self.standard, year=2016, as_of=DAY, **SIGNED
        )
