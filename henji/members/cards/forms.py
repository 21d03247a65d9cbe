"""Forms about cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.lib import clock
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.refusals import Refusal
from henji.members.cards import consents, rules
from henji.members.cards.banks import templates
from henji.members.cards.models import CardBatch
from henji.members.rules import NoReason
from henji.members.rules.moving import ReasonMissing
from henji.unions import queries as unions
from henji.unions.models import Employer, Union
from henji.work.forms import ParamsForm

#: Where a refusal stands; the first kind that fits.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (rules.ConsentUnknown, "consent"),
    (rules.ConsentTooEarly, "on"),
    (rules.OutOfOrder, "on"),
    (rules.InFuture, "on"),
    (rules.TemplateUnknown, "template"),
    (NoReason, "reason"),
    (ReasonMissing, "words"),
)


class CardForm(HenjiForm):
    """卡表单: puts refusals beside the field."""

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        places = (place for kind, place in _PLACES if isinstance(refusal, kind) and place in self.fields)
        refuse(self, refusal, next(places, None))


class ApplyForm(CardForm):
    """会员卡申领: who signed which text on which day. The persons are ticked in the list below."""

    consent = forms.ChoiceField(label=_("同意书"))
    on = DayField(label=_("本人签字同意的日期"), help_text=_("各人的签字表存好；这里登记的就是表上的日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = reversed(list(consents.texts().values()))
        self.fields["consent"].choices = [(one.version, f"{one.version} {one.label}") for one in texts]  # type: ignore[attr-defined]
        current = consents.text_on(clock.today())
        self.fields["consent"].initial = current and current.version


class CheckForm(CardForm):
    """校验组批: for which bank, and of which township."""

    template = forms.ChoiceField(label=_("银行模板"))
    township = forms.ModelChoiceField(
        label=_("乡镇"), queryset=Union.objects.none(), required=False, empty_label=_("全县")
    )

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(one.code, one.name) for one in templates().values()]  # type: ignore[attr-defined]
        self.fields["township"].queryset = unions.townships_of(county)  # type: ignore[attr-defined]


class ExportForm(CardForm):
    """送行文件: why it is taken."""

    reason = forms.CharField(
        label=_("用途"),
        max_length=100,
        help_text=_("文件里有身份证号和手机号，谁在什么时候为什么导出都会记下"),
    )


class DayForm(CardForm):
    """何日: on which day it happened."""

    on = DayField(label=_("日期"))


class WordsForm(DayForm):
    """何日何故: on which day it happened, and why."""

    words = forms.CharField(label=_("原因"), max_length=100)


class ReturnsForm(ParamsForm):
    """回盘: which batch the bank answers, and when it did."""

    batch = forms.ModelChoiceField(label=_("送行批次"), queryset=CardBatch.objects.none())
    on = DayField(label=_("回盘日期"))

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = CardBatch.objects.filter(county=county).order_by("-pk")
        self.fields["batch"].queryset = held  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()

    def as_params(self) -> dict[str, object]:
        """Ids and days."""
        return {"batch": self.cleaned_data["batch"].pk, "on": self.cleaned_data["on"].isoformat()}


class UnitForm(HenjiForm):
    """选单位: whose members apply."""

    employer = forms.ModelChoiceField(
        label=_("单位"), queryset=Employer.objects.none(), empty_label=_("请选择")
    )
