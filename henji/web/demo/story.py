"""演示的故事: a county from June to December 2016, told as the deeds that its people did, day after day."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from operator import itemgetter
from typing import Any

from django.utils import timezone

from henji.accounts import commands as accounts
from henji.accounts.models import User
from henji.assessment import commands as assessment
from henji.assessment import library
from henji.assessment.models import PublishedStandard
from henji.evidence import commands as evidence
from henji.evidence.commands import Draft, Offered
from henji.lib.actors import INSTALLER, Actor
from henji.members import queries as members
from henji.members.jobs import roster
from henji.members.models import Person
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation, Drive
from henji.unions import commands as unions
from henji.unions.models import Union
from henji.web.demo import books, people, scans, script
from henji.web.demo.cast import CAST, PASSWORD, Player
from henji.web.demo.people import Firm, Gift, Worker
from henji.web.jobs import employers
from henji.work import commands as work
from henji.work.intake import Intake, take_in
from henji.work.models import State

MEMBERS = 2000
EMPLOYERS = 142
DONORS = 520
#: So many of the members work for an employer that nobody has registered yet.
NEWCOMERS = 5

_FIRST_GIFTS, _GIVING_DAYS = date(2016, 7, 4), 140
_SECOND_BOOK = date(2016, 9, 1)
_HELP = (("本人大病", 2000), ("子女就学", 3000), ("意外", 1500))
#: When aid was paid; what was paid before the county had this system was recorded in June.
_PAID = ((3, 10), (4, 11), (5, 12), (8, 16), (9, 17), (10, 13), (10, 18), (11, 14), (12, 15))

Deed = Callable[[datetime], object]


class StoryBroken(RuntimeError):
    """故事中断: an import of the demonstration did not end well."""


def tell() -> None:
    """讲述: do all the deeds, in the order of their days."""
    Story().tell()


class Story:
    """故事: who is in it and what they do; the county and its drive are there once they are founded."""

    county: Union
    standard: PublishedStandard
    drive: Drive

    def __init__(self) -> None:
        chance = random.Random(20160601)  # noqa: S311 - a story, not a secret
        self.users: dict[str, User] = {}
        self.firms = people.firms(chance, EMPLOYERS)
        everybody = list(people.workers(chance, MEMBERS, self.firms))
        newcomer = Firm("正定县新迁来食品有限公司", "正定镇", "食品", 30, organised=False)
        self.newcomers = [replace(worker, firm=newcomer) for worker in everybody[:NEWCOMERS]]
        self.workers = everybody[NEWCOMERS:]
        self.gifts = _gifts(chance, self.workers)
        self.helped = chance.sample([worker for worker in self.workers if worker.joined_on], len(_PAID))

    def tell(self) -> None:
        """Do the deeds."""
        for at, deed in sorted(self._deeds(), key=itemgetter(0)):
            deed(at)

    def _deeds(self) -> Iterator[tuple[datetime, Deed]]:
        yield _at(6, 1), self._found
        yield _at(6, 3), self._bring_employers
        yield _at(6, 6), self._open_township_account
        yield _at(6, 8), partial(self._bring_roster, "会员花名册.xlsx", self.workers)
        yield _at(6, 12), self._adopt_standard
        yield _at(6, 20), self._keep_backlog
        yield _at(6, 28), self._open_drive
        early = [gift for gift in self.gifts if gift.given_on < _SECOND_BOOK]
        late = [gift for gift in self.gifts if gift.given_on >= _SECOND_BOOK]
        yield _at(9, 2), partial(self._bring_gifts, "一日捐名册（7—8月）.xlsx", early)
        yield _at(9, 20), self._grant_subsidy
        yield _at(10, 1), self._sign
        yield _at(12, 1), partial(self._bring_gifts, "一日捐名册（9—11月）.xlsx", late)
        yield _at(12, 12), partial(self._bring_roster, "新迁来单位花名册.xlsx", self.newcomers)
        yield _at(12, 19, 15), self._correct_gift
        yield _at(12, 19, 17), self._complain
        for paper in script.PAPERS:
            yield _at(paper.on.month, paper.on.day, 16), partial(self._keep, paper)
        for value in script.VALUES:
            yield _at(value.on.month, value.on.day, 17), partial(self._state, value)
        for place, (month, day) in enumerate(_PAID):
            recorded = max(_at(month, day, 10), _at(6, 10))
            yield recorded, partial(self._pay, place, date(2016, month, day))

    def _actor(self, username: str) -> Actor:
        player = next(player for player in CAST if player.username == username)
        return self.users[username].as_actor(str(player.role.label))

    # -- unions, accounts ----------------------------------------------------------------------------

    def _found(self, at: datetime) -> None:
        self.county = unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=at)
        homes = {"county": self.county, "city": self.county.parent}
        for player in CAST:
            home = homes.get(player.home)
            if home:
                self._open_account(player, home, at)

    def _open_township_account(self, at: datetime) -> None:
        township = Union.objects.get(county=self.county, name="正定镇总工会")
        for player in CAST:
            if player.home == "township":
                self._open_account(player, township, at)

    def _open_account(self, player: Player, home: Union, at: datetime) -> None:
        opened = accounts.open_account(
            username=player.username, name=player.name, home=home, roles=[player.role], by=INSTALLER, at=at
        )
        user = opened.user
        self.users[player.username] = accounts.change_password(
            user=user, password=PASSWORD, by=user.as_actor(), at=at
        )

    # -- workbooks -----------------------------------------------------------------------------------

    def _bring_employers(self, at: datetime) -> None:
        self._take_in(employers, books.employers(self.firms), "企业及工会一览表.xlsx", at)

    def _bring_roster(self, name: str, workers: Sequence[Worker], at: datetime) -> None:
        self._take_in(roster, books.roster(workers), name, at)

    def _bring_gifts(self, name: str, gifts: Sequence[Gift], at: datetime) -> None:
        self._take_in(donations, books.donations(gifts), name, at, drive=self.drive.pk)

    def _take_in(self, intake: Intake[Any], book: BytesIO, name: str, at: datetime, **params: object) -> None:
        job = take_in(
            intake,
            book,
            file_name=name,
            county=self.county,
            asker=self.users["wang"],
            post=self._actor("wang").post,
            at=at,
            params=params,
        )
        if job.state != State.DONE:
            raise StoryBroken(job.problem)

    # -- papers --------------------------------------------------------------------------------------

    def _keep(self, paper: script.Kept, at: datetime) -> None:
        evidence.keep_paper(
            county=self.county,
            kind=paper.kind,
            on=paper.on,
            title=paper.title,
            number=paper.number,
            files=[_scan(paper.title)],
            about=_about(paper.about),
            by=self._actor("wang"),
            at=at,
        )

    def _keep_backlog(self, at: datetime) -> None:
        drafts = [
            Draft(
                kind=paper.kind,
                on=paper.on,
                title=paper.title,
                files=[_scan(paper.title)],
                about=_about(paper.about),
            )
            for paper in script.BACKLOG
        ]
        evidence.keep_backlog(county=self.county, drafts=drafts, by=self._actor("wang"), at=at)

    # -- mutual aid ----------------------------------------------------------------------------------

    def _open_drive(self, at: datetime) -> None:
        self.drive = mutual_aid.open_drive(
            county=self.county,
            code="2016",
            name="2016 年职工互助一日捐",
            collects_from=date(2016, 7, 1),
            collects_to=date(2016, 11, 30),
            aid_from=date(2016, 1, 1),
            aid_to=date(2016, 12, 31),
            by=self._actor("chen"),
            at=at,
        )

    def _grant_subsidy(self, at: datetime) -> None:
        mutual_aid.grant_subsidy(
            drive=self.drive,
            granted_yuan=Decimal(20_000),
            granted_on=at.date(),
            voucher="2016-0901",
            by=self._actor("chen"),
            at=at,
        )

    def _pay(self, place: int, paid_on: date, at: datetime) -> None:
        number = self.helped[place].number
        category, yuan = _HELP[place % len(_HELP)]
        mutual_aid.pay_aid(
            county=self.county,
            person=Person.objects.get(pk=members.find_by_identity(self.county.pk, [number])[number]),
            category=category,
            paid_yuan=Decimal(yuan),
            paid_on=paid_on,
            voucher=f"救助2016-{place + 1:03d}",
            by=self._actor("wang"),
            at=at,
        )

    def _correct_gift(self, at: datetime) -> None:
        large = Donation.objects.known().filter(drive=self.drive, amount_yuan=100)
        gift = large.order_by("pk")[0]
        mutual_aid.correct_donation(
            donation=gift,
            amount_yuan=Decimal(50),
            given_on=gift.given_on,
            receipt=gift.receipt,
            reason="名册多写了一倍，按银行回单改",
            by=self._actor("wang"),
            at=at,
        )

    # -- assessment ----------------------------------------------------------------------------------

    def _adopt_standard(self, at: datetime) -> None:
        text = library.shipped(library.REFERENCE)
        if text is None:
            raise StoryBroken(library.REFERENCE)
        self.standard = assessment.publish_standard(
            county=self.county, text=text, by=self._actor("chen"), at=at
        )

    def _state(self, value: script.Stated, at: datetime) -> None:
        assessment.state_value(
            county=self.county,
            standard=self.standard,
            part=value.part,
            said=value.said,
            from_on=value.on,
            to_on=None,
            explanation=value.why,
            replacing=True,
            by=self._actor("wang"),
            at=at,
        )

    def _sign(self, at: datetime) -> None:
        assessment.sign_self_score(
            county=self.county,
            standard=self.standard,
            year=2016,
            as_of=date(2016, 9, 30),
            by=self._actor("chen"),
            at=at,
        )

    # -- work ----------------------------------------------------------------------------------------

    def _complain(self, at: datetime) -> None:
        work.complain(
            county=self.county,
            user=self.users["wang"],
            page="/evidence/papers/keep/",
            text="培训签到表乡镇已经交过一次，希望不要再要照片。",
            by=self._actor("wang"),
            at=at,
        )


def _at(month: int, day: int, hour: int = 9) -> datetime:
    """An instant of 2016, by the local clock."""
    return timezone.make_aware(datetime.combine(date(2016, month, day), time(hour)))


def _gifts(chance: random.Random, workers: Sequence[Worker]) -> list[Gift]:
    gifts = [_gift(chance, worker) for worker in chance.sample(list(workers), DONORS)]
    firms = sorted({worker.firm.name for worker in workers})
    gifts += [Gift("集体", "", firm, 500, date(2016, 8, 30)) for firm in firms[:12]]
    return [*gifts, Gift("王小明", "", firms[0], 50, date(2016, 10, 9))]


def _gift(chance: random.Random, worker: Worker) -> Gift:
    given_on = _FIRST_GIFTS + timedelta(days=chance.randrange(_GIVING_DAYS))
    return Gift(worker.name, worker.number, worker.firm.name, chance.choice((30, 50, 50, 50, 100)), given_on)


def _about(parts: Sequence[str]) -> list[str]:
    return [f"assessment.{'part' if '.' in part else 'item'}:{part}" for part in parts]


def _scan(title: str) -> Offered:
    lines = ("（演示文件，内容为虚构）", "正定县总工会", "二〇一六年")
    return Offered(f"{title}.pdf", scans.page(title, lines))
