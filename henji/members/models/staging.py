"""Nouns: a roster's rows on their way into the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from henji.members.models.persons import DerivedColumns
from henji.work.models import Job, StagedRow


class StagedMember(StagedRow, DerivedColumns):
    """暂存会员: a roster's row made ready for one set-based statement.

    `box` is there where particulars are to be written, `membership_line` where a membership is.
    `held_…` are the versions that the row was compared with, and which must still be current.
    """

    # Another index begins with the job.
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.UUIDField(null=True)
    name = models.CharField(max_length=50, blank=True)
    id_index = models.CharField(max_length=32, blank=True)
    box = models.BinaryField(null=True)
    key = models.BinaryField(null=True)
    held_particulars = models.BigIntegerField(null=True)
    held_membership = models.BigIntegerField(null=True)
    membership_line = models.UUIDField(null=True)
    union = models.BigIntegerField(null=True)
    employer = models.BigIntegerField(null=True)
    named = models.CharField(max_length=100, blank=True)
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    standing = models.CharField(max_length=10, blank=True)
    likeness = models.CharField(max_length=32, blank=True)
    leaf = models.CharField(max_length=64, blank=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存会员")
