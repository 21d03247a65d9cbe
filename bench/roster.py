"""测速用的表: a roster of twenty columns and a donation book, invented, the same at every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from henji.lib import identity

HEADS = [
    "姓名",
    "证件类型",
    "身份证号",
    "性别",
    "出生日期",
    "民族",
    "手机号",
    "学历",
    "政治面貌",
    "用工形式",
    "单位名称",
    "统一社会信用代码",
    "所属乡镇",
    "工会小组",
    "入会日期",
    "会员编号",
    "会费标准",
    "会籍状态",
    "家庭住址",
    "备注",
]
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志红玉兰文辉"
_EDUCATION = ("初中", "高中", "中专", "大专", "本科", "硕士")
FIRMS = tuple(
    f"正定县{a}{b}有限公司" for a in "恒瑞嘉泰宏盛鑫源裕丰华晟" for b in "达成润祥安泽宇昌顺邦利康"
)[:142]
TOWNSHIPS = tuple(f"第{place}镇" for place in range(1, 10))


def numbers(count: int) -> Iterator[str]:
    """So many different valid numbers under a division code that names no place."""
    for place in range(count):
        born = date(1962, 1, 1) + timedelta(days=place % 14_000)
        first = f"130199{born:%Y%m%d}{place // 14_000:03d}"
        yield first + identity.check_digit(first)


def rows(count: int) -> Iterator[list[str]]:
    """The roster's rows: every cell text, as unions type it."""
    chance = random.Random(20160601)
    for place, number in enumerate(numbers(count)):
        firm = place % len(FIRMS)
        joined = date(2005, 1, 1) + timedelta(days=chance.randrange(11 * 365))
        yield [
            chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN),
            "居民身份证",
            number,
            "男" if int(number[16]) % 2 else "女",
            f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "汉族",
            f"199{chance.randrange(10**8):08d}",
            chance.choice(_EDUCATION),
            "群众",
            "合同制",
            FIRMS[firm],
            "",
            TOWNSHIPS[firm % len(TOWNSHIPS)],
            f"第{place % 12 + 1}小组",
            joined.isoformat(),
            f"ZD{place + 1:08d}",
            "10.00",
            "正常",
            f"河北省石家庄市正定县某路{place % 400}号",
            "",
        ]


def write_roster(path: Path, count: int) -> None:
    """The roster as a workbook."""
    _write(path, HEADS, rows(count))


def write_book(path: Path, count: int) -> None:
    """A donation book of the first so many members."""
    gifts = (
        [FIRMS[place % len(FIRMS)], number, "50", "2016-08-01"] for place, number in enumerate(numbers(count))
    )
    _write(path, ["单位", "身份证号", "捐款金额", "捐款日期"], gifts)


def _write(path: Path, heads: list[str], lines: Iterator[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        for place, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                if cell:
                    sheet.write_string(place, column, cell)
