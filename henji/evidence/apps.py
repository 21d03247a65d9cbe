"""留痕."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """留痕: finds what each room offers, as Django's admin finds `admin.py`."""

    name = "henji.evidence"
    verbose_name = _("留痕")

    def ready(self) -> None:
        """Import every room's `offers.py` and `erasing.py`."""
        autodiscover_modules("offers", "erasing")
