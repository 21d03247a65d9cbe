"""互助."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    """互助."""

    name = "henji.mutual_aid"
    verbose_name = _("互助")

    def import_models(self) -> None:
        """The room's nouns, and those of its parts, which stand beside their verbs."""
        super().import_models()
        import_module("henji.mutual_aid.ledger.models")
        import_module("henji.mutual_aid.schemes.models")
        import_module("henji.mutual_aid.cases.models")
        import_module("henji.mutual_aid.giving.models")

    def ready(self) -> None:
        """What its parts offer, besides what `offers.py` does."""
        import_module("henji.mutual_aid.cases.offers")
        import_module("henji.mutual_aid.cases.recorded")
