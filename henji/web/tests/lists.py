"""单位名单: lists of employers as counties keep them, and what became of one that was handed in."""

from io import BytesIO

import xlsxwriter

from henji.unions.models import Level, Union
from henji.web.models import StagedEmployer
from henji.work.models import State

HEADS = ("单位名称", "信用代码", "所属乡镇", "工会名称", "是否建会", "行业", "职工数", "建会日期")
CODE, OTHER_CODE = "91350100M000100Y43", "911301000000000022"


def book(*rows, heads=HEADS):
    """A workbook with a title above the heads."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 0, len(heads) - 1, "正定县企业及工会一览表")
        for place, row in enumerate((heads, *rows), 1):
            sheet.write_row(place, 0, row)
    stream.seek(0)
    return stream


def counts(job):
    """Imported, unchanged, rejected."""
    assert job.state == State.DONE, job.problem
    assert job.result["read"] == sum(job.result[key] for key in ("imported", "unchanged", "rejected"))
    return tuple(job.result[key] for key in ("imported", "unchanged", "rejected"))


def only_reason(job):
    """Beside which column the only row kept came back, and why."""
    row = StagedEmployer.objects.get(job=job)
    return row.field, row.reason


def tree():
    """Each township and primary union, and what stands above it."""
    below = Union.objects.filter(level__in=(Level.TOWNSHIP, Level.PRIMARY)).select_related("parent")
    return {union.name: union.parent and union.parent.name for union in below}
