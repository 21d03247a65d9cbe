"""Nouns: cards, the batches in which they go to the bank, and rows of what the bank sends back."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import VersionQuerySet
from henji.lib.reach import Reach
from henji.lib.vault import Sealed
from henji.members.models import Membership, MemberVersion, Person
from henji.unions.models import Union
from henji.work.models import Job, StagedRow


class State(models.TextChoices):
    """卡状态: 采集→校验→送行→制卡→发放→激活→挂失/补卡→注销."""

    APPLIED = "applied", _("待校验")
    CHECKED = "checked", _("待送行")
    SENT = "sent", _("已送行")
    REFUSED = "refused", _("银行退回")
    MADE = "made", _("待发放")
    ISSUED = "issued", _("待激活")
    ACTIVATED = "activated", _("已激活")
    LOST = "lost", _("已挂失")
    REPLACED = "replaced", _("已补卡")
    CLOSED = "closed", _("已注销")


#: Nothing more happens to a card in one of these; in any other it is its holder's only one.
ENDED = (State.REPLACED, State.CLOSED)
#: In these a card is no good to a merchant, whatever its code says.
STOPPED = (State.LOST, *ENDED)
#: In these it is.
GOOD = (State.ISSUED, State.ACTIVATED)
#: In these the card has left the office.
HANDED_OUT = (State.ISSUED, State.ACTIVATED, State.LOST)


class CardBatch(models.Model):
    """送行批次: the cards that one file asks the bank to make."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("批次号"), max_length=20)
    template = models.CharField(_("银行模板"), max_length=40)
    formed_on = models.DateField(_("组批日期"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("送行批次")
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="card_batch_once")]

    def __str__(self) -> str:
        return self.number


class CardQuerySet(VersionQuerySet["Card"]):
    """会员卡集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees the cards of whoever is a member in its tree."""
        held = self.filter(county__in=reach.counties)
        if reach.whole_county:
            return held
        return held.filter(person__in=Membership.objects.known().within(reach).values("person"))

    def live(self) -> Self:
        """Those to which something may still happen."""
        return self.exclude(state__in=ENDED)

    def issued(self, day: date) -> Self:
        """已发: those handed out by the end of the day and not closed or replaced by then."""
        return self.filter(issued_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Card(MemberVersion):
    """会员卡: one card as believed for a time; the line is the card. What happened to it are its days.

    `faults` are codes of what the last check found; `words` what the bank said when it refused, or why the
    card was closed. The number lies in `box` under the person's key; `number_index` tells equal ones,
    `tail` the last four places. `token` stands in its QR code and means nothing elsewhere.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices)
    consent = models.CharField(_("同意书版本"), max_length=20)
    consented_on = models.DateField(_("同意日期"))
    withdrawn_on = models.DateField(_("撤回同意日期"), null=True)
    faults = models.CharField(_("校验疑问"), max_length=100, blank=True)
    words = models.CharField(_("说明"), max_length=100, blank=True)
    batch = models.ForeignKey(
        CardBatch, on_delete=models.PROTECT, null=True, related_name="cards", verbose_name=_("批次")
    )
    replaces = models.UUIDField(_("所补的卡"), null=True)
    token = models.CharField(_("卡标识"), max_length=22)
    box = models.BinaryField(_("封存卡号"), null=True)
    number_index = models.CharField(_("卡号盲索引"), max_length=32, blank=True)
    tail = models.CharField(_("卡号尾号"), max_length=4, blank=True)
    applied_on = models.DateField(_("申领日期"))
    sent_on = models.DateField(_("送行日期"), null=True)
    made_on = models.DateField(_("制卡日期"), null=True)
    issued_on = models.DateField(_("发放日期"), null=True)
    activated_on = models.DateField(_("激活日期"), null=True)
    lost_on = models.DateField(_("挂失日期"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("会员卡")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="card_line_once"
            ),
            models.UniqueConstraint(
                fields=["token"], condition=Q(known_to__isnull=True), name="card_token_once"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(known_to__isnull=True) & ~Q(state__in=ENDED),
                name="card_live_once",
            ),
            models.UniqueConstraint(
                fields=["number_index"],
                condition=Q(known_to__isnull=True) & ~Q(number_index="") & ~Q(state__in=ENDED),
                name="card_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_on__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_on__isnull=True)),
                name="card_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HANDED_OUT) | Q(issued_on__isnull=False, box__isnull=False),
                name="card_handed_out_has_a_number",
            ),
        ]
        indexes = [
            *MemberVersion.Meta.indexes,
            models.Index(
                fields=["county", "state", "id"], condition=Q(known_to__isnull=True), name="card_county_state"
            ),
            # Counts the cards of a day without reading a row.
            models.Index(
                fields=["county", "person", "issued_on", "ended_on", "activated_on", "known_to"],
                condition=Q(known_to__isnull=True),
                name="card_county_person",
            ),
            models.Index(
                fields=["county", "tail"],
                condition=Q(known_to__isnull=True) & ~Q(tail=""),
                name="card_tail",
            ),
            # What has lately been lost or closed, for those who check cards.
            models.Index(
                fields=["known_from"],
                condition=Q(known_to__isnull=True, state__in=("lost", "replaced", "closed")),
                name="card_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.state}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ENDED

    @property
    def days(self) -> list[date]:
        """The days on which something happened to it."""
        told = (self.applied_on, self.sent_on, self.made_on, self.issued_on, self.activated_on)
        return [day for day in (*told, self.lost_on, self.ended_on) if day]

    @property
    def sealed(self) -> Sealed | None:
        """The number, closed; None where there is none yet, or its holder's key was destroyed."""
        return Sealed(bytes(self.box), bytes(self.person.key)) if self.box and self.person.key else None


class StagedCardReturn(StagedRow):
    """暂存回盘行: what the bank says of one card. `held` is the version that the row was compared with."""

    # Another index begins with the job.
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+", db_index=False)
    held = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=9, blank=True)
    box = models.BinaryField(null=True)
    number_index = models.CharField(max_length=32, blank=True)
    tail = models.CharField(max_length=4, blank=True)
    words = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=50, blank=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存回盘行")
