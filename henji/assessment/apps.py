"""考核."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """考核."""

    name = "henji.assessment"
    verbose_name = _("考核")
