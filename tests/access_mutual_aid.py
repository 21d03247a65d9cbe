"""谁进得了一日捐的门: the rows of the mutual-aid room; how to write one stands in `tests/access.py`."""

from typing import Any

from henji.members.tests.rosters import number_of
from tests.access_row import EXPORTS, Maker, Row
from tests.world import World
from tests.world_schemes import NAME, draft_of, scheme_of


def _line(thing: str) -> Maker:
    return lambda w: {"line": getattr(w, thing).line}


def _draft(world: World) -> dict[str, Any]:
    return {"key": draft_of(world).pk}


def _seen(world: World) -> dict[str, Any]:
    return {"seen": draft_of(world).digest}


ROWS: dict[str, Row] = {
    "mutual_aid:drives": Row(shows=lambda w: w.drive.name, next_township=200),
    "mutual_aid:open_drive": Row(
        sends=lambda w: {
            "name": "一日捐",
            "code": "2015",
            "collects_from": "2015-03-01",
            "collects_to": "2015-05-31",
            "aid_from": "2015-01-01",
            "aid_to": "2015-12-31",
        }
    ),
    "mutual_aid:drive": Row(of=lambda w: {"pk": w.drive.pk}, next_township=200),
    "mutual_aid:correct_drive": Row(
        of=lambda w: {"pk": w.drive.pk},
        sends=lambda w: {
            "version": w.drive.versions.get().pk,
            "name": "2016年职工互助一日捐",
            "collects_from": "2016-03-01",
            "collects_to": "2016-06-30",
            "aid_from": "2016-01-01",
            "aid_to": "2016-12-31",
            "reason": "延长一个月",
        },
    ),
    "mutual_aid:grant_subsidy": Row(
        of=lambda w: {"pk": w.drive.pk},
        sends=lambda w: {"granted_yuan": "500000", "granted_on": "2016-05-20", "voucher": "补1"},
    ),
    "mutual_aid:donations": Row(shows=lambda w: w.donation.line, **EXPORTS),
    "mutual_aid:record_donation": Row(
        sends=lambda w: {
            "drive": w.drive.pk,
            "employer": w.employer.pk,
            "amount_yuan": "500",
            "given_on": "2016-05-20",
        }
    ),
    "mutual_aid:donation": Row(of=_line("donation")),
    "mutual_aid:donation_row": Row(of=_line("unnamed")),
    "mutual_aid:correct_donation": Row(
        of=_line("donation"),
        sends=lambda w: {
            "version": w.donation.pk,
            "amount_yuan": "60",
            "given_on": "2016-05-20",
            "reason": "抄错",
        },
    ),
    "mutual_aid:withdraw_donation": Row(
        of=_line("donation"), sends=lambda w: {"version": w.donation.pk, "reason": "重复登记"}
    ),
    "mutual_aid:name_donor": Row(
        of=_line("unnamed"), sends=lambda w: {"version": w.unnamed.pk, "person": "other"}
    ),
    "mutual_aid:donation_version": Row(of=lambda w: {"pk": w.donation.pk}, reads=302, township=302),
    "mutual_aid:payment_version": Row(of=lambda w: {"pk": w.payment.pk}, reads=302, township=404),
    "mutual_aid:donors": Row(shows=lambda w: w.donation.person_id, **EXPORTS),
    "mutual_aid:aid": Row(shows=lambda w: w.payment.voucher, **EXPORTS),
    "mutual_aid:pay_aid": Row(
        given=lambda w: w.person,
        sends=lambda w: {
            "identity": number_of(0),
            "category": "大病",
            "paid_yuan": "3000",
            "paid_on": "2016-05-20",
            "voucher": "凭新",
        },
    ),
    "mutual_aid:payment": Row(of=_line("payment"), township=404),
    "mutual_aid:correct_aid": Row(
        of=_line("payment"),
        sends=lambda w: {
            "version": w.payment.pk,
            "category": "大病",
            "paid_yuan": "2000",
            "paid_on": "2016-05-20",
            "voucher": "凭0",
            "reason": "抄错",
        },
    ),
    "mutual_aid:withdraw_aid": Row(
        of=_line("payment"), sends=lambda w: {"version": w.payment.pk, "reason": "重复登记"}
    ),
    "mutual_aid:subsidies": Row(shows=lambda w: w.subsidy.voucher),
    "mutual_aid:subsidy": Row(of=_line("subsidy"), township=404),
    "mutual_aid:subsidy_version": Row(of=lambda w: {"pk": w.subsidy.pk}, reads=302, township=404),
    "mutual_aid:correct_subsidy": Row(
        of=_line("subsidy"),
        sends=lambda w: {
            "version": w.subsidy.pk,
            "granted_yuan": "400000",
            "granted_on": "2016-05-20",
            "voucher": "补0",
            "reason": "抄错",
        },
    ),
    "mutual_aid:withdraw_subsidy": Row(
        of=_line("subsidy"), sends=lambda w: {"version": w.subsidy.pk, "reason": "重复登记"}
    ),
    # schemes
    "mutual_aid:fund": Row(
        given=lambda w: w.donation, shows=lambda w: f"county={w.county.pk}&amp;", next_township=200
    ),
    "mutual_aid:schemes": Row(given=scheme_of, shows=lambda w: NAME, next_township=200),
    "mutual_aid:scheme": Row(of=lambda w: {"pk": scheme_of(w).pk}, next_township=200),
    "mutual_aid:scheme_text": Row(of=lambda w: {"pk": scheme_of(w).pk}, next_township=200),
    "mutual_aid:reference_scheme": Row(outsiders=200, next_township=200),
    "mutual_aid:calendar": Row(outsiders=200, next_township=200),
    "mutual_aid:adopt_scheme": Row(sends=lambda w: {}, reads=None),
    "mutual_aid:begin_scheme_draft": Row(sends=lambda w: {}, reads=None),
    "mutual_aid:scheme_draft": Row(of=_draft),
    "mutual_aid:scheme_node": Row(
        of=lambda w: {"key": draft_of(w).pk, "path": "categories.0"},
        sends=lambda w: {"f.name": "新名", "seen": draft_of(w).digest},
    ),
    "mutual_aid:rearrange_scheme": Row(
        of=_draft,
        sends=lambda w: {"do": "remove", "node": "papers.0", "seen": draft_of(w).digest},
        reads=None,
    ),
    "mutual_aid:scheme_source": Row(
        of=_draft, sends=lambda w: {"text": "code: x", "seen": draft_of(w).digest}
    ),
    "mutual_aid:scheme_effect": Row(of=_draft),
    "mutual_aid:publish_scheme_draft": Row(of=_draft, sends=_seen, reads=None),
    "mutual_aid:discard_scheme_draft": Row(of=_draft, sends=_seen, reads=None),
}
