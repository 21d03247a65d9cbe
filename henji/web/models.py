"""Nouns that span rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from henji.unions.models import Profile
from henji.work.models import StagedRow


class StagedEmployer(StagedRow, Profile):
    """暂存单位: one employer of a workbook, read and judged.

    `facts` is what is told of its union, in words; who holds its offices lies closed in `box`.
    """

    name = models.CharField(max_length=100, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    township = models.CharField(max_length=100, blank=True)
    union = models.CharField(max_length=100, blank=True)
    founded_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    box = models.BinaryField(null=True)
    key = models.BinaryField(null=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存单位")
