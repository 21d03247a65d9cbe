from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.functions import Coalesce

from henji.evidence.keys import vault
from henji.lib.vault import Sealed
from henji.members.derived import derived

#: So many boxes are opened at a time.
PART = 5000

COLUMNS: dict[str, Any] = {
    "pinyin": models.CharField(blank=True, max_length=100, verbose_name="拼音"),
    "initials": models.CharField(blank=True, max_length=50, verbose_name="拼音首字母"),
    "id_tail": models.CharField(blank=True, max_length=8, verbose_name="身份证号末四位盲索引"),
    "phone_tail": models.CharField(blank=True, max_length=8, verbose_name="手机号末四位盲索引"),
    "sex": models.SmallIntegerField(null=True, verbose_name="性别"),
    "birth_year": models.SmallIntegerField(null=True, verbose_name="出生年"),
}
INDEXES = {
    "particulars_spelled": ["county", "initials", "pinyin"],
    "particulars_id_tail": ["county", "id_tail"],
    "particulars_phone_tail": ["county", "phone_tail"],
}
UPDATE = """
UPDATE {table} SET pinyin = %s, initials = %s, id_tail = %s, phone_tail = %s, sex = %s, birth_year = %s
WHERE id = %s
"""


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was written before, and the rows of rosters that wait to be taken in."""
    person: Any = apps.get_model("members", "Person")
    held = person.objects.filter(pk=models.OuterRef("person")).values("key")
    told: Any = apps.get_model("members", "Particulars")
    staged: Any = apps.get_model("members", "StagedMember")
    _fill(told.objects.annotate(opens=models.Subquery(held)), editor)
    waiting = staged.objects.filter(box__isnull=False)
    _fill(waiting.annotate(opens=Coalesce("key", models.Subquery(held))), editor)


def _fill(rows: Any, editor: BaseDatabaseSchemaEditor) -> None:
    statement = UPDATE.format(table=rows.model._meta.db_table)
    for part in _parts(rows.filter(opens__isnull=False)):
        values = [(*_derived(box, opens), pk) for pk, box, opens in part]
        with editor.connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _derived(box: bytes, opens: bytes) -> tuple[Any, ...]:
    """Those of this migration; others came later."""
    return derived(vault().open(Sealed(bytes(box), bytes(opens))))[: len(COLUMNS)]


def _parts(rows: Any) -> Iterator[list[tuple[int, bytes, bytes]]]:
    part: list[tuple[int, bytes, bytes]] = [(0, b"", b"")]
    while part:
        behind = rows.filter(pk__gt=part[-1][0]).order_by("pk")
        part = list(behind.values_list("pk", "box", "opens")[:PART])
        yield part


class Migration(migrations.Migration):
    """派生栏: by which people are found and counted."""

    dependencies = [("members", "0003_staged_without_index")]

    operations = [
        *(
            migrations.AddField(model, name, field.clone())
            for model in ("particulars", "stagedmember")
            for name, field in COLUMNS.items()
        ),
        *(
            migrations.AddIndex(
                "particulars", models.Index(fields=fields, condition=Q(known_to__isnull=True), name=name)
            )
            for name, fields in INDEXES.items()
        ),
        # The last one: PostgreSQL alters no table whose rows were written in the same transaction.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
