"""演示的取值: what people stated from June to December 2016, and what was handed down for the year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from henji.assessment.rules import Said
from henji.web.demo.county import ORGANISED, County

NOTICE = "市总工会关于下达 2016 年工会工作任务的通知"
ACCEPTED_ON = date(2016, 12, 27)
#: When the story ends; what is to hold from the day after on was stated by then.
LAST_EVENING = date(2016, 12, 19)
#: By which day items are to be done; the others by the last day before the acceptance.
LAST_DAY = date(2016, 12, 25)
DUE = {
    **dict.fromkeys(("B01", "B02", "B16"), date(2016, 10, 31)),
    **dict.fromkeys(("B07", "B08", "B09", "B13", "B14", "B15"), date(2016, 11, 30)),
    **dict.fromkeys(("B03", "B04", "B10"), date(2016, 12, 20)),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """一项取值, from its day on."""

    on: date
    part: str
    said: Said
    why: str


def targets(county: County) -> dict[str, int]:
    """下达任务: new unions, new members, publicity."""
    return {"new_unions": 40, "new_members": county.of_size(2400), "publicity": 50}


def _stated(month: int, day: int, part: str, said: Said, why: str) -> Stated:
    return Stated(date(2016, month, day), part, said, why)


def _number(number: int) -> Said:
    return Said(Decimal(number))


def _points(points: str) -> Said:
    return Said(Decimal(points))


def _of(part: int, whole: int) -> Said:
    return Said(Decimal(part), Decimal(whole))


_YES, _NONE = _number(1), _number(0)

#: In the order of their days; what is said again takes the place of what was said before.
_STATED = (
    _stated(6, 14, "B02.bodies", _NONE, "工会委员会、经审会、女职工委员会齐全"),
    _stated(6, 14, "B02.term", _YES, "2014 年按期换届，见批复"),
    _stated(6, 15, "B02.legal_person", _YES, "证书在有效期内"),
    _stated(6, 15, "B03.chair_rank", _YES, "见任职文件"),
    _stated(6, 16, "B04.township_rate", _of(9, 9), "9 个乡镇全部建立总工会"),
    _stated(6, 16, "B04.township_chair", _of(9, 9), "9 个乡镇均按副职配备"),
    _stated(6, 17, "B01.standing_committee", _YES, "6 月 16 日县委常委会专题研究，见会议纪要"),
    _stated(6, 20, "B13.body", _YES, "调解委员会已设立，配专人"),
    _stated(6, 23, "B01.party_gov_document", _number(1), "两办意见一件"),
    _stated(6, 23, "A01.documents", _number(1), "两办意见一件"),
    _stated(6, 24, "B01.in_assessment", _YES, "已列入县党政目标考核"),
    _stated(6, 24, "A02.listed", _number(2), "常委会议题、目标考核两项"),
    _stated(6, 24, "B03.social_workers", _YES, "聘用 2 人，见合同"),
    _stated(6, 28, "B14.books", _YES, "见县审计局检查意见"),
    _stated(6, 30, "B04.township_standard", _of(5, 9), "还有 4 个乡镇没有固定场所"),
    _stated(7, 1, "B03.staffed", _YES, "核定 7 人，在岗 7 人，另借调 7 人"),
    _stated(7, 1, "B11.centre", _YES, "职工服务中心场地、窗口、人员到位"),
    _stated(7, 4, "B14.remitted", _YES, "上半年应上解部分已上解"),
    _stated(7, 5, "B13.no_incident", _YES, "到今天没有发生"),
    _stated(7, 6, "B17.plan_summary", _YES, "年度计划、半年总结按时报送"),
    _stated(7, 11, "B16.women", _YES, "女职工委员会按计划开展"),
    _stated(7, 15, "B14.collection", _of(480_000, 1_000_000), "全年任务 100 万元，已收 48 万元"),
    _stated(7, 29, "B17.publicity", _number(12), "已报 12 篇"),
    _stated(7, 29, "B12.merchants", _number(5), "签约 5 家"),
    _stated(8, 5, "B01.joint_meeting", _number(1), "8 月 4 日召开"),
    _stated(8, 25, "B03.training", _number(1), "8 月办班一次，第二次定在 12 月 23 日"),
    _stated(9, 6, "B16.model_workers", _YES, "劳模台账已建，节日走访 12 人"),
    _stated(9, 14, "B02.full_committee", _number(1), "9 月 13 日召开"),
    _stated(9, 14, "B15.reported", _YES, "9 月 13 日向全委会报告"),
    _stated(9, 19, "B11.files", _NONE, "抽查 20 份，没有错漏"),
    _stated(9, 19, "B11.kept_current", _YES, "本季更新 31 户，脱困销档 6 户，其中一户开店脱困"),
    _stated(9, 19, "B13.cases", _NONE, "受理 14 件，卷宗齐全；今年的台账还在汇总"),
    _stated(9, 26, "B17.publicity", _number(31), "已报 31 篇"),
    _stated(9, 30, "A01.documents", _number(6), "两办和县政府文件六件"),
    _stated(10, 14, "B14.collection", _of(830_000, 1_000_000), "全年任务 100 万元，已收 83 万元"),
    _stated(10, 20, "B15.audit_cover", _of(6, 11), "乡镇 9 个、直属 2 个，已审 6 个"),
    _stated(10, 24, "B16.contests", _number(2), "焊工比武、岗位练兵各一次"),
    _stated(10, 28, "A05.spread", Said.tally({"city": 1}), "10 月 26 日承办全市精准帮扶现场会"),
    _stated(11, 1, "A02.listed", _number(3), "工资集体协商写进县“十三五”规划"),
    _stated(11, 4, "A03.instructions", Said.tally({"county": 1}), "一日捐批示一件"),
    _stated(11, 14, "A03.instructions", Said.tally({"county": 2}), "一日捐、最美职工批示各一件"),
    _stated(11, 15, "A01.documents", _number(9), "文件九件"),
    _stated(11, 18, "B09.state_units", _of(18, 18), "公有制单位 18 家"),
    _stated(11, 22, "B12.platforms", _points("2"), "两个平台月均使用 310 人次，网上办理项目还少"),
    _stated(11, 25, "A04.media", Said.tally({"city": 5, "province": 1}), "市级 5 篇、省级 1 篇，见剪报"),
    _stated(11, 25, "B17.publicity", _number(46), "已报 46 篇"),
    _stated(11, 28, "B09.yearly_congress", _NONE, "抽样 10 家，都已召开"),
    _stated(12, 5, "A03.instructions", Said.tally({"county": 3}), "一日捐、最美职工、精准帮扶批示各一件"),
    _stated(12, 5, "B12.merchants", _number(20), "签约 20 家，协议存了 18 份"),
    _stated(12, 9, "B04.township_standard", _of(7, 9), "新安镇、南牛乡的场所月底启用"),
    _stated(12, 9, "B11.fund_use", _of(93_000, 100_000), "全年 10 万元，已用 9.3 万元"),
    _stated(12, 9, "B14.collection", _of(930_000, 1_000_000), "全年任务 100 万元，已收 93 万元"),
    _stated(12, 9, "B15.rectified", _of(19, 20), "20 个问题已整改 19 个"),
    _stated(12, 14, "A01.documents", _number(11), "文件十一件"),
    _stated(12, 14, "B17.publicity", _number(50), "50 篇全部完成"),
    _stated(12, 15, "B17.archive", _number(3), "抽查缺 3 件目录，正在补"),
    _stated(12, 20, "B17.archive", _number(2), "一件目录 12 月 20 日归档，还缺 2 件"),
    _stated(12, 16, "A04.media", Said.tally({"city": 6, "province": 2}), "市级 6 篇、省级 2 篇"),
)


def values(county: County) -> list[Stated]:
    """取值 in the order of their days: some are the same for a county of any size, others are counted."""
    counted = (one for count in (_unions, _members) for one in count(county))
    return sorted((*_STATED, *counted), key=lambda stated: stated.on)


#: On which days each rate of unions was stated, and which share of them had reached it.
_RATES = (
    ("B08.contract_rate", "已建制", ((6, 30, 0.72), (10, 14, 0.78), (11, 9, 0.83))),
    ("B08.wage_contract", "已签工资专项合同", ((10, 18, 0.71), (12, 12, 0.79))),
    ("B08.women_contract", "已签女职工专项合同", ((10, 18, 0.82),)),
)


def _unions(county: County) -> Iterator[Stated]:
    for part, done, days in _RATES:
        for month, day, share in days:
            whole = county.organised(date(2016, month, day))
            reached = round(share * whole)
            why = f"建会单位 {whole} 家，{done} {reached} 家"
            yield _stated(month, day, part, _of(reached, whole), why)
    private = ORGANISED + 28 - 18
    why = f"建会非公企业 {private} 家"
    yield _stated(11, 18, "B09.private_units", _of(round(0.83 * private), private), why)


#: By part, which share of the members it holds of on which days.
_SHARES: tuple[tuple[str, str, tuple[tuple[int, int, float], ...]], ...] = (
    ("B06.members_entered", "花名册全部录入", ((9, 20, 1), (12, 12, 1))),
)


def _members(county: County) -> Iterator[Stated]:
    for part, why, days in _SHARES:
        for month, day, share in days:
            whole = county.members(date(2016, month, day))
            yield _stated(month, day, part, _of(round(share * whole), whole), why)
