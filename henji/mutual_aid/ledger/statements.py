"""银行对账单: the columns of a bank's statement, and what its lines say."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.keys import vault
from henji.lib import bulk, dates, money
from henji.lib.columns import Column, as_text
from henji.lib.money import LARGEST, NotMoney
from henji.lib.xlsx_cells import Cell
from henji.members.units import units_of
from henji.mutual_aid.ledger.models import BankLine, StagedBankLine
from henji.work.intake import Judged, Row, Rows
from henji.work.models import Job, Verdict

_NO_AMOUNT = frozenset({"", "-", "--", "—", "/"})
_IN = frozenset({"贷", "收", "收入", "进", "转入", "存入", "C", "CR", "+"})
_OUT = frozenset({"借", "支", "支出", "出", "转出", "支取", "D", "DR", "-"})
#: A name of up to four characters without a word of an organisation is taken for a person's.
_LONGEST_NAME = 4
_ORGANISED = re.compile("公司|工会|银行|局|委|院|校|厂|所|站|社|店|部|中心|财政|机关|集团|政府|协会")
_LONG_DIGITS = re.compile(r"\d{7,}")
_staged_row = bulk.maker(StagedBankLine)


def _amount(cell: Cell) -> Decimal:
    """An amount as banks write it: nothing, 0.00, -120.00 and 1,234.50. Raises NotMoney."""
    bare = as_text(cell).replace(",", "").replace("，", "").replace("¥", "").replace("￥", "").strip()
    if bare in _NO_AMOUNT:
        return Decimal(0)
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise NotMoney(_("这里不是金额，请只填数字")) from None
    if not amount.is_finite() or abs(amount) > LARGEST * 100:
        raise NotMoney(_("金额过大，请核对"))
    money.fen(amount)
    return amount


COLUMNS = (
    Column(
        "on",
        gettext_lazy("交易日期"),
        ("交易日期", "记账日期", "入账日期", "交易时间", "记账时间", "日期", "时间"),
        mandatory=True,
        parse=dates.parse_day,
        kind="day",
    ),
    Column(
        "income",
        gettext_lazy("收入"),
        ("贷方发生额", "贷方金额", "贷方", "收入金额", "收入", "存入金额", "存入", "转入金额", "转入"),
        parse=_amount,
        kind="yuan",
    ),
    Column(
        "outgo",
        gettext_lazy("支出"),
        ("借方发生额", "借方金额", "借方", "支出金额", "支出", "支取金额", "支取", "转出金额", "转出"),
        parse=_amount,
        kind="yuan",
    ),
    Column(
        "amount",
        gettext_lazy("发生额"),
        ("交易金额", "发生额", "发生金额", "金额"),
        parse=_amount,
        kind="yuan",
    ),
    Column(
        "side",
        gettext_lazy("收支"),
        ("借贷标志", "借贷方向", "借贷", "收支方向", "收付标志", "收/付", "收支"),
    ),
    Column(
        "stands",
        gettext_lazy("余额"),
        ("账户余额", "余额", "本次余额", "交易后余额"),
        parse=_amount,
        kind="yuan",
    ),
    Column(
        "party",
        gettext_lazy("对方户名"),
        ("对方户名", "对方名称", "对方账户名称", "对方单位名称", "对方单位", "付款人名称", "户名"),
    ),
    Column("words", gettext_lazy("摘要"), ("摘要", "用途", "附言", "交易摘要", "备注")),
    Column(
        "serial",
        gettext_lazy("流水号"),
        ("流水号", "交易流水号", "交易流水", "凭证号", "凭证号码", "回单号", "回单编号", "交易序号"),
    ),
)


class StatementJudge:
    """检查对账单: remembers the lines it has seen, to tell apart those that say the same."""

    def __init__(self, job: Job, *, returned: Callable[[int, str, str], StagedBankLine]) -> None:
        self._job, self._returned = job, returned
        self._today = localdate(job.asked_at)
        self._units = units_of(job.county)
        self._times: Counter[str] = Counter()

    def judge(self, rows: Rows) -> Judged[StagedBankLine]:
        """One staged row for each; costs one query."""
        staged = [self._staged(row) for row in rows]
        keys = [row.key for row in staged if row.key]
        known = set(
            BankLine.objects.filter(county=self._job.county_id, key__in=keys).values_list("key", flat=True)
        )
        for row in staged:
            if row.key in known:
                row.verdict = Verdict.SAME
        return Judged(staged)

    def _staged(self, row: Row) -> StagedBankLine:
        told: Mapping[str, Any] = defaultdict(str, {k: v for k, v in row.values.items() if v is not None})
        day: date = told["on"]
        if day > self._today:
            return self._returned(row.number, "on", _("交易日期还没有到"))
        amount = _moved(told)
        if not amount:
            return self._returned(
                row.number, "income", _("看不出收了还是付了多少；期初、合计、本页小计这样的行请删去")
            )
        place = self._units.place_of(told["party"]) if told["party"] else None
        unit = place.employer if place else None
        values = {
            "job_id": self._job.pk,
            "number": row.number,
            "verdict": Verdict.NEW,
            "on": day,
            "amount_fen": money.fen(amount),
            "stands_fen": money.fen(told["stands"]) if "stands" in told else None,
            "party": (told["party"] if unit else shown(told["party"]))[:60],
            "employer": unit,
            "words": _LONG_DIGITS.sub("…", told["words"])[:100],
            "serial": told["serial"][:40],
            "key": self._key(told, amount),
        }
        return _staged_row(values)

    def _key(self, told: Mapping[str, Any], amount: Decimal) -> str:
        said = [told[name] for name in ("on", "serial", "stands", "party", "words")]
        line = repr((self._job.county_id, money.fen(amount), *map(str, said)))
        self._times[line] += 1
        return vault().blind("bank line", f"{line} {self._times[line]}")


def _moved(told: Mapping[str, Any]) -> Decimal:
    """收支: money in above nothing, money out below; nothing where the line does not say."""
    if told["income"] or told["outgo"]:
        return Decimal(told["income"] or 0) - Decimal(told["outgo"] or 0)
    amount, side = Decimal(told["amount"] or 0), str(told["side"]).strip().upper()
    if side in _IN:
        return abs(amount)
    if side in _OUT:
        return -abs(amount)
    return amount if not side else Decimal(0)


def shown(party: str) -> str:
    """对方户名: an organisation's name as it is; of a person the surname alone."""
    if not party or len(party) > _LONGEST_NAME or _ORGANISED.search(party):
        return party
    return party[0] + "某"
