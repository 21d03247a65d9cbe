"""演示的文件: what the county kept from June to December 2016, and what it brought in from before.

`about` names the parts of the standard that a paper proves: "B10.payout", or "B10" for the whole item.
Titles and numbers are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from henji.evidence.kinds import Kind


@dataclass(frozen=True, slots=True)
class Kept:
    """一份文件, of its day; `kept_on` is when it was filed, that day unless somebody forgot it."""

    on: date
    kind: Kind
    title: str
    about: tuple[str, ...]
    number: str = ""
    kept_on: date | None = None


def _kept(day: tuple[int, int], kind: Kind, title: str, *about: str, number: str = "") -> Kept:
    return Kept(date(2016, *day), kind, title, about, number)


_DOCUMENT, _MINUTES, _LEDGER, _STATISTICS = (
    Kind.OFFICIAL_DOCUMENT,
    Kind.MINUTES,
    Kind.LEDGER,
    Kind.STATISTICS,
)
_VOUCHER, _NOTICE, _PLAN, _ROLL = Kind.VOUCHER, Kind.PUBLIC_NOTICE, Kind.PLAN_SUMMARY, Kind.ROLL

#: The eleven documents that the county committee, the government and the two offices issued.
DOCUMENTS = tuple(
    _kept(day, _DOCUMENT, title, "A01", *about, number=number)
    for day, title, number, about in (
        ((6, 22), "关于进一步加强工会工作的意见", "正办发〔2016〕9号", ("B01.party_gov_document",)),
        (
            (6, 29),
            "关于开展职工互助一日捐活动的通知",
            "正办字〔2016〕21号",
            ("B10", "B01.party_gov_document"),
        ),
        ((7, 14), "关于成立职工互助一日捐活动领导小组的通知", "正办字〔2016〕24号", ("B10",)),
        ((8, 9), "关于推进企业工会组建工作的通知", "正办字〔2016〕28号", ("B05.new_unions",)),
        ((9, 2), "关于开展最美职工评选活动的通知", "正办字〔2016〕31号", ("B16",)),
        ((9, 21), "关于推行工资集体协商制度的实施意见", "正政发〔2016〕17号", ("B08",)),
        ((10, 9), "关于做好困难职工精准帮扶工作的通知", "正政办〔2016〕40号", ("B11",)),
        ((10, 27), "关于加强职工服务中心建设的意见", "正政办〔2016〕44号", ("B11.centre",)),
        ((11, 10), "关于加强工会经费收缴工作的通知", "正政办〔2016〕47号", ("B14",)),
        ((11, 24), "关于推行职代会和厂务公开制度的意见", "正办发〔2016〕19号", ("B09",)),
        ((12, 13), "关于表彰最美职工的决定", "正发〔2016〕22号", ("B16",)),
    )
)

#: Kept on the day, as the work was done.
_AS_IT_WAS_DONE = (
    _kept((6, 16), _MINUTES, "县委常委会专题研究工会工作会议纪要", "B01.standing_committee", "A02"),
    _kept((6, 28), Kind.AUDIT_REPORT, "县审计局财务检查意见", "B14.books"),
    _kept((7, 1), _ROLL, "县总工会和职工服务中心在岗人员名册", "B03.staffed", "B11.centre"),
    _kept((7, 1), _VOUCHER, "上半年工会经费上解回单", "B14.remitted"),
    _kept((7, 4), _PLAN, "2016 年上半年工作总结", "B17.plan_summary"),
    _kept((7, 4), _MINUTES, "职工互助一日捐动员会签到", "B10.participation"),
    _kept((7, 8), _LEDGER, "职工互助活动明白纸（2 万余份）印制发放台账", "B10", "B17"),
    _kept((7, 11), _PLAN, "四个工作组走访 142 家企业工作方案", "B10", "B05"),
    _kept((7, 20), _PLAN, "焊工技能比武方案", "B16.contests"),
    _kept((7, 20), _DOCUMENT, "关于举办焊工技能比武的通知", "B16.contests", number="正工〔2016〕13号"),
    _kept((7, 26), Kind.MEDIA_REPORT, "县电视台：一日捐明白纸送进车间", "B17.publicity"),
    _kept((8, 4), _DOCUMENT, "关于召开政府与工会联席会议的通知", "B01.joint_meeting"),
    _kept((8, 4), _MINUTES, "政府与工会联席会议纪要", "B01.joint_meeting"),
    _kept((8, 18), _DOCUMENT, "关于举办工会干部培训班的通知", "B03.training", number="正工〔2016〕15号"),
    _kept((8, 31), _STATISTICS, "四个工作组走访企业情况汇总", "B10", "B05"),
    _kept((8, 31), _ROLL, "新发展会员花名册（7—8月）", "B05.new_members"),
    _kept((9, 2), _ROLL, "一日捐捐款名册（7—8月）", "B10.participation"),
    _kept((9, 5), _VOUCHER, "一日捐专户银行回单（7—8月）", "B10.participation"),
    _kept((9, 6), Kind.APPROVAL, "关于同意成立十二家企业工会的批复", "B05.new_unions"),
    _kept((9, 13), _MINUTES, "县总工会全委会会议纪要", "B02.full_committee", "B15.reported"),
    _kept((9, 18), _LEDGER, "困难职工档案台账", "B11.files", "B11.kept_current"),
    _kept((9, 18), _MINUTES, "困难职工认定评审记录", "B11.files"),
    _kept((9, 19), _LEDGER, "工会法人资格登记台账", "B07.legal_person_rate"),
    _kept((9, 19), _LEDGER, "劳模服务管理台账", "B16.model_workers"),
    _kept((9, 19), _STATISTICS, "工会基层组织和会员录入统计", "B06", "B05.membership_rate", "B09"),
    _kept((9, 19), _LEDGER, "会员信息缺项台账", "B06.valid_records"),
    _kept((8, 26), _VOUCHER, "工会补贴拨入互助专户回单", "A06"),
    _kept((9, 27), _PLAN, "岗位练兵活动方案", "B16.contests"),
    _kept((10, 12), _NOTICE, "第三季度救助金发放公示", "B10.payout"),
    _kept((10, 12), Kind.APPROVAL, "第三季度救助金审批表汇编", "B10.payout"),
    _kept((10, 18), _LEDGER, "集体合同台账", "B08.contract_rate"),
    _kept((10, 18), Kind.CONTRACT, "集体合同汇编", "B08.contract_rate"),
    _kept((10, 18), Kind.CONTRACT, "工资和女职工专项合同汇编", "B08.wage_contract", "B08.women_contract"),
    _kept((10, 20), Kind.AUDIT_REPORT, "六个乡镇工会经费审计报告", "B15.audit_cover"),
    _kept((10, 24), _PLAN, "焊工技能比武和岗位练兵总结", "B16.contests"),
    _kept((10, 26), _DOCUMENT, "关于召开全市困难职工精准帮扶现场会的通知", "A05"),
    _kept((10, 26), _PLAN, "精准帮扶现场会经验材料", "A05", "B11"),
    _kept((11, 1), _DOCUMENT, "县“十三五”规划纲要（工资集体协商部分摘录）", "A02", "B08"),
    _kept((11, 3), Kind.INSTRUCTION, "县主要领导对职工互助一日捐的批示", "A03"),
    _kept((11, 4), _ROLL, "新发展会员花名册（9—10月）", "B05.new_members"),
    _kept((11, 4), Kind.APPROVAL, "关于同意成立十六家企业工会的批复", "B05.new_unions"),
    _kept((11, 14), Kind.INSTRUCTION, "县主要领导对最美职工评选的批示", "A03"),
    _kept((11, 18), _STATISTICS, "公有制单位和非公企业民主管理建制统计", "B09"),
    _kept((11, 22), _STATISTICS, "两个服务平台使用统计", "B12.platforms"),
    _kept((11, 25), Kind.MEDIA_REPORT, "市级以上媒体报道剪报", "A04", "B17.publicity"),
    _kept((11, 28), _MINUTES, "抽样企业职代会记录", "B09.yearly_congress"),
    _kept((12, 1), _ROLL, "一日捐捐款名册（9—11月）", "B10.participation"),
    _kept((12, 1), _VOUCHER, "一日捐专户银行回单（9—11月）", "B10.participation"),
    _kept((12, 2), _STATISTICS, "一日捐募集和支付情况统计", "B10"),
    _kept((12, 5), Kind.INSTRUCTION, "县主要领导对困难职工精准帮扶的批示", "A03"),
    _kept((12, 5), _PLAN, "职工队伍稳定情况总结", "B13.no_incident"),
    _kept((12, 9), _STATISTICS, "乡镇工会规范化达标统计", "B04.township_standard"),
    _kept((12, 9), _STATISTICS, "工会经费收缴进度", "B14.collection"),
    _kept((12, 9), _VOUCHER, "帮扶资金发放回单", "B11.fund_use"),
    _kept((12, 9), _NOTICE, "帮扶资金发放公示", "B11.fund_use"),
    _kept((12, 9), _LEDGER, "经费审计整改台账", "B15.rectified"),
    _kept((12, 12), Kind.APPROVAL, "关于同意成立十二家企业工会的批复（第三批）", "B05.new_unions"),
    _kept((12, 12), _STATISTICS, "新建工会和发卡进度统计", "B05.new_unions", "B12.cards"),
    _kept((12, 12), _ROLL, "新发展会员花名册（11—12月）", "B05.new_members"),
    _kept((12, 14), _LEDGER, "一日捐救助金发放台账", "B10.payout"),
    _kept((12, 15), _LEDGER, "考核档案目录", "B17.archive"),
    _kept((12, 19), _VOUCHER, "第四季度救助金银行回单", "B10.payout"),
    _kept((12, 19), _NOTICE, "第四季度救助金发放公示", "B10.payout"),
)

#: Found in a drawer months after its day, and filed as what it is.
_AFTERWARDS = Kept(
    date(2016, 8, 24), _MINUTES, "工会干部培训班签到", ("B03.training",), kept_on=date(2016, 12, 9)
)
#: The money had gone three days before the paper that decides it.
_DECIDED_AFTER = _kept(
    (12, 8), _DOCUMENT, "关于拨付职工互助一日捐工会补贴的通知", "A06", number="正工〔2016〕23号"
)
#: Of the year before: it is there, but proves nothing of this year.
_OF_ANOTHER_YEAR = Kept(
    date(2015, 12, 20), _LEDGER, "2015 年劳动争议案件受理台账", ("B13.cases",), kept_on=date(2016, 9, 19)
)


def _contracts() -> Iterator[Kept]:
    """商家合作协议: eighteen of the twenty that are asked for."""
    for nth in range(1, 19):
        signed_on = date(2016, 8 + nth // 5, 1 + nth)
        yield Kept(signed_on, Kind.CONTRACT, f"普惠商家合作协议（第 {nth} 家）", ("B12.merchants",))


PAPERS = (*DOCUMENTS, *_AS_IT_WAS_DONE, _AFTERWARDS, _DECIDED_AFTER, _OF_ANOTHER_YEAR, *_contracts())


def _before(year: int, day: tuple[int, int], kind: Kind, title: str, *about: str) -> Kept:
    return Kept(date(year, *day), kind, title, about)


#: What was done before the county had this system, brought in at three sittings.
BACKLOG = {
    date(2016, 6, 14): (
        _before(2013, (3, 1), Kind.APPROVAL, "关于九个乡镇总工会成立的批复", "B04.township_rate"),
        _before(2014, (4, 15), _DOCUMENT, "乡镇总工会主席任职文件", "B04.township_chair"),
        _before(2014, (5, 8), _MINUTES, "县总工会代表大会选举记录", "B02.bodies", "B02.term"),
        _before(2014, (5, 12), Kind.APPROVAL, "县总工会换届选举结果的批复", "B02.bodies", "B02.term"),
        _before(2014, (5, 20), _DOCUMENT, "县总工会主席任职文件", "B03.chair_rank"),
        _before(2014, (6, 3), Kind.CERTIFICATE, "工会法人资格证书", "B02.legal_person"),
        _before(2015, (4, 8), _DOCUMENT, "关于成立劳动争议调解委员会的通知", "B13.body"),
        _before(2015, (11, 2), _DOCUMENT, "关于命名职工之家的决定", "B07.home_rate"),
    ),
    date(2016, 6, 24): (
        _before(2016, (1, 15), _PLAN, "2016 年工会工作计划", "B17.plan_summary", "B16.women"),
        _before(2016, (3, 4), Kind.CONTRACT, "社会化工会工作者聘用合同", "B03.social_workers"),
        _before(2016, (3, 10), _DOCUMENT, "2016 年度党政目标考核方案", "B01.in_assessment", "A02"),
        _before(2016, (3, 15), _DOCUMENT, "关于下达 2016 年工会工作任务的通知", "B05", "B17.publicity"),
        _before(2016, (4, 12), _VOUCHER, "第一季度救助金银行回单", "B10.payout"),
        _before(2016, (4, 14), _NOTICE, "第一季度救助金发放公示", "B10.payout"),
    ),
    date(2016, 7, 6): (
        _before(2015, (8, 31), _ROLL, "2015 年一日捐捐款名册", "B10.participation"),
        _before(2015, (12, 28), _STATISTICS, "2015 年一日捐募集和支付统计", "B10"),
        _before(2016, (3, 8), _PLAN, "女职工维权行动月总结", "B16.women"),
        _before(2016, (4, 28), _MINUTES, "五一劳模座谈会记录", "B16.model_workers"),
        _before(2016, (5, 16), Kind.CERTIFICATE, "基层工会法人资格证书汇编", "B07.legal_person_rate"),
    ),
}
