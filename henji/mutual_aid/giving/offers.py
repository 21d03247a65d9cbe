"""What the lists of a drive offer to others: which deeds touched a list, and where things are shown."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse

from henji.evidence import traces
from henji.evidence.addresses import shown_at
from henji.evidence.timeline import Mention, tells_of
from henji.mutual_aid.giving.models import Receipt, Report, Roll, RollLink, Slip

ROLL = "mutual_aid.roll"


@tells_of(ROLL)
def deeds_about_a_roll(key: str) -> Iterator[Mention]:
    """生成, 发出, 打开, 填报, 受理, 缴款, 收据 of one list; each use of a link is one."""
    roll = Roll.objects.get(pk=int(key))
    yield Mention(roll.made_by_id)
    links = [link.pk for link in roll.links.all()]
    used = traces.all_traces().filter(subject_kind="mutual_aid.rolllink", subject_id__in=map(str, links))
    for trace in used.values_list("pk", flat=True):
        yield Mention(trace)
    yield from _told(RollLink.objects.filter(roll=roll).values_list("made_by", "revoked_by"))
    for report in Report.objects.filter(roll=roll):
        yield from _told(
            [(report.made_by_id, report.settled_by_id)], reverse("mutual_aid:report", args=[report.pk])
        )
    yield from _told(Slip.objects.filter(roll=roll).values_list("made_by", "unmade_by"))
    for receipt in Receipt.objects.filter(slip__roll=roll).select_related("cancellation"):
        ended = receipt.cancellation.made_by_id if hasattr(receipt, "cancellation") else None
        yield from _told([(receipt.made_by_id, ended)], receipt_page(str(receipt.pk)), receipt.name)


def _told(traces_of: Iterable[tuple[UUID, UUID | None]], url: str = "", row: str = "") -> Iterator[Mention]:
    for made, ended in traces_of:
        yield Mention(made, row, url)
        if ended:
            yield Mention(ended, row, url)


@shown_at(ROLL)
def roll_page(key: str) -> str:
    """The page of a list."""
    return reverse("mutual_aid:roll", args=[key])


@shown_at("mutual_aid.rolllink")
def link_page(key: str) -> str:
    """The page of the list that a link hands out."""
    link = RollLink.objects.filter(pk=UUID(key)).first()
    return roll_page(str(link.roll_id)) if link else ""


@shown_at("mutual_aid.report")
def report_page(key: str) -> str:
    """The page of a report."""
    return reverse("mutual_aid:report", args=[key])


@shown_at("mutual_aid.slip")
def slip_page(key: str) -> str:
    """The page of the list that a slip pays in for."""
    slip = Slip.objects.filter(pk=int(key)).first()
    return roll_page(str(slip.roll_id)) if slip else ""


@shown_at("mutual_aid.receipt")
def receipt_page(key: str) -> str:
    """The page of a receipt."""
    return reverse("mutual_aid:receipt", args=[key])
