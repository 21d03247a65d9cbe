"""剧本: the papers that the county kept and the values that it stated, from June to December 2016.

`about` names the parts of the standard that a paper proves: "B10.payout", or "B10" for the whole item.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from henji.assessment.rules import Said
from henji.evidence.kinds import Kind


@dataclass(frozen=True, slots=True)
class Kept:
    """一份文件."""

    on: date
    kind: Kind
    title: str
    about: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """一项取值, from its day on."""

    on: date
    part: str
    said: Said
    why: str


def _kept(
    month: int, day: int, kind: Kind, title: str, *about: str, number: str = "", year: int = 2016
) -> Kept:
    return Kept(date(year, month, day), kind, title, about, number)


#: Kept on the day, as the work was done.
PAPERS = (
    _kept(6, 16, Kind.MINUTES, "县委常委会专题研究工会工作会议纪要", "B01.standing_committee"),
    _kept(
        6,
        22,
        Kind.OFFICIAL_DOCUMENT,
        "县委办公室、县政府办公室关于进一步加强工会工作的意见",
        "B01.party_gov_document",
        "A01",
        number="正办发〔2016〕9号",
    ),
    _kept(
        6, 29, Kind.OFFICIAL_DOCUMENT, "关于开展职工互助一日捐活动的通知", "B10", number="正工〔2016〕12号"
    ),
    _kept(6, 28, Kind.AUDIT_REPORT, "县审计局财务检查意见", "B14.books"),
    _kept(7, 1, Kind.ROLL, "县总工会和职工服务中心在岗人员名册", "B03.staffed", "B11.centre"),
    _kept(7, 1, Kind.VOUCHER, "上半年工会经费上解回单", "B14.remitted"),
    _kept(7, 4, Kind.PLAN_SUMMARY, "2016 年上半年工作总结", "B17.plan_summary"),
    _kept(7, 5, Kind.MINUTES, "职工互助一日捐动员会签到", "B10.participation"),
    _kept(7, 20, Kind.PLAN_SUMMARY, "焊工技能比武方案", "B16.contests"),
    _kept(7, 20, Kind.OFFICIAL_DOCUMENT, "关于举办焊工技能比武的通知", "B16.contests"),
    _kept(8, 4, Kind.OFFICIAL_DOCUMENT, "关于召开政府与工会联席会议的通知", "B01.joint_meeting"),
    _kept(8, 4, Kind.MINUTES, "政府与工会联席会议纪要", "B01.joint_meeting"),
    _kept(
        8,
        18,
        Kind.OFFICIAL_DOCUMENT,
        "关于举办工会干部培训班的通知",
        "B03.training",
        number="正工〔2016〕15号",
    ),
    _kept(8, 24, Kind.MINUTES, "工会干部培训班签到", "B03.training"),
    _kept(9, 2, Kind.ROLL, "一日捐捐款名册（7—8月）", "B10.participation"),
    _kept(9, 5, Kind.VOUCHER, "一日捐专户银行回单（7—8月）", "B10.participation"),
    _kept(9, 6, Kind.APPROVAL, "关于同意成立十二家企业工会的批复", "B05.new_unions"),
    _kept(9, 13, Kind.MINUTES, "县总工会全委会会议纪要", "B02.full_committee", "B15.reported"),
    _kept(9, 18, Kind.LEDGER, "困难职工档案台账", "B11.files", "B11.kept_current"),
    _kept(9, 18, Kind.MINUTES, "困难职工认定评审记录", "B11.files"),
    _kept(9, 18, Kind.LEDGER, "劳动争议案件受理台账", "B13.cases"),
    _kept(9, 19, Kind.LEDGER, "工会法人资格登记台账", "B07.legal_person_rate"),
    _kept(9, 19, Kind.LEDGER, "劳模服务管理台账", "B16.model_workers"),
    _kept(9, 19, Kind.STATISTICS, "工会基层组织和会员录入统计", "B06", "B05.membership_rate", "B09"),
    _kept(9, 20, Kind.VOUCHER, "工会补贴拨入互助专户回单", "A06"),
    _kept(10, 12, Kind.PUBLIC_NOTICE, "第三季度救助金发放公示", "B10.payout"),
    _kept(10, 18, Kind.LEDGER, "集体合同台账", "B08.contract_rate"),
    _kept(10, 18, Kind.CONTRACT, "工资和女职工专项合同汇编", "B08"),
    _kept(10, 20, Kind.AUDIT_REPORT, "六个乡镇工会经费审计报告", "B15.audit_cover"),
    _kept(11, 3, Kind.INSTRUCTION, "县主要领导对工会工作的批示", "A03"),
    _kept(11, 25, Kind.MEDIA_REPORT, "县级以上媒体报道剪报", "B17.publicity"),
    _kept(11, 28, Kind.MINUTES, "抽样企业职代会记录", "B09.yearly_congress"),
    _kept(11, 28, Kind.STATISTICS, "两个服务平台使用统计", "B12.platforms"),
    _kept(12, 2, Kind.STATISTICS, "一日捐募集情况统计", "B10"),
    _kept(12, 5, Kind.PLAN_SUMMARY, "职工队伍稳定情况总结", "B13.no_incident"),
    _kept(12, 9, Kind.STATISTICS, "乡镇工会规范化达标统计", "B04.township_standard"),
    _kept(12, 9, Kind.STATISTICS, "工会经费收缴进度", "B14.collection"),
    _kept(12, 9, Kind.VOUCHER, "帮扶资金发放回单", "B11.fund_use"),
    _kept(12, 9, Kind.PUBLIC_NOTICE, "帮扶资金发放公示", "B11.fund_use"),
    _kept(12, 9, Kind.LEDGER, "经费审计整改台账", "B15.rectified"),
    _kept(12, 12, Kind.STATISTICS, "新建工会和发卡进度统计", "B05.new_unions", "B12.cards"),
    _kept(12, 19, Kind.PUBLIC_NOTICE, "第四季度救助金发放公示", "B10.payout"),
)

#: What was done before the county had this system, brought in at once.
BACKLOG = (
    _kept(5, 12, Kind.APPROVAL, "关于县总工会换届选举结果的批复", "B02.bodies", "B02.term", year=2014),
    _kept(5, 8, Kind.MINUTES, "县总工会代表大会选举记录", "B02.bodies", "B02.term", year=2014),
    _kept(6, 3, Kind.CERTIFICATE, "工会法人资格证书", "B02.legal_person", year=2014),
    _kept(5, 20, Kind.OFFICIAL_DOCUMENT, "县总工会主席任职文件", "B03.chair_rank", year=2014),
    _kept(3, 1, Kind.APPROVAL, "关于九个乡镇总工会成立的批复", "B04.township_rate", year=2013),
    _kept(4, 15, Kind.OFFICIAL_DOCUMENT, "乡镇总工会主席任职文件", "B04.township_chair", year=2014),
    _kept(4, 8, Kind.OFFICIAL_DOCUMENT, "关于成立劳动争议调解委员会的通知", "B13.body", year=2015),
    _kept(11, 2, Kind.OFFICIAL_DOCUMENT, "关于命名职工之家的决定", "B07.home_rate", year=2015),
    _kept(1, 15, Kind.PLAN_SUMMARY, "2016 年工会工作计划", "B17.plan_summary", "B16.women"),
    _kept(3, 4, Kind.CONTRACT, "社会化工会工作者聘用合同", "B03.social_workers"),
    _kept(3, 10, Kind.OFFICIAL_DOCUMENT, "2016 年度党政目标考核方案", "B01.in_assessment"),
    _kept(3, 15, Kind.OFFICIAL_DOCUMENT, "关于下达 2016 年建会和发展会员任务的通知", "B05"),
)


def _stated(month: int, day: int, part: str, said: Said, why: str) -> Stated:
    return Stated(date(2016, month, day), part, said, why)


def _points(points: str) -> Said:
    return Said(Decimal(points))


def _of(part: int, whole: int) -> Said:
    return Said(Decimal(part), Decimal(whole))


_YES = _points("1")

#: 取值, in the order of their days; what is said again takes the place of what was said before.
VALUES = (
    _stated(6, 30, "B01.standing_committee", _YES, "6 月 16 日县委常委会专题研究，见会议纪要"),
    _stated(6, 30, "B01.party_gov_document", _points("1"), "两办意见一件"),
    _stated(6, 30, "B01.in_assessment", _YES, "已列入县党政目标考核"),
    _stated(6, 30, "B02.bodies", _points("2"), "工会委员会、经审会、女职工委员会齐全"),
    _stated(6, 30, "B02.term", _YES, "2014 年按期换届，见批复"),
    _stated(6, 30, "B02.legal_person", _YES, "证书在有效期内"),
    _stated(6, 30, "B03.chair_rank", _YES, "见任职文件"),
    _stated(6, 30, "B03.staffed", _YES, "核定 7 人，在岗 7 人"),
    _stated(6, 30, "B03.social_workers", _YES, "聘用 2 人，见合同"),
    _stated(6, 30, "B04.township_rate", _points("2"), "9 个乡镇全部建立总工会"),
    _stated(6, 30, "B04.township_chair", _of(9, 9), "9 个乡镇均按副职配备"),
    _stated(6, 30, "B04.township_standard", _of(5, 9), "还有 4 个乡镇没有固定场所"),
    _stated(6, 30, "B05.membership_rate", _of(2000, 2180), "按 6 月统计报表"),
    _stated(6, 30, "B07.legal_person_rate", _points("2"), "登记率 84%，按阶梯得 2 分"),
    _stated(6, 30, "B08.contract_rate", _points("3"), "建制率 77%，按阶梯得 3 分"),
    _stated(6, 30, "B11.centre", _YES, "职工服务中心场地、窗口、人员到位"),
    _stated(6, 30, "B13.body", _YES, "调解委员会已设立，配专人"),
    _stated(6, 30, "B13.no_incident", _YES, "本年没有发生"),
    _stated(6, 30, "B14.books", _YES, "见县审计局检查意见"),
    _stated(6, 30, "B16.women", _YES, "女职工委员会按计划开展"),
    _stated(8, 25, "B03.training", _points("1"), "8 月办班一次，第二次定在 12 月 27 日"),
    _stated(9, 20, "A01.documents", _points("1"), "两办和县委文件三件，除第一件外每件 0.5 分"),
    _stated(9, 20, "B01.joint_meeting", _points("1"), "8 月 4 日召开"),
    _stated(9, 20, "B02.full_committee", _points("1"), "9 月 13 日召开"),
    _stated(9, 20, "B05.new_unions", _points("2"), "下达 40 家，已建 37 家"),
    _stated(9, 20, "B05.new_members", _points("2"), "下达 600 人，已发展 552 人"),
    _stated(9, 20, "B06.unions_entered", _of(128, 128), "建会单位全部录入"),
    _stated(9, 20, "B06.members_entered", _of(2000, 2000), "花名册全部录入"),
    _stated(9, 20, "B06.valid_records", _points("1"), "合格率 96%，缺的是入会日期"),
    _stated(9, 20, "B07.home_rate", _points("2"), "建家率 71%"),
    _stated(9, 20, "B09.state_units", _of(18, 18), "公有制单位 18 家"),
    _stated(9, 20, "B09.private_units", _of(91, 110), "建会非公企业 110 家"),
    _stated(9, 20, "B11.files", _points("2"), "抽查 20 份，没有错漏"),
    _stated(9, 20, "B11.kept_current", _YES, "本季更新 31 户，脱困销档 6 户"),
    _stated(9, 20, "B12.cards", _points("1"), "发卡 460 张，占 23%"),
    _stated(9, 20, "B12.merchants", _points("22"), "签约 22 家"),
    _stated(9, 20, "B13.cases", _points("2"), "受理 14 件，卷宗齐全"),
    _stated(9, 20, "B14.collection", _points("1"), "完成 83%"),
    _stated(9, 20, "B14.remitted", _YES, "上半年应上解部分已上解"),
    _stated(9, 20, "B15.reported", _YES, "9 月 13 日向全委会报告"),
    _stated(9, 20, "B16.model_workers", _YES, "劳模台账已建，节日走访 12 人"),
    _stated(9, 20, "B17.publicity", _points("1"), "任务 50 篇，已报 42 篇"),
    _stated(9, 20, "B17.plan_summary", _YES, "年度计划、半年总结按时报送"),
    _stated(10, 20, "B08.wage_contract", _of(104, 128), "见专项合同汇编"),
    _stated(10, 20, "B08.women_contract", _of(105, 128), "见专项合同汇编"),
    _stated(10, 20, "B15.audit_cover", _of(6, 11), "乡镇 9 个、直属 2 个，已审 6 个"),
    _stated(10, 20, "B16.contests", _points("2"), "焊工比武、岗位练兵各一次"),
    _stated(11, 28, "A03.instructions", _points("1"), "县主要领导批示一件"),
    _stated(11, 28, "B09.yearly_congress", _points("2"), "抽样 10 家，都已召开"),
    _stated(11, 28, "B12.platforms", _points("2.5"), "两个平台月均使用 310 人次"),
    _stated(12, 12, "A06.subsidy", _points("2"), "补贴 20,000 元，超过捐款的一半"),
    _stated(12, 12, "B04.township_standard", _of(7, 9), "新安镇、南牛乡的场所月底启用"),
    _stated(12, 12, "B05.new_unions", _points("3"), "40 家全部建成"),
    _stated(12, 12, "B05.new_members", _points("3"), "发展 611 人，超过任务"),
    _stated(12, 12, "B11.fund_use", _of(93_000, 100_000), "全年 10 万元，已用 9.3 万元"),
    _stated(12, 12, "B12.cards", _points("2"), "发卡 760 张，占 38%"),
    _stated(12, 12, "B14.collection", _points("2"), "完成 93%"),
    _stated(12, 12, "B15.rectified", _of(19, 20), "20 个问题已整改 19 个"),
    _stated(12, 12, "B17.publicity", _points("2"), "50 篇全部完成"),
    _stated(12, 12, "B17.archive", _points("1.4"), "抽查缺 3 件目录，正在补"),
)
