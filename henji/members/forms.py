"""Forms of members: enrolling, correcting, finding an employer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.lib import identity
from henji.lib.dates import NotADay
from henji.lib.forms import DayField, HenjiForm, IdentityField, refuse
from henji.lib.identity import NotAnIdentityNumber
from henji.lib.rebasing import SharedForm
from henji.lib.refusals import Refusal
from henji.lib.text import NotAName
from henji.members import queries, rules
from henji.members.details import LONGEST, MORE, Detail
from henji.members.models import Membership, Standing, Unplaced
from henji.members.queries import transfers
from henji.members.rules import doubts, moving
from henji.unions import queries as unions
from henji.unions.models import Employer, Union

_PHONE = {"inputmode": "tel", "autocomplete": "off"}
#: Where a refusal stands; the first kind that fits.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (NotAName, "name"),
    (NotAnIdentityNumber, "identity"),
    (rules.AlreadyHeld, "identity"),
    (rules.HeldElsewhere, "identity"),
    (rules.NotInCounty, "employer"),
    (rules.PlacedAlready, "employer"),
    (rules.EndsBeforeStart, "end_on"),
    (rules.StartsBeforeLastEnd, "start_on"),
    (NotADay, "start_on"),
    (moving.NotYetHappened, "on"),
    (moving.BeforeJoining, "on"),
    (moving.BeforeLeaving, "on"),
    (moving.BeforeRelease, "on"),
    (moving.NoSuchStanding, "standing"),
    (moving.ReasonMissing, "reason"),
    (moving.UnionClosed, "to"),
    (moving.NotUnderReceiver, "employer"),
    (doubts.NotHeldElsewhere, "identity"),
    (doubts.AskedAlready, "identity"),
)


class _MembersForm(HenjiForm):
    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, next((place for kind, place in _PLACES if isinstance(refusal, kind)), None))


class AskForm(_MembersForm):
    """请求转入: of whom, as the identity card says."""

    name = forms.CharField(label=_("姓名"), max_length=50, widget=forms.TextInput({"autocomplete": "off"}))
    identity = IdentityField()


class _EmployerField(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("工作单位"))
        super().__init__(queryset=Employer.objects.none(), **options)

    def of(self, county: Union, *, held: int | None = None) -> None:
        """Offer the employers of the county that are at work, and the one that is held."""
        offered = Q(closed_on__isnull=True) | Q(pk=held)
        self.queryset = unions.employers_of(county).filter(offered).order_by("name")


class EnrolForm(_MembersForm):
    """会员登记."""

    name = forms.CharField(label=_("姓名"), max_length=50, widget=forms.TextInput({"autocomplete": "off"}))
    identity = IdentityField()
    phone = forms.CharField(label=_("手机号"), max_length=30, required=False, widget=forms.TextInput(_PHONE))
    address = forms.CharField(label=_("家庭住址"), max_length=200, required=False)
    employer = _EmployerField(required=False, empty_label=_("没有单位，由县总工会直接管理"))
    start_on = DayField(label=_("入会日期"), required=False, help_text=_("不知道就空着，以后可以补"))

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].of(county)  # type: ignore[attr-defined]
        for detail in MORE:
            self.fields[detail.name] = _detail_field(detail, self.initial.get(detail.name) or "")

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """What is asked of everybody, and what may be told besides."""
        more = {detail.name for detail in MORE}
        first = [field for field in self.visible_fields() if field.name not in more]
        return [
            ("", first),
            (_("更多信息（知道几项填几项）"), [self[name] for name in self.fields if name in more]),
        ]

    def told(self) -> dict[str, Any]:
        """What was filled in, as the commands take it."""
        more = {detail.name for detail in MORE}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in more}
        return {**rest, "details": {name: self.cleaned_data[name] for name in more}}


def _detail_field(detail: Detail, held: str) -> forms.Field:
    if not detail.codes:
        attrs = {"inputmode": "numeric", "placeholder": _("如 2016-07-08")} if detail.is_day else {}
        field = forms.CharField(max_length=LONGEST, required=False, widget=forms.TextInput(attrs))
        field.label = detail.label  # type: ignore[assignment]  # lazy words, as Django takes them
        return field
    own = [] if not held or detail.codes.knows(held) else [(held, held)]
    choices = [("", _("没有填")), *detail.codes.choices(), *own]
    field_of_codes = forms.ChoiceField(choices=choices, required=False)
    field_of_codes.label = detail.label  # type: ignore[assignment]  # lazy words, as Django takes them
    return field_of_codes


class CorrectForm(EnrolForm, SharedForm):
    """会员信息更正. What is closed is not shown again: left empty, it stays as it is."""

    end_on = DayField(label=_("离会日期"), required=False, help_text=_("仍在会的空着"))
    particulars = forms.IntegerField(widget=forms.HiddenInput)
    membership = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, card: queries.Card, **kwargs: Any) -> None:
        super().__init__(*args, county=card.person.county, initial=_as_it_is(card), **kwargs)
        self.fields["identity"].required = False
        self.fields["employer"].of(card.person.county, held=card.latest.employer_id)  # type: ignore[attr-defined]
        masked = {shown.detail.name: shown.words for shown in card.details}
        for name in ("identity", "phone", "address"):
            if name in masked:
                self.fields[name].help_text = _("现为 %(masked)s，空着就不改") % {"masked": masked[name]}

    @property
    def seen(self) -> queries.Seen:
        """The versions that the person who corrects had before their eyes."""
        return queries.Seen(self.cleaned_data["particulars"], self.cleaned_data["membership"])

    def told(self) -> dict[str, Any]:
        """What was filled in."""
        rest = super().told()
        return {name: rest[name] for name in rest if name not in ("particulars", "membership")}


def _as_it_is(card: queries.Card) -> dict[str, Any]:
    held = card.latest
    return {
        **{detail.name: _in_clear(card.opened.get(detail.name, "")) for detail in MORE},
        "name": card.known.name,
        "employer": held.employer_id,
        "start_on": held.start_on,
        "end_on": held.end_on,
        "particulars": card.known.pk,
        "membership": held.pk,
    }


def _in_clear(words: str) -> str:
    """Words as they are; with a number among them nothing, which leaves them as they are."""
    return words if identity.mask_within(words) == words else ""


class PlaceForm(_MembersForm):
    """待归属会员归属. Employers of like names stand first; which one is meant, a person says."""

    employer = _EmployerField(empty_label=_("请选择"))

    def __init__(self, *args: Any, unplaced: Unplaced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employer"]
        field.of(unplaced.county)  # type: ignore[attr-defined]
        like = [(employer.pk, employer.name) for employer in queries.employers_like(unplaced)]
        if like:
            rest = [(pk, name) for pk, name in field.choices if (pk, name) not in like]  # type: ignore[attr-defined]
            field.choices = [rest[0], (_("名称相近"), like), (_("其他单位"), rest[1:])]  # type: ignore[attr-defined]


class RevealForm(HenjiForm):
    """查看完整号码: why."""

    reason = forms.CharField(label=_("用途"), max_length=100)


class DayForm(HenjiForm):
    """截至日期: of which day something is asked."""

    as_of = DayField(label=_("截至日期"), required=False)


class AskedForm(HenjiForm):
    """所问之日: of which day the list is, and as known when; nonsense is left out."""

    as_of = DayField(required=False)
    known_at = forms.DateTimeField(required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked, where it makes sense."""
        self.is_valid()
        return self.cleaned_data


