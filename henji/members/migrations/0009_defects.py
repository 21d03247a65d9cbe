"""What lacks in a person's particulars stands beside the box, as a number."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.functions import Coalesce

from henji.evidence.keys import vault
from henji.lib.vault import Sealed
from henji.members.defects import defects

#: So many boxes are opened at a time.
PART = 5000
UPDATE = "UPDATE {table} SET defects = %s WHERE id = %s"


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
        judged = [(defects(vault().open(Sealed(bytes(box), bytes(opens)))), pk) for pk, box, opens in part]
        with editor.connection.cursor() as cursor:
            cursor.executemany(statement, [found for found in judged if found[0]])


def _parts(rows: Any) -> Iterator[list[tuple[int, bytes, bytes]]]:
    part: list[tuple[int, bytes, bytes]] = [(0, b"", b"")]
    while part:
        behind = rows.filter(pk__gt=part[-1][0]).order_by("pk")
        part = list(behind.values_list("pk", "box", "opens")[:PART])
        yield part


class Migration(migrations.Migration):
    """缺项: by which valid records are counted."""

    dependencies = [("members", "0008_merging")]

    operations = [
        *(
            migrations.AddField(model, "defects", models.SmallIntegerField(default=0, verbose_name="缺项"))
            for model in ("particulars", "stagedmember")
        ),
        migrations.AddIndex(
            "particulars",
            models.Index(
                fields=["county", "person", "defects"],
                condition=Q(known_to__isnull=True, defects__gt=0),
                name="particulars_defects",
            ),
        ),
        # The last one: PostgreSQL alters no table whose rows were written in the same transaction.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
