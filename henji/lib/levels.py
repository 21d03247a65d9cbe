"""级别: what the levels are called that occurrences are counted by."""

from django.utils.translation import gettext_lazy as _

_NAMES = {
    "township": _("乡镇级"),
    "county": _("县级"),
    "city": _("市级"),
    "province": _("省级"),
    "national": _("国家级"),
}


def level_name(level: str) -> str:
    """级别 as people read it; a level that is no code speaks for itself."""
    return str(_NAMES.get(level, level))
