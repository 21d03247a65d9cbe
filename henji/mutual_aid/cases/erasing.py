"""删除个人信息: what is destroyed of applications with a person's words; what was paid stays."""

from collections.abc import Sequence
from uuid import UUID

from henji.evidence import blobs
from henji.mutual_aid.cases.models import AidCase, AidCaseVersion, CasePaper, PaymentOrder


def applications(keys: Sequence[str]) -> None:
    """救助申请: the keys of the envelopes and of the papers, and what tells equal ones.

    A file that somebody else's application holds too is left to that one.
    """
    cases = AidCase.objects.filter(person__in=[UUID(key) for key in keys])
    papers = CasePaper.objects.filter(case__in=cases)
    shared = CasePaper.objects.exclude(case__in=cases).filter(blob__in=papers.values("blob"))
    for paper in papers.exclude(blob__in=shared.values("blob")).select_related("blob"):
        blobs.destroy(paper.blob)
    AidCaseVersion.objects.filter(case__in=cases).update(matter_index="", patient_index="", bank_index="")
    PaymentOrder.objects.filter(case__in=cases).update(reason="")
    cases.update(key=None)
