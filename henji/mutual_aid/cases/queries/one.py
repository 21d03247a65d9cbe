"""One application: what lies in its envelope, what is asked of it, who had a hand in it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import traces
from henji.evidence.keys import vault
from henji.lib import identity
from henji.lib.vault import Sealed
from henji.members import queries as members
from henji.mutual_aid.cases import rules
from henji.mutual_aid.cases.claims import SEALED, Claim
from henji.mutual_aid.cases.models import (
    AidCase,
    AidCaseVersion,
    CaseDoubt,
    CasePaper,
    Objection,
    Relation,
    Slot,
)

#: What may be read out of the envelope by who says why.
REVEALED: Mapping[str, str | Promise] = {
    "patient": gettext_lazy("患者姓名"),
    "identity": gettext_lazy("患者身份证号"),
    "disease": gettext_lazy("病种或情形"),
    "hospital": gettext_lazy("医院"),
    "card": gettext_lazy("收款账号"),
    "holder": gettext_lazy("收款户名"),
    "bank": gettext_lazy("开户行"),
    "phone": gettext_lazy("联系电话"),
    "reason": gettext_lazy("申请原因"),
    "income": gettext_lazy("本人月收入（元）"),
    "visit": gettext_lazy("入户情况"),
}
_HIDDEN = "****"
#: Papers that are the person's own, whatever the application: who handed them in once need not do so again.
_LASTING = (Slot.IDENTITY, Slot.RELATION)


def masked_name(name: str) -> str:
    """姓名, for pages that anybody reads: the first character, then a star for each of the others."""
    return name[:1] + "*" * max(len(name) - 1, 1)


#: Of how much each is shown without a reason; the rest shows nothing of itself.
_MASKS = {
    "patient": masked_name,
    "identity": identity.mask,
    "card": identity.mask_card,
    "holder": masked_name,
    "phone": identity.mask_phone,
}


def next_number(kind: type[Model], county: int, prefix: str, places: int = 4) -> str:
    """编号: the next of the county that begins so, without gaps; the caller has the county to himself."""
    held = kind._default_manager.filter(county=county, number__startswith=f"{prefix}-")
    return f"{prefix}-{held.count() + 1:0{places}d}"


def key_of(case: AidCase) -> bytes:
    """钥匙 of the application; raises ApplicationErased."""
    if not case.key:
        raise rules.ApplicationErased(_("这件申请的内容已按规定删除"))
    return bytes(case.key)


def opened(version: AidCaseVersion) -> dict[str, str]:
    """What lies in the envelope; nothing where the key was destroyed."""
    return vault().open(version.sealed) if version.sealed else {}


def claim_of(version: AidCaseVersion) -> Claim:
    """申请内容, as told; what was erased is empty."""
    told = opened(version)
    return Claim(
        category=version.category,
        relation=version.relation,
        event_on=version.event_on,
        costs_yuan=version.costs_yuan,
        insured_yuan=version.insured_yuan,
        **{name: told.get(name, "") for name in SEALED},
    )


@dataclass(frozen=True, slots=True)
class Masked:
    """一项内容, as a page may show it without a reason."""

    name: str
    label: str | Promise
    words: str


def told_masked(version: AidCaseVersion) -> list[Masked]:
    """申请内容 that is held, masked."""
    told = opened(version)
    return [
        Masked(name, label, _MASKS[name](told[name]) if name in _MASKS else _HIDDEN)
        for name, label in REVEALED.items()
        if told.get(name)
    ]


def told_in_clear(version: AidCaseVersion, field: str) -> str:
    """One thing out of the envelope, in clear; raises ApplicationErased, NothingSaid."""
    key_of(version.case)
    told = opened(version).get(field, "") if field in REVEALED else ""
    if not told:
        raise rules.NothingSaid(_("这一项没有内容"))
    return told


def entered_by(cases: Iterable[UUID]) -> set[int]:
    """录入的人: who has entered something of the applications, by the traces that they left."""
    found = traces.all_traces().filter(
        deed__in=rules.ENTERING,
        subject_kind=AidCase._meta.label_lower,
        subject_id__in=[str(case) for case in cases],
    )
    return set(found.values_list("by_id", flat=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """疑问, with its answer if there is one."""

    doubt: CaseDoubt
    answer: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.doubt.answered_by_id is None


def doubts_of(case: AidCase) -> list[Asked]:
    """核查疑问 of the application, as they were raised."""
    held = case.doubts.select_related("answered_by").order_by("pk")
    return [Asked(doubt, _opened(case, doubt.box).get("answer", "")) for doubt in held]


@dataclass(frozen=True, slots=True)
class Opposed:
    """异议, with what was said and answered."""

    objection: Objection
    told: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.objection.answered_by_id is None


def objections_of(case: AidCase) -> list[Opposed]:
    """公示异议 against the application, as they were heard."""
    held = case.objections.select_related("answered_by").order_by("pk")
    return [Opposed(objection, _opened(case, objection.box)) for objection in held]


def objection_told(objection: Objection) -> dict[str, str]:
    """异议内容."""
    return _opened(objection.case, objection.box)


def _opened(case: AidCase, box: Any) -> dict[str, str]:
    if not box or not case.key:
        return {}
    return vault().open(Sealed(bytes(box), bytes(case.key)))


def slots_held(case: AidCase) -> set[str]:
    """已有材料: what the application has, and what the applicant handed in before that lasts."""
    own = set(case.papers.values_list("slot", flat=True))
    earlier = CasePaper.objects.filter(case__person=case.person_id, slot__in=_LASTING)
    return own | set(earlier.values_list("slot", flat=True))


def needed(version: AidCaseVersion, held: Collection[str]) -> list[Slot]:
    """还缺的材料: what the kind of application asks for and nobody has handed in yet."""
    asked = [Slot.FORM, Slot.IDENTITY, Slot.DIAGNOSIS, Slot.SETTLEMENT, Slot.INVOICE]
    if version.relation != Relation.SELF:
        asked.insert(2, Slot.RELATION)
    return [slot for slot in asked if slot not in held]


def applicants(cases: Iterable[AidCaseVersion]) -> dict[UUID, str]:
    """申请人姓名 by the applications' lines."""
    held = list(cases)
    names = members.names_of({case.case.person_id for case in held})
    return {case.line: names.get(case.case.person_id, "") for case in held}


def case_with(token: str) -> AidCaseVersion | None:
    """The application with the token, as it stands now."""
    held = AidCaseVersion.objects.known().filter(case__token=token)
    return held.select_related("case__person", "county", "notice").first()
