"""会员."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """会员."""

    name = "henji.members"
    verbose_name = _("会员")

    def import_models(self) -> None:
        """The room's nouns, and those of its part, cards, which stand beside their verbs."""
        super().import_models()
        import_module("henji.members.cards.models")
