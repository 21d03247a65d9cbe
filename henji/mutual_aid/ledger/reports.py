"""账表: the papers that superiors ask for, as rows that a page, a workbook and a PDF show alike.

专户台账, 收支报告 of a month or any period, 汇总上解表 of a drive, 银行存款余额调节表: columns as in use.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from henji.lib import tags
from henji.mutual_aid.ledger import chart, matching, queries, townships
from henji.mutual_aid.ledger.chart import ACCOUNTS, Account
from henji.mutual_aid.ledger.models import Kind, Posting, Voucher
from henji.mutual_aid.ledger.standing import balance
from henji.mutual_aid.models import DriveVersion
from henji.unions.models import Employer, Union

Cell = str | int | Decimal | date | None


def _signatures() -> list[str]:
    return [_("单位（盖章）："), _("负责人："), _("复核："), _("制表："), _("日期：")]


@dataclass(frozen=True, slots=True)
class Report:
    """账表: title, what stands under it, heads, rows; `widths` in millimetres, 0 takes what is left."""

    title: str
    under: Sequence[str]
    heads: Sequence[str]
    widths: Sequence[int]
    rows: list[list[Cell]]
    notes: Sequence[str] = ()
    signatures: Sequence[str] = field(default_factory=_signatures)

    @property
    def figures(self) -> list[int]:
        """Columns of numbers, which stand to the right."""
        return [
            place
            for place in range(len(self.heads))
            if any(isinstance(row[place], int | Decimal) for row in self.rows)
        ]

    def in_words(self) -> list[list[str]]:
        """The rows as papers write them."""
        return [[worded(cell) for cell in row] for row in self.rows]


def worded(cell: Cell) -> str:
    """A cell as papers write it: money with its two places, numbers with commas, days."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:,.2f}"
        case int():
            return f"{cell:,}"
        case date():
            return tags.day(cell)
    return cell


def _under(county: Union, start: date, last: date) -> list[str]:
    told = {"start": tags.day(start), "last": tags.day(last)}
    return [
        _("单位：%(name)s") % {"name": county.name},
        _("%(start)s 至 %(last)s") % told,
        _("金额单位：元"),
    ]


# 专户台账


def account_book(
    county: Union, account: Account, start: date, last: date, unit: Employer | None = None
) -> Report:
    """专户台账: each posting to the account, or of one unit, with what stood after it."""
    stands = balance(county, account.code, date.fromordinal(start.toordinal() - 1), unit)
    rows: list[list[Cell]] = [[start, "", _("期初余额"), "", None, None, stands, ""]]
    debit = credit = Decimal(0)
    held = queries.postings_to(county, account.code, unit.pk if unit else None)
    within = held.filter(on__gte=start, on__lte=last)
    units = queries.units_of(within.order_by().values("voucher"))
    for row in within.iterator(chunk_size=1000):
        stands += account.stands_at(row.debit_yuan, row.credit_yuan)
        debit, credit = debit + row.debit_yuan, credit + row.credit_yuan
        rows.append(_booked(row, stands, units))
    rows.append([last, "", _("本期合计及期末余额"), "", debit, credit, stands, ""])
    under = _under(county, start, last)
    return Report(
        title=_("救助一日捐专户台账"),
        under=[under[0], _("科目：%(name)s") % {"name": _named(account, unit)}, *under[1:]],
        heads=[
            _("日期"),
            _("凭证号"),
            _("摘要"),
            _("缴款（收款）单位"),
            *_sides(account),
            _("结余"),
            _("附件号"),
        ],
        widths=[22, 22, 0, 52, 28, 28, 30, 32],
        rows=rows,
    )


def _booked(row: Posting, stands: Decimal, units: Mapping[int, str]) -> list[Cell]:
    words = " ".join(filter(None, [str(row.voucher.get_kind_display()), row.voucher.words]))
    unit = row.employer.name if row.employer else units.get(row.voucher_id, "")
    sides = [row.debit_yuan or None, row.credit_yuan or None]
    return [row.on, row.voucher.label, words, unit, *sides, stands, row.voucher.slip]


def _sides(account: Account) -> list[str]:
    """收 and 支 of the bank's account; of others the sides."""
    return [_("收"), _("支")] if account.code == chart.BANK else [_("借方"), _("贷方")]


def _named(account: Account, unit: Employer | None) -> str:
    return f"{account.name}/{unit.name}" if unit else str(account.name)


# 收支报告


def fund(county: Union, start: date, last: date) -> Report:
    """收支报告: what the fund held, took in, paid out and holds, for the special report of a period."""
    moved = {code: _moved(county, code, start, last) for code in (*queries.RECEIPTS, *queries.PAYMENTS)}
    before = queries.surplus(county, date.fromordinal(start.toordinal() - 1))
    # What was brought forward within the period is no receipt of it.
    brought = queries.surplus(county, last) - before - _net(moved)
    rows: list[list[Cell]] = [[_("一、上期结余"), before, ""]]
    if brought:
        rows.append([_("　　期初余额转入"), brought, ""])
    rows.append([_("二、本期收入"), sum((moved[code] for code in queries.RECEIPTS), Decimal(0)), ""])
    rows += [[f"　　{ACCOUNTS[code].short}", moved[code], ""] for code in queries.RECEIPTS]
    rows.append([_("三、本期支出"), sum((moved[code] for code in queries.PAYMENTS), Decimal(0)), ""])
    rows += [
        [f"　　{ACCOUNTS[code].short}", moved[code], _payments(county, code, start, last)]
        for code in queries.PAYMENTS
    ]
    rows.append([_("四、期末结余"), queries.surplus(county, last), ""])
    rows += [
        [f"　　{ACCOUNTS[code].short}", balance(county, code, last), note]
        for code, note in (
            (chart.BANK, ""),
            (chart.TO_PAY_IN, _("已登记、单位还没有缴存")),
            (chart.UNEXPLAINED, _("不属于结余，待查明")),
        )
    ]
    return Report(
        title=_("救助一日捐资金收支情况表"),
        under=_under(county, start, last),
        heads=[_("项目"), _("金额"), _("说明")],
        widths=[110, 45, 0],
        rows=rows,
    )


