"""组织."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnionsConfig(AppConfig):
    """组织."""

    name = "henji.unions"
    verbose_name = _("组织")
