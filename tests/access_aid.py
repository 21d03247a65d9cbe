"""谁进得了救助的门: a row for every page of aid; what a row says is told in `tests/access.py`."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from henji.members.tests.rosters import number_of
from tests.access_row import EXPORTS, Maker, Row
from tests.world import DAY, World


def _key(thing: str) -> Maker:
    return lambda w: {"key": getattr(w, thing).case_id}


def _sends(thing: str, **told: Any) -> Maker:
    """What is sent about the application as it stands."""
    return lambda w: {"version": w.case_now(getattr(w, thing)).pk, "on": DAY, **told}


_CLAIM = {
    "category": "S1",
    "relation": "self",
    "patient": "李会员0",
    "identity": number_of(0),
    "disease": "恶性肿瘤",
    "event_on": "2016-02-01",
    "costs_yuan": "40000",
    "insured_yuan": "25000",
    "holder": "李会员0",
    "card": "6222000000000000",
    "phone": "13800138000",
    "on": "2016-05-20",
}


def _paper(world: World) -> dict[str, Any]:
    file = SimpleUploadedFile("发票.pdf", b"%PDF-1.7 invoice")
    return {"version": world.case_now(world.case).pk, "slot": "invoice", "attached": file}


def _posting(world: World) -> dict[str, Any]:
    days = {"starts_on": DAY, "ends_on": "2016-06-20"}
    return {"cases": [world.visited_case.pk], **days, "phone": "0311-88012345"}


def _decision(world: World) -> dict[str, Any]:
    case = world.decidable_case
    told = {f"choice_{case.pk}": "grant", f"amount_{case.pk}": "3000"}
    return {"name": "第 1 次常务会议", "held_on": DAY, **told}


ROWS: dict[str, Row] = {
    "mutual_aid:cases": Row(shows=lambda w: w.case.case.number, **EXPORTS),
    "mutual_aid:apply_aid": Row(
        given=lambda w: (w.person, w.scheme_in_force),
        sends=lambda w: {**_CLAIM, "applicant": number_of(0)},
    ),
    "mutual_aid:case": Row(of=_key("case")),
    "mutual_aid:case_link": Row(of=_key("case")),
    "mutual_aid:case_papers": Row(of=_key("case"), sends=_paper),
    "mutual_aid:case_paper": Row(
        of=lambda w: {"key": w.case.case_id, "pk": w.case.case.papers.get().pk},
    ),
    "mutual_aid:reveal_case": Row(
        of=lambda w: {"key": w.case.case_id, "field": "disease"},
        sends=lambda w: {"reason": "核对诊断证明"},
        reads=None,
        posts=200,
    ),
    "mutual_aid:supplement_case": Row(
        of=_key("returned_case"),
        sends=lambda w: {**_CLAIM, "version": w.returned_case.pk},
    ),
    "mutual_aid:answer_doubt": Row(
        of=lambda w: {"key": w.case.case_id, "pk": w.doubted.pk}, sends=_sends("case", words="已核实")
    ),
    "mutual_aid:visit_case": Row(
        of=_key("case"), sends=_sends("case", words="与申请一致", proposed_yuan="3000")
    ),
    "mutual_aid:return_case": Row(of=_key("case"), sends=_sends("case", words="缺发票")),
    "mutual_aid:refuse_case": Row(of=_key("case"), sends=_sends("case", words="不在病种内")),
    "mutual_aid:withdraw_case": Row(of=_key("case"), sends=_sends("case", words="本人不要了")),
    "mutual_aid:hear_objection": Row(
        of=_key("posted_case"), sends=_sends("posted_case", words="家里有商铺", who="")
    ),
    "mutual_aid:answer_objection": Row(
        of=lambda w: {"key": w.objection.case_id, "pk": w.objection.pk},
        sends=lambda w: {
            "version": w.objection.case.versions.known().get().pk,
            "on": DAY,
            "upheld": "no",
            "words": "已查实",
        },
    ),
    "mutual_aid:city_decision": Row(
        of=_key("referred_case"), sends=_sends("referred_case", granted="yes", amount_yuan="8000")
    ),
    "mutual_aid:keep_receipt": Row(of=_key("paid_case"), sends=_sends("paid_case")),
    "mutual_aid:file_case": Row(of=_key("receipted_case"), sends=_sends("receipted_case")),
    "mutual_aid:demand_back": Row(of=_key("paid_case"), sends=_sends("paid_case", words="发票是假的")),
    "mutual_aid:record_recovery": Row(
        of=_key("recovering_case"), sends=_sends("recovering_case", amount_yuan="1000")
    ),
    "mutual_aid:notices": Row(shows=lambda w: w.notice.number, next_township=200),
    "mutual_aid:notice": Row(of=lambda w: {"pk": w.notice.pk}, next_township=200),
    "mutual_aid:post_notice": Row(sends=_posting),
    "mutual_aid:meetings": Row(shows=lambda w: w.meeting.name),
    "mutual_aid:meeting": Row(of=lambda w: {"pk": w.meeting.pk}, township=404),
    "mutual_aid:decide_cases": Row(sends=_decision),
    "mutual_aid:payment_batches": Row(shows=lambda w: w.batch_to_send.number),
    "mutual_aid:payment_batch": Row(of=lambda w: {"pk": w.batch_to_send.pk}, township=404),
    "mutual_aid:form_batch": Row(sends=lambda w: {"cases": [w.approved_case.pk], "template": "reference"}),
    "mutual_aid:payment_file": Row(
        of=lambda w: {"pk": w.batch_to_send.pk}, sends=lambda w: {}, reads=None, posts=200
    ),
    "mutual_aid:cancel_batch": Row(
        of=lambda w: {"pk": w.batch_to_send.pk}, sends=lambda w: {"words": "银行停机"}
    ),
}
