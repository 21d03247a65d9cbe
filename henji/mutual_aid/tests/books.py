"""捐款名册 for the tests: books as units send them, and what became of one that was handed in."""

from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.db import transaction
from django.db.models import Sum

from henji.mutual_aid.models import Donation, StagedDonation
from henji.work.models import State

HEADS = ("姓名", "身份证号", "单位", "金额", "日期", "收据号")


def book(*rows, heads=HEADS, title=""):
    """A workbook with the heads in its first row, or its second below a title."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        above = [(title,)] if title else []
        for place, row in enumerate((*above, heads, *rows)):
            sheet.write_row(place, 0, row)
    stream.seek(0)
    return stream


def two_sheets():
    """A workbook with a sheet for each of two units."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        for name in ("一厂", "二厂"):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("姓名", "单位", "金额"))
            sheet.write_row(1, 0, ("集体", name, 500))
    stream.seek(0)
    return stream


def counts(job):
    """Imported, unchanged, rejected, questions, matched."""
    assert job.state == State.DONE, job.problem
    assert job.result["read"] == sum(job.result[key] for key in ("imported", "unchanged", "rejected"))
    return tuple(job.result[key] for key in ("imported", "unchanged", "rejected", "questions", "matched"))


def back(job):
    """Row, column and reason of each row that came back."""
    rows = StagedDonation.objects.filter(job=job, verdict="rejected").order_by("number")
    return [(row.number, row.field, row.reason) for row in rows]


def givers():
    """Who gave what, by the row of the book."""
    gifts = Donation.objects.known().order_by("source_row")
    return [(gift.giver, gift.person_id, gift.named, gift.amount_yuan) for gift in gifts]


def collected(drive):
    """What the drive has collected, in yuan."""
    total = Donation.objects.known().filter(drive=drive).aggregate(total=Sum("amount_yuan"))["total"]
    return total or Decimal(0)


@contextmanager
def undone():
    """What is done inside has not been done afterwards: each example of a property has its own world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
