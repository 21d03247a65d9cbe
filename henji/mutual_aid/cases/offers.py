"""What aid offers: pages of its things, what its traces tell of them, and what may be found."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.addresses import provable, shown_at
from henji.evidence.searching import Hit, searchable
from henji.evidence.timeline import Mention, tells_of
from henji.lib.reach import Reach
from henji.mutual_aid.cases import queries
from henji.mutual_aid.cases.models import AidCaseVersion, Meeting, Objection
from henji.mutual_aid.deeds import Deed

#: What papers about a meeting are filed under.
MEETING = "mutual_aid.meeting"


@tells_of("mutual_aid.aidcase")
def deeds_of(key: str) -> Iterator[Mention]:
    """一件申请的经过: the deeds that wrote its versions, and the answers to objections."""
    made = AidCaseVersion.objects.filter(case=UUID(key)).order_by("pk").values_list("made_by", flat=True)
    heard = Objection.objects.filter(case=UUID(key), answered_by__isnull=False).order_by("pk")
    for trace in dict.fromkeys([*made, *heard.values_list("answered_by", flat=True)]):
        yield Mention(trace)


@tells_of("members.person")
def cases_of(key: str) -> Iterator[Mention]:
    """会员的救助申请: where each began, and where it was decided. Told to who may see applications anyway."""
    told = (Deed.CASE_APPLIED, Deed.CASES_DECIDED, Deed.CASE_REFUSED, Deed.PAYMENT_RETURNS_IMPORTED)
    held = AidCaseVersion.objects.filter(case__person=UUID(key), made_by__deed__in=told)
    for row in held.select_related("case").order_by("pk"):
        words = _("救助申请 %(number)s，%(state)s")
        state = {"number": row.case.number, "state": row.get_state_display()}
        url = case_page(str(row.case_id))
        yield Mention(row.made_by_id, words % state, url, county_only=True)


@shown_at("mutual_aid.aidcase")
def case_page(key: str) -> str:
    """The page of an application."""
    return reverse("mutual_aid:case", args=[key])


@shown_at("mutual_aid.objection")
def objection_page(key: str) -> str:
    """The page of the application that the objection is against."""
    held = Objection.objects.filter(pk=key).values_list("case", flat=True).first()
    return case_page(str(held)) if held else ""


@shown_at("mutual_aid.notice")
def notice_page(key: str) -> str:
    """The page of a notice."""
    return reverse("mutual_aid:notice", args=[key])


@shown_at(MEETING)
def meeting_page(key: str) -> str:
    """The page of a meeting."""
    return reverse("mutual_aid:meeting", args=[key])


@shown_at("mutual_aid.paymentbatch")
def batch_page(key: str) -> str:
    """The page of a batch."""
    return reverse("mutual_aid:payment_batch", args=[key])


@provable(MEETING, gettext_lazy("救助审批会议"))
def meetings_of(county: int) -> Iterable[tuple[str, str]]:
    """常务会议 of the county, the latest first."""
    held = Meeting.objects.filter(county=county).order_by("-held_on", "-pk")[:50]
    return [(f"{MEETING}:{one.pk}", f"{one.held_on.isoformat()} {one.name}") for one in held]


@searchable(gettext_lazy("救助申请"), power="mutual_aid.see_cases", more="mutual_aid:cases")
def cases_by_number(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """救助申请: by a part of the number."""
    found = queries.cases_in(reach).filter(case__number__icontains=words).order_by("-applied_on", "line")
    return [
        Hit(one.case.number, case_page(str(one.case_id)), str(one.get_state_display()))
        for one in found[:most]
    ]
