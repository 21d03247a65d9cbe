"""Questions about records."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_stragglers"),
        ("members", "0010_card_codes"),
        ("unions", "0004_four_clears"),
    ]

    operations = [
        migrations.CreateModel(
            name="Doubt",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("alike", "同名同手机号，身份证号不同"),
                            ("retired", "到了退休年龄，会籍仍是正常"),
                        ],
                        max_length=8,
                        verbose_name="疑问",
                    ),
                ),
                ("retirement", models.CharField(blank=True, max_length=20, verbose_name="退休年龄")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("different", "不是同一人"), ("works", "仍在职")],
                        max_length=10,
                        verbose_name="核定",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="unions.union"
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
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="另一条记录",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubts",
                        to="members.person",
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
                "verbose_name": "冲突待核",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("known_to__isnull", True)), fields=("line",), name="doubt_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "alike"), ("known_to__isnull", True)),
                        fields=("person", "other"),
                        name="doubt_alike_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "retired"), ("known_to__isnull", True)),
                        fields=("person", "retirement"),
                        name="doubt_retired_once",
                    ),
                ],
            },
        ),
    ]
