"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Deed(TextChoices):
    """分工之事."""

    COMPLAINED = "work.complained", _("减负意见")
