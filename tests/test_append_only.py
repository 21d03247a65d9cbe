"""From some tables nothing may be taken: raw SQL tries, and the database itself refuses."""

from contextlib import suppress
from decimal import Decimal
from functools import partial

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from henji.assessment import commands as assessment
from henji.assessment import library
from henji.evidence import commands as evidence
from henji.evidence import traces, triggers
from henji.evidence.models import Trace
from henji.evidence.tests.papers import pdf
from henji.mutual_aid import commands as mutual_aid
from henji.mutual_aid.giving import commands as giving
from henji.mutual_aid.ledger import chart, posting
from henji.mutual_aid.ledger.models import BankLine, Closing, Kind
from henji.mutual_aid.schemes import commands as schemes
from henji.mutual_aid.schemes import reading
from henji.unions import commands as unions
from tests.clearing import triggers_lifted

#: Every table closed by `append_only`.
CLOSED = [
    "evidence_trace",
    "evidence_paper",
    "evidence_paperfile",
    "evidence_about",
    "evidence_blob",
    "evidence_export",
    "assessment_publishedstandard",
    "assessment_signedscore",
    "mutual_aid_voucher",
    "mutual_aid_posting",
    "mutual_aid_closing",
    "mutual_aid_publishedscheme",
    "mutual_aid_bankline",
    "mutual_aid_receipt",
    "mutual_aid_cancellation",
]


@pytest.fixture(params=CLOSED)
def table(request, county, leader, actor, at, paper):
    """A closed table with a row in it."""
    deed = {"by": actor(leader), "at": at}
    text = library.shipped(library.REFERENCE) or ""
    standard = assessment.publish_standard(publisher=county, text=text, **deed)
    assessment.sign_self_score(subject=county, standard=standard, year=2016, as_of=at.date(), **deed)
    with transaction.atomic():
        told = {"county": county, "trace": county.made_by_id, "on": at.date(), "at": at}
        entry = posting.pair(chart.BANK, chart.INTEREST, Decimal(10))
        posting.post(kind=Kind.INTEREST, lines=entry, **told)
    line = {"on": at.date(), "amount_yuan": Decimal(10), "key": "0" * 32, "source_row": 2}
    BankLine.objects.create(county=county, trace_id=county.made_by_id, **line)
    _cancelled_receipt(county, at, deed)
    Closing.objects.create(county=county, closed_to=at.date(), trace_id=county.made_by_id)
    schemes.publish_scheme(county=county, text=reading.reference(), **deed)
    export = evidence.Exported("会员名册", "members:list", "/members/", (), (), 1)
    evidence.export_list(id=traces.new_id(at), county=county, export=export, reason="报送上级", **deed)
    return request.param


def _cancelled_receipt(county, at, deed):
    """收据 that was cancelled: both tables have a row."""
    unions.register_employer(county=county, name="常山纺织", **deed)
    days = {"collects_from": at.date(), "collects_to": at.date(), "aid_from": at.date(), "aid_to": at.date()}
    drive = mutual_aid.open_drive(county=county, code="2016", name="一日捐", **days, **deed)
    giving.make_rolls(drive=drive, **deed)
    paid = {"paid_yuan": Decimal(50), "paid_on": at.date(), "number": "回1"}
    slip = giving.record_slip(roll=drive.rolls.get(), **paid, **deed)
    giving.cancel_receipt(receipt=giving.issue_receipt(slip=slip, **deed), reason="写错", **deed)


@pytest.fixture
def paper(county, leader, actor, at):
    """A paper whose file has a key."""
    return evidence.keep_paper(
        county=county,
        kind="minutes",
        on=at.date(),
        title="主席办公会纪要",
        files=[pdf("纪要")],
        about=["assessment.item:B10"],
        by=actor(leader),
        at=at,
    )


