"""账实相符: what must hold of a county's books whatever was done."""

from collections import Counter
from decimal import Decimal

from django.db.models import F, Sum

from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.models import NO_UNIT, WHOLE, DaySum, Kind, Posting, Voucher
from henji.mutual_aid.models import AidPayment, Donation, Subsidy


def must_agree(county):
    """Entries balance, numbers have no gap, days are sums, and the accounts say what is on record."""
    entries_balance(county)
    numbers_have_no_gap(county)
    days_are_sums(county)
    accounts_are_the_record(county)


def entries_balance(county):
    sums = Posting.objects.filter(county=county).values("voucher").order_by()
    sides = sums.annotate(debit=Sum("debit_yuan"), credit=Sum("credit_yuan"))
    assert not sides.exclude(debit=F("credit")).exists()
    assert sides.count() == Voucher.objects.filter(county=county).count()


def numbers_have_no_gap(county):
    numbers = {}
    for year, number in Voucher.objects.filter(county=county).values_list("year", "number").order_by("id"):
        numbers.setdefault(year, []).append(number)
    for held in numbers.values():
        assert held == list(range(1, len(held) + 1))


def days_are_sums(county):
    expected = Counter()
    for row in Posting.objects.filter(county=county):
        units = (WHOLE, row.employer_id or NO_UNIT) if ACCOUNTS[row.account].by_unit else (WHOLE,)
        for unit in units:
            expected[row.account, unit, row.on, "debit"] += row.debit_yuan
            expected[row.account, unit, row.on, "credit"] += row.credit_yuan
    held = Counter()
    for day in DaySum.objects.filter(county=county):
        held[day.account, day.unit, day.on, "debit"] = day.debit_yuan
        held[day.account, day.unit, day.on, "credit"] = day.credit_yuan
    assert {key: sum_ for key, sum_ in held.items() if sum_} == {k: v for k, v in expected.items() if v}


def accounts_are_the_record(county):
    gifts = dict(
        Donation.objects.known()
        .filter(county=county)
        .values("employer")
        .annotate(total=Sum("amount_yuan"))
        .values_list("employer", "total")
    )
    assert {unit: -net for unit, net in turnover(county, chart.DONATIONS).items() if net} == gifts
    assert turnover(county, chart.SUBSIDY).get(None, 0) == -on_record(Subsidy, county, "granted_yuan")
    assert turnover(county, chart.AID).get(None, 0) == on_record(AidPayment, county, "paid_yuan")


def on_record(model, county, amount):
    total = model.objects.known().filter(county=county).aggregate(total=Sum(amount))["total"]
    return total or Decimal(0)


def turnover(county, account):
    """By unit what was posted to the account, debits less credits, but for what a year's end carried on."""
    rows = Posting.objects.filter(county=county, account=account).exclude(voucher__kind=Kind.CARRYING)
    sums = rows.values("employer").order_by().annotate(debit=Sum("debit_yuan"), credit=Sum("credit_yuan"))
    return {row["employer"]: row["debit"] - row["credit"] for row in sums}
