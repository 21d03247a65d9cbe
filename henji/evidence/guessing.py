"""预填: what a file's name tells of the paper in it, for a person to confirm."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from henji.evidence.kinds import Kind
from henji.lib import dates
from henji.lib.refusals import Refusal
from henji.lib.text import tidy

#: Words in names of files, the telling ones first.
_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.INSTRUCTION, ("批示",)),
    (Kind.APPROVAL, ("批复",)),
    (Kind.MINUTES, ("纪要", "会议记录", "签到", "会议")),
    (Kind.AUDIT_REPORT, ("审计", "审查报告")),
    (Kind.VOUCHER, ("凭证", "回单", "发票", "收据", "转账")),
    (Kind.ROLL, ("花名册", "名册", "名单")),
    (Kind.CONTRACT, ("合同", "协议")),
    (Kind.PUBLIC_NOTICE, ("公示",)),
    (Kind.SURVEY, ("问卷", "调查")),
    (Kind.LEDGER, ("台账",)),
    (Kind.STATISTICS, ("统计", "报表", "月报", "季报", "年报")),
    (Kind.CERTIFICATE, ("证书", "牌匾", "奖牌", "锦旗")),
    (Kind.MEDIA_REPORT, ("报道", "新闻", "报纸")),
    (Kind.OFFICIAL_DOCUMENT, ("通知", "意见", "决定", "通报", "办法", "文件", "公告")),
    (Kind.PLAN_SUMMARY, ("总结", "方案", "计划", "汇报", "要点")),
    (Kind.PHOTO, ("照片", "图片", "影像", "视频")),
)
_PICTURES = frozenset({"jpg", "jpeg", "png", "heic", "mp4"})
_DAY = re.compile(
    r"(?<![0-9])(?:[0-9]{4}\s*[-./年_]\s*[0-9]{1,2}\s*[-./月_]\s*[0-9]{1,2}\s*[日号]?|(?:19|20)[0-9]{6})(?![0-9])"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[【（(][0-9]{4}[〕\]】）)]\s*第?\s*[0-9]{1,4}\s*号")
_CAMERA = re.compile(r"(?:img|dsc|vid|pano|mmexport|wx_camera|微信图片)?[\s_\-0-9]*", re.IGNORECASE)
_EDGES = " -_.·—–、,，:："


@dataclass(frozen=True, slots=True)
class Guess:
    """预填值: day, kind, number and title as far as the name tells."""

    on: date | None
    kind: str
    number: str
    title: str


def guess(name: str) -> Guess:
    """预填: read the name of a file, such as `2016-07-08 关于开展一日捐的通知.pdf`."""
    stem, _dot, ending = tidy(name).rpartition(".")
    bare = stem or ending
    day = _DAY.search(bare)
    on = _day(day[0]) if day else None
    rest = bare.replace(day[0], " ") if day and on else bare
    number = _NUMBER.search(rest)
    title = _plain(rest.replace(number[0], " ") if number else rest)
    kind = _kind(title, ending.lower())
    if kind == Kind.PHOTO and _CAMERA.fullmatch(title):
        title = _("照片")
    return Guess(
        on=on,
        kind=kind,
        number=number[0].replace(" ", "")[:60] if number else "",
        title=title[:200] or bare[:200],
    )


def _day(text: str) -> date | None:
    try:
        return dates.parse_day(re.sub(r"[_\s]", lambda found: "-" if found[0] == "_" else "", text))
    except Refusal:
        return None


def _kind(title: str, ending: str) -> str:
    for kind, words in _WORDS:
        if any(word in title for word in words):
            return kind
    return Kind.PHOTO if ending in _PICTURES else ""


def _plain(title: str) -> str:
    return " ".join(title.split()).strip(_EDGES)