def run(statement, *values):
    """What the statement finds, in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def rows(table):
    return run(f'SELECT * FROM "{table}"')


def first_column(table):
    return next(m for m in apps.get_models() if m._meta.db_table == table)._meta.concrete_fields[1].column


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE "{table}" SET "{column}" = "{column}"',
        'DELETE FROM "{table}"',
        """INSERT INTO "{table}" SELECT * FROM "{table}" WHERE true
           ON CONFLICT (id) DO UPDATE SET "{column}" = EXCLUDED."{column}" """,
    ],
)
def test_rows_are_neither_changed_nor_removed(table, statement):
    before = rows(table)
    assert before
    with pytest.raises(IntegrityError, match="append-only"):
        run(statement.format(table=table, column=first_column(table)))
    assert rows(table) == before


@pytest.mark.django_db(transaction=True)
def test_what_only_one_database_knows_is_refused_too(table):
    own_way = {
        "sqlite": 'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"',
        "postgresql": 'TRUNCATE "{table}" CASCADE',
    }
    before = rows(table)
    with pytest.raises(IntegrityError):
        run(own_way[connection.vendor].format(table=table))
    assert rows(table) == before


@pytest.fixture
def stranger(db):
    """Another program than ours, which asks for no recursive triggers."""
    run("PRAGMA recursive_triggers = OFF")
    yield
    run("PRAGMA recursive_triggers = ON")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no REPLACE")
def test_nothing_is_replaced_by_what_is_put_in_its_place_under_another_number(paper, stranger):
    before = rows("evidence_paperfile")
    forged = """INSERT OR REPLACE INTO evidence_paperfile (id, paper_id, blob_id, name, position)
        SELECT id + 1, paper_id, blob_id, '另一份.pdf', position FROM evidence_paperfile"""
    with pytest.raises(IntegrityError, match="append-only"):
        run(forged)
    assert rows("evidence_paperfile") == before


@pytest.fixture
def blob(paper):
    """The closed file of the paper."""
    return paper.files.get().blob


@pytest.mark.parametrize(
    "change", ['"key" = NULL, "digest" = \'x\'', '"key" = NULL, "size" = 0', '"key" = "key"']
)
def test_with_a_key_nothing_else_goes(blob, change):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f'UPDATE "evidence_blob" SET {change}')
    blob.refresh_from_db()
    assert blob.key is not None


def test_a_key_can_be_exchanged_for_another(blob):
    run('UPDATE "evidence_blob" SET "key" = %s', b"another")
    blob.refresh_from_db()
    assert bytes(blob.key) == b"another"


def test_a_key_can_be_destroyed_and_never_comes_back(blob):
    key = bytes(blob.key)
    run('UPDATE "evidence_blob" SET "key" = NULL')
    for statement in ('SET "key" = NULL', 'SET "key" = %s'):
        with pytest.raises(IntegrityError, match="append-only"):
            run(f'UPDATE "evidence_blob" {statement}', *([key] if "%s" in statement else []))
    blob.refresh_from_db()
    assert blob.is_destroyed


def test_the_orm_is_refused_as_well(county):
    trace = Trace.objects.of(county).get()
    trace.by_name = "别人"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        trace.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Trace.objects.filter(pk=trace.pk)._raw_delete("default")
    assert Trace.objects.of(county).get().by_name == "安装程序"


@pytest.mark.django_db(transaction=True)
def test_lifted_triggers_come_back(county):
    with suppress(ZeroDivisionError), triggers_lifted():
        run('UPDATE "evidence_trace" SET "by_name" = \'x\'')
        raise ZeroDivisionError
    with pytest.raises(IntegrityError, match="append-only"):
        run('UPDATE "evidence_trace" SET "by_name" = \'y\'')


def test_every_table_that_migrations_close_is_tried_here():
    loader = MigrationLoader(None)
    closed = {
        code.args[0]
        for migration in loader.disk_migrations.values()
        for operation in migration.operations
        if isinstance(code := getattr(operation, "code", None), partial) and code.func is triggers._close
    }
    assert closed == set(CLOSED)


@pytest.mark.django_db(transaction=True)
def test_a_table_can_be_opened_again():
    (operation,) = triggers.append_only("tried")
    run("CREATE TABLE tried (id integer PRIMARY KEY)")
    with connection.schema_editor() as editor:
        operation.code(apps, editor)
        operation.code(apps, editor)  # a later migration may close it again
    run("INSERT INTO tried VALUES (1)")
    with pytest.raises(IntegrityError):
        run("DELETE FROM tried")
    with connection.schema_editor() as editor:
        operation.reverse_code(apps, editor)
    run("DELETE FROM tried")
    assert run("SELECT * FROM tried") == []
    run("DROP TABLE tried")
