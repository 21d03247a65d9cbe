"""The books are closed to changes; what is on record already is posted, by vouchers marked as an opening."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Sum

from henji.evidence.triggers import append_only

WHOLE, NO_UNIT = -1, 0
BANK, TO_PAY_IN, DONATIONS, SUBSIDY, AID = "1002", "1181", "230101", "230102", "230106"
BY_UNIT = (TO_PAY_IN, DONATIONS)
#: What stands on record: the model, its amount, whether it is told by unit, and the accounts it moves.
ON_RECORD = (
    ("Donation", "amount_yuan", True, TO_PAY_IN, DONATIONS),
    ("Subsidy", "granted_yuan", False, BANK, SUBSIDY),
    ("AidPayment", "paid_yuan", False, AID, BANK),
)


class Deed(NamedTuple):
    """The deed that made what stands now; so they are numbered."""

    county: int
    on: date
    trace: UUID


class Leg(NamedTuple):
    """One line, as columns of a posting."""

    account: str
    employer_id: int | None
    debit_yuan: Any
    credit_yuan: Any

    def units(self) -> tuple[int, ...]:
        """Under which units of `DaySum` it is summed."""
        return (WHOLE, self.employer_id or NO_UNIT) if self.account in BY_UNIT else (WHOLE,)


def post(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One voucher for each deed that made what stands now."""
    deeds: dict[Deed, list[Leg]] = defaultdict(list)
    for deed, legs in _on_record(apps):
        deeds[deed].extend(legs)
    in_order = sorted(deeds)
    vouchers = _vouchers(apps, in_order)
    posting: Any = apps.get_model("mutual_aid", "Posting")
    sums: dict[tuple[int, str, int, date], list[Any]] = defaultdict(lambda: [0, 0])
    postings = []
    for deed, voucher in zip(in_order, vouchers, strict=True):
        for leg in deeds[deed]:
            postings.append(posting(voucher=voucher, county_id=deed.county, on=deed.on, **leg._asdict()))
            for unit in leg.units():
                summed = sums[deed.county, leg.account, unit, deed.on]
                summed[0] += leg.debit_yuan
                summed[1] += leg.credit_yuan
    posting.objects.bulk_create(postings, batch_size=1000)
    day: Any = apps.get_model("mutual_aid", "DaySum")
    days = [
        day(county_id=county, account=account, unit=unit, on=on, debit_yuan=debit, credit_yuan=credit)
        for (county, account, unit, on), (debit, credit) in sums.items()
    ]
    day.objects.bulk_create(days, batch_size=1000)


def _on_record(apps: Apps) -> Iterator[tuple[Deed, list[Leg]]]:
    for name, amount, by_unit, debit, credit in ON_RECORD:
        model: Any = apps.get_model("mutual_aid", name)
        told = ["county", "made_by__on", "made_by", *(["employer"] if by_unit else [])]
        held = model.objects.filter(known_to__isnull=True).values_list(*told)
        for county, on, trace, *unit, yuan in held.annotate(yuan=Sum(amount)).order_by(*told):
            of = next(iter(unit), None)
            legs = [
                Leg(debit, of if debit in BY_UNIT else None, yuan, 0),
                Leg(credit, of if credit in BY_UNIT else None, 0, yuan),
            ]
            yield Deed(county, on, trace), legs


def _vouchers(apps: Apps, deeds: list[Deed]) -> list[Any]:
    voucher: Any = apps.get_model("mutual_aid", "Voucher")
    numbers: Counter[tuple[int, int]] = Counter()
    made = []
    for deed in deeds:
        numbers[deed.county, deed.on.year] += 1
        number = numbers[deed.county, deed.on.year]
        told = {"kind": "opening", "year": deed.on.year, "number": number, "words": "", "slip": ""}
        made.append(voucher(county_id=deed.county, on=deed.on, trace_id=deed.trace, **told))
    return list(voucher.objects.bulk_create(made, batch_size=1000))


def unpost(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Before the books there were none."""
    for table in ("daysum", "posting", "voucher"):
        editor.execute(f"DELETE FROM mutual_aid_{table}")


class Migration(migrations.Migration):
    dependencies = [("mutual_aid", "0005_ledger")]

    operations = [
        migrations.RunPython(post, unpost),
        *append_only("mutual_aid_voucher", erasable="words"),
        *append_only("mutual_aid_posting"),
        *append_only("mutual_aid_closing"),
    ]
