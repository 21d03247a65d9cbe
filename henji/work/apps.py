"""分工."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """分工."""

    name = "henji.work"
    verbose_name = _("分工")
