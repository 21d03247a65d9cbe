"""名单导出: what left the house as a workbook stays on record."""

import django.db.models.deletion
from django.db import migrations, models

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_keys_exchanged")]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("county", models.BigIntegerField(db_index=True, verbose_name="县总工会")),
                ("title", models.CharField(max_length=100, verbose_name="名单")),
                ("page", models.TextField(verbose_name="页面")),
                ("conditions", models.JSONField(default=list, verbose_name="条件")),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                (
                    "made_by",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                    ),
                ),
            ],
            options={"verbose_name": "名单导出"},
        ),
        *append_only("evidence_export"),
    ]
