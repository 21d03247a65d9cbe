"""谁进得了捐款名单的门: the rows of the lists of a drive; what a row says is told in `tests/access.py`."""

from typing import Any

from tests.access_row import EXPORTS, Maker, Row, nothing
from tests.world import World


def _drive(world: World) -> dict[str, Any]:
    return {"pk": world.drive.pk}


def _pk(thing: str) -> Maker:
    return lambda w: {"pk": getattr(w, thing).pk}


def _slip(world: World) -> dict[str, Any]:
    return {"line": world.slip.line}


def _for_two_weeks(_world: World) -> dict[str, Any]:
    return {"days": "14"}


def _for_a_reason(_world: World) -> dict[str, Any]:
    return {"reason": "写错"}


ROWS: dict[str, Row] = {
    "mutual_aid:rolls": Row(of=_drive, given=lambda w: w.roll, next_township=200),
    "mutual_aid:make_rolls": Row(of=_drive, given=lambda w: w.person, sends=nothing, reads=None),
    "mutual_aid:hand_out_rolls": Row(of=_drive, given=lambda w: w.roll, sends=_for_two_weeks, reads=None),
    "mutual_aid:roll_links": Row(of=_drive, given=lambda w: w.roll_link, next_township=200),
    "mutual_aid:reports": Row(of=_drive, given=lambda w: w.report, next_township=200),
    "mutual_aid:accept_reports": Row(
        of=_drive, given=lambda w: w.report, sends=lambda w: {"report": w.report.pk}, reads=None
    ),
    "mutual_aid:drive_progress": Row(of=_drive, given=lambda w: w.roll, next_township=200),
    "mutual_aid:roll": Row(of=_pk("roll"), **EXPORTS),
    "mutual_aid:hand_out_roll": Row(of=_pk("roll"), sends=_for_two_weeks, reads=None),
    "mutual_aid:roll_workbook": Row(of=_pk("roll"), **EXPORTS),
    "mutual_aid:report_roll": Row(
        of=_pk("roll"),
        sends=lambda w: {"given_on": "2016-05-20", "each": "50", "t": [w.listed.pk.hex]},
    ),
    "mutual_aid:record_slip": Row(
        of=_pk("roll"), sends=lambda w: {"paid_yuan": "50", "paid_on": "2016-05-20", "number": "回新"}
    ),
    "mutual_aid:revoke_roll_link": Row(of=lambda w: {"key": w.roll_link.pk}, sends=nothing, reads=None),
    "mutual_aid:report": Row(of=_pk("report")),
    "mutual_aid:return_report": Row(of=_pk("report"), sends=_for_a_reason),
    "mutual_aid:withdraw_slip": Row(of=_slip, sends=_for_a_reason),
    "mutual_aid:issue_receipt": Row(of=_slip, sends=nothing, reads=None),
    "mutual_aid:receipts": Row(shows=lambda w: w.receipt.name),
    "mutual_aid:receipt": Row(of=_pk("receipt")),
    "mutual_aid:cancel_receipt": Row(of=_pk("receipt"), sends=_for_a_reason),
}
