"""互助."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    """互助."""

    name = "henji.mutual_aid"
    verbose_name = _("互助")
