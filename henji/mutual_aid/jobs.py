"""Long work of this room: donation books."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.versions import Change
from henji.lib import bulk, money, tags
from henji.lib.actors import Actor
from henji.members import queries as members
from henji.mutual_aid import books, commands
from henji.mutual_aid.cases.jobs import payment_returns
from henji.mutual_aid.forms import BookForm
from henji.mutual_aid.judging import BookJudge
from henji.mutual_aid.ledger.jobs import statements
from henji.mutual_aid.lines import COLUMNS
from henji.mutual_aid.models import Donation, Drive, Giver, StagedDonation
from henji.unions.models import Employer, Union
from henji.work.forms import ParamsForm
from henji.work.intake import CHUNK, Altered, Intake
from henji.work.jobs import Progress
from henji.work.models import Job

__all__ = ["DonationsIntake", "donations", "drive_of", "payment_returns"]


class DonationsIntake(Intake[StagedDonation]):
    """捐款名册导入."""

    kind = "mutual_aid.donations"
    power = "mutual_aid.donations_imported"
    title = gettext_lazy("导入捐款名册")
    advice = gettext_lazy(
        "按身份证号认人；没有身份证号的，按单位里不重名的姓名认人；认不出的列为疑问，钱照样计入。"
        "系统发出的名单按名单编号认人，没捐的留 0。"
    )
    columns = COLUMNS
    staged = StagedDonation
    starts_over = True
    sample_heads = (
        gettext_lazy("行号"),
        gettext_lazy("捐款方"),
        gettext_lazy("姓名"),
        gettext_lazy("单位"),
        gettext_lazy("金额"),
        gettext_lazy("日期"),
    )
    example_rows = (("50", "王示例", "", "正定县示例家具有限公司", "2016-11-20", "0000001", ""),)

    def params_form(
        self, county: Union, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> ParamsForm:
        """To which drive the book belongs, and whose the lines are that name no unit."""
        return BookForm(data, initial=initial, county=county)

    @property
    def questions_url(self) -> str:
        """The gifts whose giver is still to be named."""
        return f"{reverse('mutual_aid:donations')}?giver={Giver.UNKNOWN}"

    def judging(self, job: Job) -> BookJudge:
        """A judge that knows the drive, and where members may be looked for."""
        employer = Employer.objects.filter(pk=job.params.get("employer"), county=job.county).first()
        return BookJudge(
            job,
            drive_of(job),
            employer=employer,
            mark=partial(self.mark, job),
            returned=partial(self.returned, job),
        )

    def settle(self, job: Job, progress: Progress) -> None:
        """Which lines cannot be told apart from gifts on record: they come back."""
        drive, lines = drive_of(job), books.fresh(job)
        while unclear := list(books.indistinct(lines, drive)[:CHUNK]):
            with transaction.atomic():
                progress.tell(self.rows_of(job).count(), 0)
                like = books.gifts_like(unclear, drive)
                self.rows_of(job).filter(pk__in=[row.pk for row in unclear]).delete()
                back = [
                    self.returned(job, row.number, "amount", _not_told_apart(like[row.number]))
                    for row in unclear
                ]
                bulk.insert(self.staged, back)

    def tally(self, job: Job) -> dict[str, int]:
        """结果, and how many rows found their member."""
        matched = Count("pk", filter=Q(person__isnull=False))
        return super().tally(job) | self.rows_of(job).aggregate(matched=matched)

    def sample(self, rows: Sequence[StagedDonation]) -> list[Sequence[object]]:
        """As the preview shows them."""
        names = members.names_of({row.person for row in rows if row.person})
        units = Employer.objects.in_bulk([row.employer for row in rows if row.employer])
        return [
            (
                row.number,
                Giver(row.giver).label,
                (row.person and names.get(row.person)) or row.named,
                units[row.employer].name if row.employer else row.named_unit,
                money.show(Decimal(row.amount_fen) / 100),
                tags.day(row.given_on),
            )
            for row in rows
        ]

    def altered(self, rows: Sequence[StagedDonation]) -> list[Altered]:
        """Whom the rows name as the giver of gifts that wait for a name; nothing else of a gift changes."""
        held = Donation.objects.in_bulk([row.held for row in rows if row.held])
        names = members.names_of({row.person for row in rows if row.person})
        return [
            Altered(
                number=row.number,
                name=_("%(what)s，%(day)s")
                % {"what": money.show(gift.amount_yuan), "day": tags.day(gift.given_on)},
                changes=[Change(_("捐款人"), _waiting(gift), names.get(row.person, ""))],
            )
            for row in rows
            if row.held and row.person and (gift := held.get(row.held))
        ]

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed."""
        return commands.import_donations(job=job, drive=drive_of(job), result=result, by=by, at=at).pk


def drive_of(job: Job) -> Drive:
    """The drive that the book was handed in for."""
    return Drive.objects.select_related("county").get(pk=job.params["drive"], county=job.county)


def _waiting(gift: Donation) -> str:
    return _("待确认（%(named)s）") % {"named": gift.named} if gift.named else str(Giver.UNKNOWN.label)


def _not_told_apart(like: Donation) -> str:
    words = _(
        "已登记过 %(held)s（%(day)s），分不清是不是同一笔。是同一笔，就删去本行；"
        "是再次捐款，请写上不同的日期或收据号；金额要改，请在那一笔上更正"
    )
    return words % {"held": money.show(like.amount_yuan), "day": tags.day(like.given_on)}


donations = DonationsIntake()

__all__ = ["DonationsIntake", "donations", "drive_of", "statements"]
