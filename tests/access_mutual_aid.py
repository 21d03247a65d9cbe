"""谁进得了一日捐的门: the rows of the mutual-aid room; how to write one stands in `tests/access.py`."""

from henji.members.tests.rosters import number_of
from tests.access_row import EXPORTS, Maker, Row


def _line(thing: str) -> Maker:
    return lambda w: {"line": getattr(w, thing).line}


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
}
