"""方案用语: the words for what the judgment says by a code: reasons, questions, relations."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import money, tongues
from henji.mutual_aid.schemes import days
from henji.mutual_aid.schemes.claims import Question, Said, Verdict

RELATIONS: Mapping[str, str | Promise] = {
    "self": gettext_lazy("本人"),
    "spouse": gettext_lazy("配偶"),
    "child": gettext_lazy("子女"),
    "parent": gettext_lazy("父母"),
}
MEASURES: Mapping[str, str | Promise] = {
    "own_payment": gettext_lazy("自付费用"),
    "loss": gettext_lazy("损失"),
    "nothing": gettext_lazy("不看费用"),
}

_REASONS: Mapping[str, str | Promise] = {
    "flat": gettext_lazy("“%(category)s”定额 %(amount)s"),
    "tier": gettext_lazy("%(measure)s %(sum)s，在 %(from)s 以上、不到 %(below)s 的一档：%(amount)s"),
    "top_tier": gettext_lazy("%(measure)s %(sum)s，在 %(from)s 以上的最高一档：%(amount)s"),
    "share": gettext_lazy("按“%(category)s”%(whole)s 的 %(share)s：%(amount)s"),
    "fixed": gettext_lazy("这种情形定额 %(amount)s"),
    "meeting": gettext_lazy("数额由会议在 %(least)s 到 %(most)s 之间议定"),
    "category_cap": gettext_lazy("这一类每人每年不超过 %(cap)s，本年已用 %(used)s，还可给 %(left)s"),
    "participant_cap": gettext_lazy("每名参加人每年合计不超过 %(cap)s，本年已用 %(used)s，还可给 %(left)s"),
    "patient_cap": gettext_lazy("每名患者每年合计不超过 %(cap)s，本年已用 %(used)s，还可给 %(left)s"),
    "stopped": gettext_lazy("有问题须先答复，暂不给付"),
    "to_city": gettext_lazy("超过县级权限 %(limit)s，报市级审批"),
    "gives": gettext_lazy("按方案给付 %(amount)s"),
}
_QUESTIONS: Mapping[str, str | Promise] = {
    "no_category": gettext_lazy("方案里没有“%(category)s”这一类，请核对类别"),
    "did_not_give": gettext_lazy("没有找到参加人为 %(year)s 年度捐款的记录，是否用别的名字或单位捐的？"),
    "gave_unknown": gettext_lazy("参加人是否为 %(year)s 年度捐了款？"),
    "not_covered": gettext_lazy("“%(category)s”不含%(relation)s，是否应按别的类别申请？"),
    "work_unknown": gettext_lazy("患者有没有工作？方案写的是：%(words)s"),
    "has_work": gettext_lazy("患者有工作。方案写的是：%(words)s。是否核实过？"),
    "age_unknown": gettext_lazy("患者多大年纪？须不满 %(age)s 岁：%(words)s"),
    "study_unknown": gettext_lazy("患者已满 %(age)s 岁，是否还在全日制学校就读？"),
    "too_old": gettext_lazy("患者已满 %(age)s 岁。方案写的是：%(words)s。年龄是否有误？"),
    "no_day": gettext_lazy("没有写发病、确诊或出事的日期，请补上"),
    "outside_year": gettext_lazy("%(day)s 不在救助期 %(first)s 至 %(last)s 内，日期是否有误？"),
    "waiting": gettext_lazy("%(day)s 还在 %(days)s 天的等待期内，%(first)s 起才可救助；上年是否也参加了？"),
    "too_late": gettext_lazy("申请须在 %(last)s 以前提出，这份写的是 %(day)s，是否有特殊原因？"),
    "no_disease": gettext_lazy("没有写病种，请补上"),
    "is_listed": gettext_lazy("%(disease)s在重大疾病目录里，是否应按重大疾病申请？"),
    "not_listed": gettext_lazy("“%(disease)s”不在病种目录里，是否有别的名称，或按其他疾病申请？"),
    "not_for_relation": gettext_lazy("%(disease)s不救助%(relation)s，病种或关系是否有误？"),
    "condition_unknown": gettext_lazy("%(disease)s须符合：%(condition)s。诊断证明上是否写明？"),
    "condition_not_met": gettext_lazy("%(disease)s须符合：%(condition)s。这份不符合，是否核实过？"),
    "not_first": gettext_lazy("这一类只救助首次确诊，这份写的不是首次，是否按别的类别申请？"),
    "first_unknown": gettext_lazy("是否首次确诊？请看医院盖章的首次诊断证明"),
    "diagnosed_before": gettext_lazy("%(day)s 已确诊，早于救助期开始的 %(first)s，是否首次确诊？"),
    "aided_in_earlier_year": gettext_lazy("同一患者以前年度因同一病种受过救助，是否首次确诊？"),
    "same_disease_this_year": gettext_lazy("同一患者 %(year)s 年度已因同一病种受过救助，是否另一病种？"),
    "same_disease_before": gettext_lazy("同一患者已因同一病种受过救助，同一病种只救助一次，是否另一病种？"),
    "same_category_this_year": gettext_lazy("本年度已按“%(category)s”救助过一次，是否重复申请？"),
    "same_event": gettext_lazy("%(day)s 的同一件事已救助过，是否重复申请？"),
    "follows_nothing": gettext_lazy("“%(category)s”须在本年度受过救助之后，没有找到，是否另有记录？"),
    "sibling_claimed": gettext_lazy("另一名参加人本年度已为同一位父母申请，两人只能选一人，是否商定？"),
    "parent_was_aided": gettext_lazy("这位父母本人是参加人，本年度已受过救助，子女是否还要申请？"),
    "below_zero": gettext_lazy("费用不能小于 0，是否填错？"),
    "insured_more": gettext_lazy("医保支付 %(insured)s 多于总费用 %(costs)s，是否填反？"),
    "own_differs": gettext_lazy("自付写的是 %(own)s，按总费用减医保支付是 %(reckoned)s，以哪个为准？"),
    "no_sum": gettext_lazy("没有写%(measure)s，算不出数额，请补上"),
    "below": gettext_lazy("%(measure)s %(sum)s，不到 %(from)s，是否还有没计入的票据？"),
    "no_degree": gettext_lazy("请写明是哪种情形：%(degrees)s"),
    "proposed_outside": gettext_lazy("提议 %(proposed)s，方案允许 %(least)s 到 %(most)s，按允许的计"),
}


def reason(said: Said) -> str:
    """理由: one of them, in words."""
    return str(_REASONS[said.code]) % _told(said.values)


def question(asked: Question) -> str:
    """问题: one of them, in words."""
    return str(_QUESTIONS[asked.code]) % _told(asked.values)


def reasons(verdict: Verdict) -> list[str]:
    """理由 of the verdict, in words, in their order."""
    return [reason(said) for said in verdict.reasons]


def questions(verdict: Verdict) -> list[str]:
    """问题 of the verdict, in words, in their order."""
    return [question(asked) for asked in verdict.questions]


def calendar_remark(first: date, last: date) -> str:
    """日历说明: where working days were reckoned without a year's calendar; empty where it was known."""
    years = days.unknown_years(first, last)
    if not years:
        return ""
    told = tongues.listed(str(year) for year in years)
    return _("系统里没有 %(years)s 年的放假安排，工作日只按周末和公历节日推算，请核对") % {"years": told}


def _told(values: Mapping[str, object]) -> dict[str, str]:
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: object) -> str:
    match name, value:
        case "relation", str(code):
            return str(RELATIONS.get(code, code))
        case "measure", str(code):
            return str(MEASURES.get(code, code))
        case "share", Decimal() as share:
            return f"{(share * 100).normalize():f}%"
        case _, Decimal() as amount:
            return money.show(amount)
        case _, date() as day:
            return day.isoformat()
        case _, tuple() as names:
            return tongues.listed(map(str, names))
    return str(value)
