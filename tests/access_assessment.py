"""谁进得了考核的门: the rows of the assessment room; how to write one stands in `tests/access.py`."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from henji.assessment import library, queries
from henji.assessment.models import Column
from henji.lib import clock
from tests.access_row import Row, nothing
from tests.world import World


def _standard(_world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("标准.yaml", (library.shipped(library.REFERENCE) or "").encode())}


def _judged(world: World) -> dict[str, Any]:
    """The county's own points, as an inspector finds them on the sheet."""
    today = clock.today()
    docket = queries.docket_of(world.county, world.standard, today.year, today, Column.CITY)
    points = {f"points_{code}": points for code, points in docket.own.points.items()}
    return {"seen": docket.digest, **points}


ROWS: dict[str, Row] = {
    "assessment:scorecard": Row(given=lambda w: w.standard),
    "assessment:chart": Row(given=lambda w: w.standard),
    "assessment:figure_chart": Row(
        given=lambda w: w.standard, of=lambda w: {"part": "B10.participation"}, outsiders=404
    ),
    "assessment:changes": Row(given=lambda w: w.standard),
    "assessment:league": Row(given=lambda w: w.standard, shows=lambda w: w.county.name),
    "assessment:item": Row(given=lambda w: w.standard, of=lambda w: {"code": "B10"}),
    "assessment:assign": Row(
        given=lambda w: w.standard,
        of=lambda w: {"code": "B10"},
        sends=lambda w: {"person": w.user.pk, "due_on": "2030-11-30"},
    ),
    "assessment:catalogue": Row(given=lambda w: w.standard),
    "assessment:item_catalogue": Row(given=lambda w: w.standard, of=lambda w: {"code": "B10"}),
    "assessment:value": Row(
        given=lambda w: w.standard,
        of=lambda w: {"part": "B01.standing_committee"},
        sends=lambda w: {"value": "1", "from_on": "2016-01-01", "explanation": "见档案"},
    ),
    "assessment:acceptance": Row(sends=lambda w: {"accepts_on": f"{clock.today().year}-12-20"}),
    "assessment:inspect": Row(given=lambda w: w.standard, sends=_judged),
    "assessment:print": Row(given=lambda w: w.standard),
    "assessment:pdf": Row(given=lambda w: w.standard),
    "assessment:sheet": Row(given=lambda w: w.standard),
    "assessment:export": Row(given=lambda w: w.standard),
    "assessment:sign": Row(
        given=lambda w: w.standard,
        sends=lambda w: {"year": 2016, "as_of": "2016-06-01", "seen": "0" * 64},
        posts=200,
        prepares=True,
    ),
    "assessment:signed_scores": Row(given=lambda w: w.signed),
    "assessment:signed": Row(of=lambda w: {"pk": w.signed.pk}),
    "assessment:signed_print": Row(of=lambda w: {"pk": w.signed.pk}),
    "assessment:signed_pdf": Row(of=lambda w: {"pk": w.signed.pk}),
    "assessment:signed_sheet": Row(of=lambda w: {"pk": w.signed.pk}),
    "assessment:targets": Row(given=lambda w: w.target),
    "assessment:receive_targets": Row(
        sends=lambda w: {
            "number_new_unions": "30",
            "notice": "石工发〔2016〕30 号",
            "received_on": "2016-05-20",
        }
    ),
    "assessment:standards": Row(given=lambda w: w.standard),
    "assessment:adopt": Row(sends=nothing, reads=None),
    "assessment:publish": Row(sends=_standard),
    "assessment:own": Row(),
    "assessment:compare": Row(given=lambda w: w.standard),
    "assessment:shipped": Row(of=lambda w: {"code": "reference"}, outsiders=200),
    "assessment:shipped_text": Row(of=lambda w: {"code": "reference"}, outsiders=200),
    "assessment:shipped_workbook": Row(of=lambda w: {"code": "reference"}, outsiders=200),
    "assessment:standard": Row(of=lambda w: {"pk": w.standard.pk}),
    "assessment:standard_workbook": Row(of=lambda w: {"pk": w.standard.pk}),
    "assessment:begin_draft": Row(sends=lambda w: {"shipped": "reference"}, reads=None),
    "assessment:draft": Row(of=lambda w: {"key": w.draft.pk}, superior=404),
    "assessment:draft_source": Row(
        of=lambda w: {"key": w.draft.pk},
        sends=lambda w: {"text": "code: x", "seen": w.draft.digest},
        superior=404,
    ),
    "assessment:draft_node": Row(
        of=lambda w: {"key": w.draft.pk, "path": "items.0"},
        sends=lambda w: {"f.name": "新名", "seen": w.draft.digest},
        superior=404,
    ),
    "assessment:try_draft_node": Row(
        of=lambda w: {"key": w.draft.pk, "path": "items.0"},
        sends=lambda w: {"f.name": "新名"},
        reads=None,
        posts=200,
        prepares=True,
    ),
    "assessment:rearrange_draft": Row(
        of=lambda w: {"key": w.draft.pk},
        sends=lambda w: {"do": "remove", "node": "items.0", "seen": w.draft.digest},
        reads=None,
    ),
    "assessment:draft_history": Row(of=lambda w: {"key": w.draft.pk}, superior=404),
    "assessment:restore_draft": Row(
        of=lambda w: {"key": w.draft.pk, "number": 1},
        sends=lambda w: {"seen": w.draft.digest},
        reads=None,
    ),
    "assessment:publish_draft": Row(
        of=lambda w: {"key": w.draft.pk}, sends=lambda w: {"seen": w.draft.digest}, reads=None
    ),
    "assessment:discard_draft": Row(
        of=lambda w: {"key": w.draft.pk}, sends=lambda w: {"seen": w.draft.digest}, reads=None
    ),
    "assessment:draft_text": Row(of=lambda w: {"key": w.draft.pk}, superior=404),
    "assessment:draft_workbook": Row(of=lambda w: {"key": w.draft.pk}, superior=404),
    "assessment:standard_text": Row(of=lambda w: {"pk": w.standard.pk}),
}
