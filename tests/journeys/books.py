"""交来的表: workbooks as unions send them, untidy in every way that must be understood."""

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from henji.lib import identity

FIRMS = ("正定县恒达家具有限公司", "正定县瑞成机械有限公司", "正定县泰安食品有限公司")


@dataclass(frozen=True)
class Worker:
    """会员."""

    name: str
    number: str
    phone: str
    firm: str


def workers(count: int) -> list[Worker]:
    """Invented workers; the division code 130199 names no place."""
    chance = random.Random(7)
    made = []
    for place in range(count):
        first = f"130199{1960 + place % 40}0{1 + place % 9}1{place % 9}{place:03d}"
        number = first + identity.check_digit(first)
        name = (
            chance.choice("王李张刘陈杨赵黄") + chance.choice("伟芳娜敏静丽强磊") + chance.choice("军洋勇艳")
        )
        made.append(Worker(name, number, f"199{chance.randrange(10**8):08d}", FIRMS[place % len(FIRMS)]))
    return made


def employers(path: Path) -> Path:
    """单位一览表."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "正定县企业及工会一览表")
        sheet.write_row("A2", ["单位名称", "所属乡镇", "职工数", "工会名称"])
        for row, firm in enumerate(FIRMS, 3):
            sheet.write_row(f"A{row}", [firm, "正定镇", 20 * row, f"{firm}工会"])
    return path


def roster(path: Path, members: list[Worker], year: int) -> Path:
    """会员花名册: a hidden sheet, a title, merged heads, strange orders, three rows that cannot be taken."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面")
        book.add_worksheet("旧表").hide()
        sheet = book.add_worksheet("名册")
        sheet.activate()
        sheet.merge_range("A1:F1", "正定县工会会员花名册")
        sheet.merge_range("B2:C2", "个人信息")
        sheet.write_row("A3", ["序号", "公民身份号码", "姓 名", "联系电话", "工作单位", "入会时间"])
        for row, one in enumerate(members):
            number = one.number.lower() if row % 2 else f" {one.number[:6]} {one.number[6:]}\u200b"
            name = f"{one.name[0]} {one.name[1:]}" if row % 5 == 0 else one.name
            joined = f"{year - 3}年7月{1 + row % 28}日" if row % 3 else f"{year - 3}.7.{1 + row % 28}"
            sheet.write_row(row + 3, 0, [row + 1, number, name, one.phone, one.firm, joined])
        last = len(members) + 3
        sheet.write_row(last, 0, [last, members[0].number, "=cmd|' /C calc'!A0", "", FIRMS[0], ""])
        sheet.write_string(last, 2, "=cmd|' /C calc'!A0")
        sheet.write_row(last + 1, 0, [last + 1, 130199196001010000, "张数字", "", FIRMS[0], ""])
        sheet.write_row(last + 2, 0, [last + 2, "130199196001010001", "李错号", "", FIRMS[0], ""])
        sheet.write(last + 3, 0, "合计")
        sheet.write_formula(last + 3, 1, f"=COUNTA(B4:B{last})", value=len(members))
    return path


def donations(path: Path, givers: list[Worker], given_on: date) -> Path:
    """捐款名册: fifty yuan from each, five hundred from a unit without names, and a sum row."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:E1", "职工互助一日捐捐款名册")
        sheet.write_row("A2", ["单位", "捐款人", "身份证号", "捐款金额(元)", "捐款日期"])
        for row, one in enumerate(givers, 2):
            sheet.write_row(row, 0, [one.firm, one.name, one.number, 50, f"{given_on}"])
        last = len(givers) + 2
        sheet.write_row(last, 0, [FIRMS[0], "集体", "", 500, f"{given_on}"])
        sheet.write_row(last + 1, 0, ["合计", "", "", 50 * len(givers) + 500, ""])
    return path
