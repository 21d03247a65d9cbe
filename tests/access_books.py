"""谁看得到互助金的账: a row for every page of the books; what a row says is told in `tests/access.py`."""

from henji.mutual_aid.ledger import chart
from tests.access_row import Row

ROWS: dict[str, Row] = {
    "mutual_aid:books": Row(shows=lambda w: (w.voucher, w.county.name)[1]),
    "mutual_aid:account": Row(
        of=lambda w: {"code": chart.BANK}, shows=lambda w: w.voucher.slip, outsiders=200
    ),
    "mutual_aid:account_units": Row(
        of=lambda w: {"code": chart.TO_PAY_IN},
        shows=lambda w: (w.voucher, w.employer.name)[1],
        outsiders=200,
    ),
    "mutual_aid:vouchers": Row(shows=lambda w: w.voucher.slip),
    "mutual_aid:voucher": Row(of=lambda w: {"pk": w.voucher.pk}),
    "mutual_aid:enter_voucher": Row(
        sends=lambda w: {
            "entry": "paid_in",
            "employer": w.employer.pk,
            "amount_yuan": "500",
            "on": "2016-04-20",
            "slip": "回单9",
        }
    ),
    "mutual_aid:reverse_voucher": Row(
        of=lambda w: {"pk": w.voucher.pk}, sends=lambda w: {"reason": "记错了单位"}
    ),
    "mutual_aid:book_report": Row(shows=lambda w: (w.voucher, w.county.name)[1]),
    "mutual_aid:bank_lines": Row(shows=lambda w: w.bank_line.serial),
    "mutual_aid:reconcile": Row(shows=lambda w: (w.bank_line, w.county.name)[1]),
    "mutual_aid:confirm_matches": Row(sends=lambda w: {"way": "each", "match": w.open_match}, reads=None),
    "mutual_aid:withdraw_match": Row(
        of=lambda w: {"group": w.ticked}, sends=lambda w: {"reason": "配错了"}, outsiders=404
    ),
    "mutual_aid:close_books": Row(given=lambda w: w.voucher, sends=lambda w: {"closed_to": "2016-04-30"}),
}
