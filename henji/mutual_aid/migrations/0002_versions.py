import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models

from henji.lib import ids

TERMS = ("name", "collects_from", "collects_to", "aid_from", "aid_to", "counted_on")


def begin(apps: Apps, _schema: object) -> None:
    """What is there becomes the first version: known since the trace that made it."""
    drives = apps.get_model("mutual_aid", "Drive").objects.select_related("made_by")
    apps.get_model("mutual_aid", "DriveVersion").objects.bulk_create(
        apps.get_model("mutual_aid", "DriveVersion")(
            line=ids.new(drive.made_by.at),
            county_id=drive.county_id,
            drive=drive,
            made_by=drive.made_by,
            known_from=drive.made_by.at,
            **{name: getattr(drive, name) for name in TERMS},
        )
        for drive in drives
    )
    for subsidy in apps.get_model("mutual_aid", "Subsidy").objects.select_related("made_by"):
        subsidy.line, subsidy.known_from = ids.new(subsidy.made_by.at), subsidy.made_by.at
        subsidy.save(update_fields=["line", "known_from"])


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_append_only"),
        ("unions", "0001_initial"),
        ("mutual_aid", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DriveVersion",
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
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("collects_from", models.DateField(verbose_name="募集开始")),
                ("collects_to", models.DateField(verbose_name="募集截止（含当日）")),
                ("aid_from", models.DateField(verbose_name="救助期开始")),
                ("aid_to", models.DateField(verbose_name="救助期截止（含当日）")),
                ("counted_on", models.DateField(verbose_name="会员数统计日")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="unions.union"
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="mutual_aid.drive",
                        verbose_name="活动",
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
                "verbose_name": "一日捐活动版本",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("collects_to__gte", models.F("collects_from"))),
                        name="driveversion_collects_forwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aid_to__gte", models.F("aid_from"))),
                        name="driveversion_aids_forwards",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("known_to__isnull", True)),
                        fields=("drive",),
                        name="drive_version_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="subsidy",
            name="line",
            field=models.UUIDField(null=True, verbose_name="线号"),
        ),
        migrations.AddField(
            model_name="subsidy",
            name="known_from",
            field=models.DateTimeField(null=True, verbose_name="知悉自"),
        ),
        migrations.AddField(
            model_name="subsidy",
            name="known_to",
            field=models.DateTimeField(null=True, verbose_name="知悉至"),
        ),
        migrations.AddField(
            model_name="subsidy",
            name="source_row",
            field=models.IntegerField(null=True, verbose_name="原表行号"),
        ),
        migrations.AddField(
            model_name="subsidy",
            name="unmade_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.trace",
                verbose_name="更正痕迹",
            ),
        ),
        # The last one: PostgreSQL alters no table whose rows were written in the same transaction.
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
