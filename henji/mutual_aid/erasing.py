"""删除个人信息: what mutual aid destroys when a person's words are; the money stays as it was booked."""

from collections.abc import Sequence
from uuid import UUID

from henji.evidence.erasing import erases
from henji.mutual_aid.cases import erasing as cases
from henji.mutual_aid.models import Donation, StagedDonation


@erases("members.person")
def names_in_books(keys: Sequence[str]) -> None:
    """名册上的姓名: as books wrote it, before it was found who gave."""
    lines = list(
        Donation.objects.filter(person__in=[UUID(key) for key in keys]).values_list("line", flat=True)
    )
    Donation.objects.filter(line__in=lines).exclude(named="").update(named="")
    StagedDonation.objects.filter(line__in=lines).exclude(named="").update(named="")


@erases("members.person")
def what_applications_tell(keys: Sequence[str]) -> None:
    """救助申请的内容和材料."""
    cases.applications(keys)
