"""读入方案: the scheme that a text describes; what is wrong with it, in words."""

import functools
import hashlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from henji.lib import plain_yaml
from henji.mutual_aid.schemes.terms import Scheme

SHELF = Path(__file__).resolve().parent / "shelf"
#: The scheme that a county may adopt to begin with; it says of itself that it is a reference.
REFERENCE = SHELF / "reference.yaml"

#: What is said of what is wrong, by the type of the error.
WRONG = {
    "whole": gettext_lazy("方案"),
    "share": gettext_lazy("比例须为 0 到 2 之间的小数，百分之二十五写作 0.25"),
    "bands": gettext_lazy("各档须从低到高写作 [从多少元起, 给多少元]，两个数都逐档升高"),
    "backwards": gettext_lazy("截止日不能早于开始日"),
    "falls": gettext_lazy("最高数额不能低于最低数额"),
    "measure": gettext_lazy("有门槛、分档或比例的，须写明看自付还是看损失"),
    "claims_until": gettext_lazy("申请截止日不能早于救助期的最后一天"),
    "twice": gettext_lazy("“%(words)s”出现了两次，代码和名称不能重复"),
    "unknown": gettext_lazy("写的“%(words)s”，方案里没有"),
    "share_of": gettext_lazy("按比例的，须是按定额或分档给付的另一类"),
    "limit": gettext_lazy("县级有限额的，须有一步由市级审批"),
}


class SchemeUnsound(plain_yaml.Unsound):
    """方案有误: the text can be read, but is no scheme."""


@functools.lru_cache(maxsize=64)
def read(text: str) -> Scheme:
    """方案 that the text describes, read once per process; raises Unreadable or SchemeUnsound."""
    data = plain_yaml.plain(text)
    try:
        return Scheme.model_validate(data)
    except ValidationError as error:
        raise SchemeUnsound(plain_yaml.sentence(error, data, WRONG)) from None


def reference() -> str:
    """参考方案: its text."""
    return REFERENCE.read_text(encoding="utf-8")


def digest(text: str) -> str:
    """摘要: 64 hexadecimal digits over the text as it stands."""
    return hashlib.sha256(text.encode()).hexdigest()


def title(scheme: Scheme) -> str:
    """名称和版本."""
    return _("%(name)s，%(version)s 版") % {"name": scheme.name, "version": scheme.version}
