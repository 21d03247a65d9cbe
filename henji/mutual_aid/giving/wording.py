"""用语: how the forecast of a drive is told, with what it takes for granted."""

from django.utils.translation import gettext as _

from henji.lib import tags
from henji.mutual_aid.giving.pacing import Pace


def assumption(pace: Pace) -> str:
    """预测的前提: from which days the pace is taken, and what it would lead to."""
    if pace.as_of < pace.begins_on:
        return _("募集 %(day)s 开始，还没有进度可以推算。") % {"day": tags.day(pace.begins_on)}
    if not pace.left:
        return _("募集已经截止，预计数就是已捐人数。")
    told = {
        "days": pace.days,
        "recent": tags.number(pace.recent),
        "left": pace.left,
        "end": tags.day(pace.ends_on),
        "forecast": tags.number(pace.forecast),
    }
    return (
        _(
            "推算的前提：最近 %(days)s 天有 %(recent)s 人首次捐款，往后每天一样多，"
            "到 %(end)s 还有 %(left)s 天，共 %(forecast)s 人，不超过会员数。"
            "待受理的填报没有算进去。"
        )
        % told
    )
