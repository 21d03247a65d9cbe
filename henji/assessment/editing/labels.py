"""栏目名称: what the fields, choices and kinds of a standard are called on screen.

What has no name here is called as in the schema, so a new kind of rule can be written before it is named.
"""

from django.utils.translation import gettext_lazy as _

from henji.evidence.kinds import Kind
from henji.lib.drafting.labels import Labels, Words
from henji.unions.models import Level

#: By field, or by model and field where several models use a word for different things.
_FIELDS: dict[str, Words] = {
    "code": _("代码"),
    "name": _("名称"),
    "points": _("分值"),
    "demand": _("要求"),
    "rule": _("计分办法"),
    "figure": _("系统指标"),
    "figures": _("各类单位的指标"),
    "figures.key": _("单位类型代码"),
    "figures.value": _("指标"),
    "evidence": _("佐证要求"),
    "source": _("来源"),
    "kind": _("类别"),
    "unit_types": _("单位类型"),
    "Item.unit_types": _("只考核这些类型的单位（代码）"),
    "Demand.kind": _("文件种类"),
    "Demand.deed": _("或事项"),
    "number": _("份数"),
    "period": _("期间"),
    "required": _("必须有"),
    "operator": _("怎样算达到"),
    "minimum": _("门槛"),
    "bands": _("各档"),
    "bands.0": _("达到"),
    "bands.1": _("得分"),
    "minus": _("每步扣分"),
    "every": _("每步（百分点）"),
    "begun": _("不足一步的按一步计"),
    "target": _("目标数"),
    "handed_down": _("任务代号"),
    "below": _("不足目标时"),
    "Levels.levels": _("各级"),
    "criteria": _("标准"),
    "each": _("每次（处）分值"),
    "each.key": _("级别"),
    "each.value": _("分值"),
    "beyond": _("前几次不计"),
    "columns": _("各类单位"),
    "columns.key": _("单位类型代码"),
    "columns.value": _("这一栏"),
    "not_above": _("等次不高于"),
    "barred": _("不予定等"),
    "zero_item": _("不得分的项目（代码）"),
    "version": _("版本"),
    "label": _("说明"),
    "excerpt": _("是节选"),
    "subject_level": _("考核对象"),
    "base_total": _("基础总分"),
    "bonus_cap": _("加分上限"),
    "graded_on": _("定等依据"),
    "ranking": _("排名依据"),
    "filing_days": _("补录几日后要问"),
    "grades": _("等次"),
    "min": _("分数线"),
    "UnitType.levels": _("哪些层级的工会"),
}

_HELP: dict[str, Words] = {
    "code": _("以字母开头，只用字母、数字和下划线"),
    "figure": _("选了指标就由系统按记录计算；不选由人取值并说明"),
    "figures": _("只在分类计分时写：哪一类单位另用哪个指标"),
    "source": _("这一条出自哪里，如 市总工会 2016 年考核办法"),
    "handed_down": _("上级下达的任务数，如 new_unions、new_members"),
    "Item.unit_types": _("不写就都考核"),
    "each": _("按级别时，级别写 township、county、city、province、national（乡镇级到国家级）或自定名称"),
    "ranking": _("依次写 total（总分）、base（基础分）或项目代码"),
    "not_above": _("写等次的名称；与“不予定等”只写一个"),
    "label": _("这张表是什么性质，如 参考模板，非官方标准"),
    "bands": _("从高到低，最高一档就是满分"),
    "Levels.levels": _("从高到低，最高一级就是满分"),
}

#: By field and value, or by model, field and value.
_CHOICES: dict[str, Words] = {
    "kind.base": _("基础项"),
    "kind.bonus": _("加分项"),
    "operator.>=": _("达到门槛（≥）"),
    "operator.>": _("超过门槛（>）"),
    "below.nothing": _("不得分"),
    "below.proportional": _("按比例得分"),
    "below.tiers": _("分档得分"),
    "period.year": _("每年"),
    "period.quarter": _("每季度"),
    "period.month": _("每月"),
    "period.standing": _("长期有效"),
    "graded_on.total": _("总分（含加分）"),
    "graded_on.base": _("基础分（不含加分）"),
    **{f"subject_level.{level.value}": level.label for level in Level},
    **{f"levels.{level.value}": level.label for level in Level},
    **{f"Demand.kind.{kind.value}": kind.label for kind in Kind},
}

#: The kinds of rule, those of parts before those of items.
_KINDS: dict[str, Words] = {
    "all_or_nothing": _("有或无"),
    "threshold": _("达到门槛"),
    "tiers": _("分档"),
    "deduct_per_points": _("按百分点扣分"),
    "count_against_target": _("对照目标数"),
    "levels": _("分级"),
    "per_occurrence": _("按次计分"),
    "deduct_each": _("按缺扣分"),
    "discretion": _("酌情评分"),
    "by_hand": _("人工评定"),
    "by_unit_type": _("分类计分"),
    "sum_of_parts": _("各评分点之和"),
    "bonus": _("加分封顶"),
}

#: What the two shapes of a value are called.
_EITHER: dict[str, tuple[Words, Words]] = {
    "target": (_("写明的数"), _("上级下达的任务数")),
    "each": (_("都一样"), _("按级别")),
}

LABELS = Labels(_FIELDS, _HELP, _CHOICES, _KINDS, _EITHER)
