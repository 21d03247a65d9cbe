"""会员."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """会员."""

    name = "henji.members"
    verbose_name = _("会员")
