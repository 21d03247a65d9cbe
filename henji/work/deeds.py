"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Deed(TextChoices):
    """分工之事."""

    COMPLAINED = "work.complained", pgettext_lazy("deed", "减负意见")
