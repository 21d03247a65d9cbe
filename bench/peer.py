"""对手: django-import-export with its defaults, on the same roster; prints one line of JSON.

Its default way is what its admin does: a preview (the import in a transaction that is undone), then the
import. Ours shows a preview too, so both steps count; `confirm_cpu` and `confirm_wall` tell the second alone.

python -m bench.peer ROSTER.xlsx FOLDER
"""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

SOURCE, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "import_export"],
    USE_TZ=True,
    SECRET_KEY="bench",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(FOLDER / "peer.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    IMPORT_EXPORT_USE_TRANSACTIONS=True,
)
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection, models  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from import_export.formats.base_formats import XLSX  # noqa: E402

from bench.roster import HEADS  # noqa: E402

NAMES = [
    "name",
    "id_type",
    "id_no",
    "sex",
    "birth",
    "nation",
    "mobile",
    "education",
    "politics",
    "employment",
    "unit",
    "unit_code",
    "township",
    "team",
    "joined",
    "member_no",
    "dues",
    "status",
    "address",
    "remark",
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Member(models.Model):
    """The same twenty columns, the number unique."""

    for _name in NAMES:
        locals()[_name] = models.CharField(max_length=200, blank=True, default="")
    id_no = models.CharField(max_length=18, unique=True)
    mobile = models.CharField(max_length=20, db_index=True)
    birth = models.DateField()
    joined = models.DateField()

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.id_no


class Identity(widgets.CharWidget):
    """The same check of the number as ours."""

    def clean(self, value, row=None, **options):
        digits = (value or "").strip().upper()
        if len(digits) != 18 or not digits[:17].isdigit():
            raise ValidationError("number")
        if "10X98765432"[sum(int(a) * b for a, b in zip(digits, WEIGHTS, strict=False)) % 11] != digits[17]:
            raise ValidationError("check digit")
        return digits


WIDGETS = {"id_no": Identity(), "birth": widgets.DateWidget(), "joined": widgets.DateWidget()}
ROSTER = type(
    "Roster",
    (resources.ModelResource,),
    {
        **{
            name: fields.Field(
                column_name=head, attribute=name, widget=WIDGETS.get(name, widgets.CharWidget())
            )
            for name, head in zip(NAMES, HEADS, strict=True)
        },
        "Meta": type("Meta", (), {"model": Member, "fields": tuple(NAMES), "import_id_fields": ("id_no",)}),
    },
)


def main() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Member)
    previewed = step(dry_run=True)
    confirmed = step(dry_run=False)
    both = {kind: previewed[kind] + confirmed[kind] for kind in confirmed}
    alone = {f"confirm_{kind}": took for kind, took in confirmed.items()}
    print(json.dumps({"rows": Member.objects.count(), **both, **alone}))


def step(*, dry_run: bool) -> dict[str, float]:
    """Read the workbook and take it in, for good or for a look."""
    wall, cpu = time.perf_counter(), time.process_time()
    dataset = XLSX().create_dataset(SOURCE.read_bytes())
    ROSTER().import_data(dataset, dry_run=dry_run, raise_errors=True)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


main()
