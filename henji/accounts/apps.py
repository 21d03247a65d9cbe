"""账号."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """账号."""

    name = "henji.accounts"
    verbose_name = _("账号")
