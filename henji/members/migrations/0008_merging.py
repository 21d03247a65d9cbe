"""Records of one person that were put together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_stragglers"),
        ("members", "0007_row_conflicts"),
        ("unions", "0003_organisation_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("known_from", models.DateTimeField(verbose_name="知悉自")),
                ("known_to", models.DateTimeField(null=True, verbose_name="知悉至")),
                ("source_row", models.IntegerField(null=True, verbose_name="原表行号")),
                ("line", models.UUIDField(verbose_name="线号")),
                ("id_index", models.CharField(max_length=32, verbose_name="身份证号盲索引")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="unions.union"
                    ),
                ),
                (
                    "folded",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folds",
                        to="members.person",
                        verbose_name="并入的记录",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folded_in",
                        to="members.person",
                        verbose_name="保留的记录",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="登记痕迹",
                    ),
                ),
                (
                    "unmade_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="更正痕迹",
                    ),
                ),
            ],
            options={
                "verbose_name": "合并",
                "indexes": [
                    models.Index(
                        condition=models.Q(("known_to__isnull", True)),
                        fields=["id_index"],
                        name="merger_id_index",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("known_to__isnull", True)), fields=("folded",), name="folded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("folded")), _negated=True),
                        name="folded_into_another",
                    ),
                ],
            },
        ),
    ]