class TurnForm(_MembersForm, SharedForm):
    """会籍变动: on which day, and of which version of the membership."""

    on = DayField(label=_("日期"), help_text=_("从这一天起生效"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, held: Membership, initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={**(initial or {}), "seen": held.pk}, **kwargs)


class LeaveForm(TurnForm):
    """退会、去世."""

    reason = forms.CharField(label=_("说明"), max_length=200, required=False)


class ExpelForm(TurnForm):
    """除名."""

    reason = forms.CharField(label=_("除名原因"), max_length=200)


class StandingForm(LeaveForm):
    """会籍状态变更."""

    standing = forms.ChoiceField(label=_("改为"), widget=forms.RadioSelect)
    field_order = ("standing", "on", "reason")

    def __init__(self, *args: Any, held: Membership, **kwargs: Any) -> None:
        super().__init__(*args, held=held, **kwargs)
        choices = [choice for choice in Standing.choices if choice[0] != held.standing]
        self.fields["standing"].choices = choices  # type: ignore[attr-defined]


class RejoinForm(TurnForm):
    """重新入会."""

    employer = _EmployerField(required=False, empty_label=_("没有单位，由县总工会直接管理"))
    field_order = ("employer", "on")

    def __init__(self, *args: Any, held: Membership, **kwargs: Any) -> None:
        super().__init__(*args, held=held, **kwargs)
        self.fields["employer"].of(held.county)  # type: ignore[attr-defined]


class ReleaseForm(LeaveForm):
    """会籍转出: to which union."""

    to = forms.ModelChoiceField(label=_("接收工会"), queryset=Union.objects.none(), empty_label=_("请选择"))
    field_order = ("to", "on", "reason")

    def __init__(self, *args: Any, held: Membership, **kwargs: Any) -> None:
        super().__init__(*args, held=held, **kwargs)
        ours, others = transfers.receivers_in(held.county), transfers.counties_besides(held.county)
        field = self.fields["to"]
        field.queryset = Union.objects.standing()  # type: ignore[attr-defined]
        groups = [(_("本县"), _named(ours)), (_("其他县（区）"), _named(others))]
        field.choices = [("", _("请选择")), *(group for group in groups if group[1])]  # type: ignore[attr-defined]
        self.fields["on"].label = _("转出日期")

    def clean_to(self) -> Union:
        """One of those that were offered."""
        chosen: Union = self.cleaned_data["to"]
        groups = self.fields["to"].choices  # type: ignore[attr-defined]
        if chosen.pk not in {pk for _name, offered in groups if _name for pk, _named in offered}:
            raise forms.ValidationError(_("请选择接收工会"))
        return chosen


def _named(unions_offered: Any) -> list[tuple[int, str]]:
    return [(union.pk, union.name) for union in unions_offered]


class AcceptForm(_MembersForm):
    """会籍接收: where the member works from now on, and from which day."""

    employer = _EmployerField(required=False, empty_label=_("没有单位，归接收工会直接管理"))
    on = DayField(label=_("接收日期"), help_text=_("从这一天起算本工会的会员"))

    def __init__(self, *args: Any, to: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = unions.employers_of(to.county or to).filter(unions.around(to), closed_on__isnull=True)
        self.fields["employer"].queryset = employers.order_by("name")  # type: ignore[attr-defined]


class MovedForm(AcceptForm):
    """冲突核定为转移: from which day on the member is where the roster says."""

    on = DayField(label=_("转移日期"), help_text=_("从这一天起算新工会的会员，以前仍算原工会的"))


class WhyForm(_MembersForm):
    """说明原因: of a refusal, or of what is taken back."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class OtherRecordForm(_MembersForm):
    """另一条记录: by its identity number."""

    identity = IdentityField(label=_("另一条记录的身份证号"))


class MergeForm(WhyForm, SharedForm):
    """合并: which of the two records remains, and why they are of one person."""

    kept = forms.ChoiceField(label=_("保留哪一条"), widget=forms.RadioSelect)
    seen = forms.CharField(widget=forms.HiddenInput)
    field_order = ("kept", "reason")

    def __init__(self, *args: Any, cards: tuple[queries.Card, queries.Card], **kwargs: Any) -> None:
        self._cards = cards
        super().__init__(*args, initial={"seen": self._now()}, **kwargs)
        choices = [(str(card.person.pk), _described(card)) for card in cards]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]

    def _now(self) -> str:
        return ".".join(f"{card.seen.particulars}.{card.seen.membership}" for card in self._cards)

    def clean_seen(self) -> tuple[queries.Seen, queries.Seen]:
        """The versions that were looked at, of both records."""
        numbers = [int(part) for part in self.cleaned_data["seen"].split(".") if part.isdecimal()]
        if len(numbers) != len(self._cards) * 2:
            raise forms.ValidationError(_("请刷新后再提交"))
        return queries.Seen(*numbers[:2]), queries.Seen(*numbers[2:])

    def told(self) -> dict[str, Any]:
        """What `commands.merge` is told: the kept record first."""
        first, second = self._cards
        seen = self.cleaned_data["seen"]
        if self.cleaned_data["kept"] != str(first.person.pk):
            first, second, seen = second, first, seen[::-1]
        return {
            "kept": first.person,
            "folded": second.person,
            "seen": seen,
            "reason": self.cleaned_data["reason"],
        }


def _described(card: queries.Card) -> str:
    number = next((shown.words for shown in card.details if shown.detail.name == "identity"), "")
    return f"{card.known.name} {number} {card.latest.union.name}"


class WithdrawTurnForm(WhyForm, SharedForm):
    """会籍变动撤回."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
