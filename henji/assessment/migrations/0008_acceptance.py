import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """验收日 becomes a datum; until one is set it is the last day of the year."""

    dependencies = [
        ("assessment", "0007_charges"),
        ("evidence", "0004_papers_append_only"),
        ("unions", "0002_closing_and_correcting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.UUIDField(db_index=True, verbose_name="线号")),
                ("known_from", models.DateTimeField(verbose_name="知悉自")),
                ("known_to", models.DateTimeField(null=True, verbose_name="知悉至")),
                ("source_row", models.IntegerField(null=True, verbose_name="原表行号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("accepts_on", models.DateField(verbose_name="验收日")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="unions.union"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="登记痕迹",
                    ),
                ),
                (
                    "unmade_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="更正痕迹",
                    ),
                ),
            ],
            options={
                "verbose_name": "验收日",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("known_to__isnull", True)),
                        fields=("county", "year"),
                        name="acceptance_once",
                    )
                ],
            },
        ),
    ]
