"""演示表格: workbooks as unions send them, with titles above the columns and a sum below."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from henji.web.demo.drives import Gift
from henji.web.demo.people import CHAIRS, Firm, Worker


def employers(firms: Iterable[Firm]) -> BytesIO:
    """单位一览表, with what is known of those that have a union."""
    heads = ("序号", "单位名称", "所属乡镇", "单位性质", "行业", "职工数", "统计日期", "工会名称")
    rows = (
        (
            *(place, firm.name, firm.township, firm.kind, firm.trade, firm.workers, "2016.5.31"),
            *((f"{firm.name}工会", *_record(place)) if firm.is_organised else ()),
        )
        for place, firm in enumerate(firms, 1)
    )
    return _book("正定县企业及工会一览表", heads + _RECORD, rows)


_RECORD = (
    "审批单位",
    "届次",
    "换届日期",
    "任期",
    "集体合同",
    "职代会",
    "职工之家",
    "法人资格证号",
    "工会主席",
    "工会主席专兼职",
)


def _record(place: int) -> tuple[object, ...]:
    """What is told of the union in the row, different from row to row and the same in every demonstration."""
    elected = f"{2011 + place % 5}.{1 + place % 12}.{1 + place % 28}"
    contract, congress = "是" * (place % 6 > 0), "是" * (place % 5 > 0)
    home = ("合格", "县先进", "合格", "")[place // 9 % 4]
    legal = f"冀工法证字第{place:04d}号" * (place % 10 > 0)
    chair = CHAIRS[place % len(CHAIRS)]
    return (
        "县总工会",
        f"第{1 + place % 4}届",
        elected,
        "5年",
        contract,
        congress,
        home,
        legal,
        chair,
        "兼职",
    )


def statement(lines: Iterable[tuple[date, Decimal, str]], stands: Decimal) -> BytesIO:
    """银行对账单: day, money in or out, what stands then, and the bank's number."""
    heads = ("交易日期", "借方发生额", "贷方发生额", "账户余额", "摘要", "交易流水号")
    rows = []
    for day, yuan, serial in lines:
        stands += yuan
        sides = (float(-yuan), "") if yuan < 0 else ("", float(yuan))
        rows.append((f"{day:%Y%m%d}", *sides, float(stands), "", serial))
    return _book("专户交易明细", heads, rows)


def roster(workers: Iterable[Worker]) -> BytesIO:
    """会员花名册."""
    heads = ("序号", "姓 名", "公民身份号码", "联系电话", "工作单位", "入会时间", "政治面貌", "户口类型")
    rows = (
        (
            *(place, one.name, one.number, one.phone, one.firm, _dotted(one.joined_on)),
            *("党员" if place % 9 == 0 else "群众", "农业" if place % 3 else "非农业"),
        )
        for place, one in enumerate(workers, 1)
    )
    return _book("正定县工会会员花名册", heads, rows)


def donations(gifts: Sequence[Gift]) -> BytesIO:
    """捐款名册, with a sum row."""
    heads = ("序号", "单位", "捐款人", "身份证号", "捐款金额(元)", "捐款日期")
    rows: list[Sequence[object]] = [
        (place, gift.unit, gift.name, gift.number, gift.amount, _dotted(gift.given_on))
        for place, gift in enumerate(gifts, 1)
    ]
    rows.append(("合计", "", "", "", sum(gift.amount for gift in gifts), ""))
    return _book("职工互助一日捐捐款名册", heads, rows)


def card_returns(workers: Sequence[Worker], first: int, *, refused: int) -> BytesIO:
    """银行回盘: the bank makes the cards, numbered on from `first`, and refuses one in so many."""
    heads = ("证件号码", "客户姓名", "卡号", "处理结果", "失败原因")
    rows = (
        (one.number, one.name, "", "失败", "手机号与实名登记不符")
        if place % refused == refused - 1
        else (one.number, one.name, f"6222{place:012d}", "成功", "")
        for place, one in enumerate(workers, first)
    )
    return _book("批量开卡结果", heads, rows)


def _dotted(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _book(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> BytesIO:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, len(heads) - 1, title)
        sheet.write_row(1, 0, heads)
        for place, row in enumerate(rows, 2):
            sheet.write_row(place, 0, row)
    stream.seek(0)
    return stream
