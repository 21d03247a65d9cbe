import django.db.models.deletion
from django.db import migrations, models

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_keys_exchanged"),
        ("mutual_aid", "0006_ledger_opening"),
        ("unions", "0004_four_clears"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchemeDraft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=130, verbose_name="名称")),
                ("text", models.TextField(verbose_name="内容")),
                ("updated_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                        verbose_name="单位",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="保存痕迹",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案草稿",
            },
        ),
        migrations.CreateModel(
            name="PublishedScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="代号")),
                ("version", models.CharField(max_length=20, verbose_name="版本")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("text", models.TextField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("valid_from", models.DateField(verbose_name="生效日")),
                ("valid_to", models.DateField(verbose_name="失效日（含当日）")),
                ("counted_on", models.CharField(max_length=20)),
                ("gifts", models.CharField(max_length=20)),
                ("collected", models.CharField(max_length=30)),
                ("published_at", models.DateTimeField(verbose_name="发布时间")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                        verbose_name="单位",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="发布痕迹",
                    ),
                ),
            ],
            options={
                "verbose_name": "救助方案",
                "indexes": [
                    models.Index(fields=["county", "valid_from", "valid_to"], name="scheme_in_force")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("county", "code", "version"), name="scheme_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                        name="scheme_valid_forwards",
                    ),
                ],
            },
        ),
        *append_only("mutual_aid_publishedscheme"),
    ]
