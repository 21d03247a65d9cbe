"""表样: which sheets the workbook of a standard has, their columns, and the words that stand in the cells."""

from collections.abc import Mapping

from henji.lib.columns import Column

ABOUT, PARTS, GRADES, VETOES, UNIT_TYPES, NOTES = (
    *("标准信息", "项目与评分点", "等次", "一票否决", "单位类型"),
    "填写说明",
)


def _column(name: str, *heads: str, mandatory: bool = False) -> Column:
    return Column(name, heads[0], heads, mandatory=mandatory)


ABOUT_COLUMNS = (_column("key", "名目", mandatory=True), _column("value", "内容", mandatory=True))
#: What stands in the first column of the sheet about the standard.
ABOUT_ROWS: Mapping[str, str] = {
    "code": "代号",
    "version": "版本",
    "name": "名称",
    "label": "说明",
    "excerpt": "是否摘录",
    "subject_level": "考核对象",
    "base_total": "基础总分",
    "bonus_cap": "加分上限",
    "graded_on": "定等依据",
    "ranking": "排名依据",
}
PART_COLUMNS = (
    _column("item", "项目代码", mandatory=True),
    _column("item_name", "项目名称", mandatory=True),
    _column("item_kind", "类别", mandatory=True),
    _column("item_points", "项目分值", mandatory=True),
    _column("capped", "加分封顶"),
    _column("item_unit_types", "适用单位"),
    _column("part", "评分点代码", mandatory=True),
    _column("name", "评分点", mandatory=True),
    _column("unit_type", "单位类型"),
    _column("points", "分值", mandatory=True),
    _column("demand", "要求", mandatory=True),
    _column("rule", "计分办法", mandatory=True),
    _column("minimum", "门槛"),
    _column("bands", "各档得分"),
    _column("target", "目标数"),
    _column("below", "不足目标"),
    _column("each", "每次（处）分值"),
    _column("beyond", "不计次数"),
    _column("minus", "每步扣分"),
    _column("every", "每步百分点"),
    _column("begun", "不足一步计一步"),
    _column("levels", "分级标准"),
    _column("figure", "指标"),
    _column("evidence", "佐证"),
    _column("source", "来源", mandatory=True),
)
GRADE_COLUMNS = (_column("name", "等次", mandatory=True), _column("min", "分数线", mandatory=True))
VETO_COLUMNS = (
    _column("code", "否决代码", mandatory=True),
    _column("name", "否决事项", mandatory=True),
    _column("demand", "情形", mandatory=True),
    _column("not_above", "等次不高于"),
    _column("barred", "不予定等"),
    _column("zero_item", "该项目不得分"),
    _column("source", "来源", mandatory=True),
)
UNIT_TYPE_COLUMNS = (
    _column("code", "类型代码", mandatory=True),
    _column("name", "类型名称", mandatory=True),
    _column("levels", "工会层级", mandatory=True),
)

YES, NO = "是", "否"
ITEM_KINDS = {"base": "基础项", "bonus": "加分项"}
RULE_KINDS = {
    "all_or_nothing": "有或无",
    "threshold": "达到门槛",
    "tiers": "分档",
    "deduct_per_points": "按百分点扣分",
    "count_against_target": "对照目标数",
    "levels": "分级",
    "per_occurrence": "按次计分",
    "deduct_each": "按缺扣分",
    "discretion": "酌情评分",
    "by_hand": "人工评定",
}
#: The columns that each kind of rule fills; the first of them says what the rule cannot do without.
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "all_or_nothing": (),
    "threshold": ("minimum",),
    "tiers": ("bands",),
    "deduct_per_points": ("minimum", "minus", "every", "begun"),
    "count_against_target": ("target", "below", "bands"),
    "levels": ("levels",),
    "per_occurrence": ("each", "beyond"),
    "deduct_each": ("each",),
    "discretion": (),
    "by_hand": (),
}
ALL_PARAMETERS = tuple(dict.fromkeys(name for names in PARAMETERS.values() for name in names))
BELOW = {"nothing": "不得分", "proportional": "按比例", "tiers": "分档"}
PERIODS = {"year": "每年", "quarter": "每季度", "month": "每月", "standing": "长期有效"}
LEVELS = {
    "province": "省",
    "city": "市",
    "county": "县",
    "township": "乡镇",
    "sector": "系统",
    "primary": "基层",
}
SUMS = {"total": "总分", "base": "基础分"}
HANDED_DOWN = "下达任务"
OPTIONAL = "不强求"

HELP = (
    "一行一个评分点。同一项目的几行，项目名称、类别、分值可以只在第一行写。",
    "计分办法写：" + "、".join(RULE_KINDS.values()) + "。",
    "门槛写百分数，如 ≥25%（达到）或 >65%（超过）。",
    "各档得分一行一档，从高到低，如 80%：4。",
    "目标数写整数；上级下达的任务写“下达任务：代号”，如 下达任务：new_unions。",
    "不足目标写：" + "、".join(BELOW.values()) + "。写“分档”时在“各档得分”里写完成目标的比例和分值。",
    "每次（处）分值写数字；分级的一行一级，如 市级：1。",
    "分级标准一行一级，从高到低，如 A（6 分）：定期听取汇报。",
    "佐证一行一种，写种类、份数、期间，如 照片、视频 ×2 每季度；不强求的在末尾写（不强求）；事项写代码。",
    "指标写系统里的指标地址；系统算不出的不写，由人填数并说明。",
    "不同单位分值不同的评分点，每类单位写一行，在“单位类型”里写类型代码。",
    "整张表和每个项目的分值都由评分点相加得出，系统会核对。",
)
