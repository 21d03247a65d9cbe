"""小世界的文件: papers and traces, made through commands when a test first asks for one."""

from functools import cached_property
from io import BytesIO
from typing import Any

from henji.evidence import commands as evidence
from henji.evidence import traces
from henji.evidence.kinds import Kind
from henji.evidence.models import Export, Paper, Trace
from henji.lib.actors import INSTALLER
from henji.unions.models import Union
from tests.cast import AT

DAY = AT.date()
SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class Papers:
    """文件 of the small world; the rest of it says whose they are."""

    county: Union

    @cached_property
    def paper(self) -> Paper:
        return self.make_paper(0)

    @cached_property
    def trace(self) -> Trace:
        return Trace.objects.of(self.paper).get()

    @cached_property
    def minutes(self) -> Paper:
        """A paper whose file is closed."""
        return self.make_paper(0, kind=Kind.MINUTES)

    @cached_property
    def said(self) -> Trace:
        """A trace with words beside it."""
        deed: dict[str, Any] = {"reason": "选错了种类", **SIGNED}
        held = self.make_paper(900)
        facts: dict[str, Any] = {"on": held.on, "title": held.title, "number": "", "about": []}
        return evidence.correct_paper(
            paper=held, county=self.county, kind=Kind.APPROVAL, **facts, **deed
        ).kept_by

    def make_paper(self, n: int, kind: str = Kind.OFFICIAL_DOCUMENT) -> Paper:
        content = BytesIO(b"%PDF-1.7 " + str(n).encode())
        file = evidence.Offered(f"通知{n}.pdf", content)
        return evidence.keep_paper(
            county=self.county,
            kind=kind,
            on=DAY,
            title=f"关于一日捐的第{n}号通知",
            files=[file],
            about=["assessment.item:B10"],
            **SIGNED,
        )

    @cached_property
    def export(self) -> Export:
        return self.make_export(0)

    def make_export(self, n: int) -> Export:
        """名单导出 of the list of members."""
        conditions = [("乡镇", f"镇{n}")]
        told = evidence.Exported("会员名册", "members:list", "/members/", ["township"], conditions, n)
        return evidence.export_list(
            id=traces.new_id(AT), county=self.county, export=told, reason=f"报送上级{n}", **SIGNED
        )
