"""Nouns that span rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from henji.work.models import StagedRow


class StagedEmployer(StagedRow):
    """暂存单位: one employer of a workbook, read and judged."""

    name = models.CharField(max_length=100, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    township = models.CharField(max_length=100, blank=True)
    union = models.CharField(max_length=100, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    workers = models.PositiveIntegerField(null=True)
    founded_on = models.DateField(null=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存单位")