def _net(moved: dict[str, Decimal]) -> Decimal:
    taken = sum((moved[code] for code in queries.RECEIPTS), Decimal(0))
    return taken - sum((moved[code] for code in queries.PAYMENTS), Decimal(0))


def _moved(county: Union, code: str, start: date, last: date) -> Decimal:
    """What an account of receipts or payments moved in the days; what a year's end carried is no movement."""
    before = date.fromordinal(start.toordinal() - 1)
    moved = balance(county, code, last) - balance(county, code, before)
    carried = Posting.objects.filter(
        county=county, account=code, voucher__kind=Kind.CARRYING, on__gte=start, on__lte=last
    )
    return moved - sum(
        (ACCOUNTS[code].stands_at(row.debit_yuan, row.credit_yuan) for row in carried), Decimal(0)
    )


def _payments(county: Union, code: str, start: date, last: date) -> str:
    if code != chart.AID:
        return ""
    count = queries.payments_between(county, start, last)
    return _("%(n)s 笔") % {"n": tags.number(count)}


# 汇总上解表


def handed_up(county: Union, version: DriveVersion, as_of: date) -> Report:
    """汇总（上解）表: of a drive by township: units, members, donors, share, money, what was paid in."""
    rows: list[list[Cell]] = [_township(one) for one in townships.of_drive(county, version, as_of)]
    whole = townships.whole_of(county, version, as_of)
    rows.append(_township(whole))
    return Report(
        title=_("%(name)s汇总（上解）表") % {"name": version.name},
        under=[
            _("单位：%(name)s") % {"name": county.name},
            _("截至 %(day)s") % {"day": tags.day(as_of)},
            _("金额单位：元"),
        ],
        heads=[
            *(_("乡镇（系统）"), _("单位数"), _("应捐人数"), _("实捐人数"), _("比例")),
            *(_("金额"), _("已缴存"), _("最近缴存日期"), _("银行回单号")),
        ],
        widths=[0, 18, 24, 24, 20, 32, 32, 28, 40],
        rows=rows,
        notes=list(_sent_up(county, version, as_of)),
    )


def _township(one: townships.Share) -> list[Cell]:
    rate = f"{one.donors * 1000 // one.members / 10:.1f}%" if one.members else ""
    people: list[Cell] = [one.units, one.members, one.donors, rate]
    return [one.name, *people, one.given_yuan, one.paid_in_yuan, one.paid_in_on, one.slips]


def _sent_up(county: Union, version: DriveVersion, as_of: date) -> Iterator[str]:
    """上解: each sum sent to the city since the drive began."""
    sent = Voucher.objects.filter(
        county=county, kind=Kind.TO_ABOVE, on__gte=version.collects_from, on__lte=as_of
    )
    for voucher in sent.filter(reversals__isnull=True).order_by("on", "id"):
        told = {
            "day": tags.day(voucher.on),
            "yuan": worded(queries.total_of(voucher)),
            "slip": voucher.slip or "—",
        }
        yield _("上解：%(day)s，%(yuan)s 元，银行回单号 %(slip)s") % told


# 银行存款余额调节表


def reconciliation(county: Union, on: date) -> Report:
    """银行存款余额调节表: both sides, then each item that only one of them knows."""
    table = matching.reconciliation(county, on)
    rows: list[list[Cell]] = [
        [_("账上余额"), table.booked_yuan, _("银行对账单余额"), table.said_yuan],
        [_("加：银行已收、账上未收"), table.lines_in, _("加：账上已收、银行未收"), table.postings_in],
        [_("减：银行已付、账上未付"), table.lines_out, _("减：账上已付、银行未付"), table.postings_out],
        [_("调节后余额"), table.books_then, _("调节后余额"), table.bank_then],
    ]
    lines = [(f"　{tags.day(line.on)} {line.party} {line.serial}", line.amount_yuan) for line in table.lines]
    booked = [
        (f"　{tags.day(row.on)} {row.voucher.label} {row.voucher.get_kind_display()}", matching.moved(row))
        for row in table.postings
    ]
    for place in range(max(len(lines), len(booked))):
        left = lines[place] if place < len(lines) else ("", None)
        right = booked[place] if place < len(booked) else ("", None)
        rows.append([*left, *right])
    return Report(
        title=_("银行存款余额调节表"),
        under=[
            _("单位：%(name)s") % {"name": county.name},
            _("截至 %(day)s") % {"day": tags.day(on)},
            _("金额单位：元"),
        ],
        heads=[_("账上"), _("金额"), _("银行"), _("金额")],
        widths=[0, 36, 95, 36],
        rows=rows,
        notes=[_("差额：%(yuan)s") % {"yuan": worded(table.apart_yuan)}],
    )
