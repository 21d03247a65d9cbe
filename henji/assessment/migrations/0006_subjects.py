from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from yaml import BaseLoader

from henji.evidence.triggers import append_only, opened

LEVELS = [
    ("province", "省总工会"),
    ("city", "市总工会"),
    ("county", "县总工会"),
    ("township", "乡镇（街道）工会"),
    ("sector", "系统（行业）工会"),
    ("primary", "基层工会"),
]


def name_subjects(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Until now the county published every standard, and was scored by it whatever level it named."""
    for name in ("StatedValue", "SignedScore"):
        apps.get_model("assessment", name).objects.update(subject_id=models.F("county_id"))
    standards: Any = apps.get_model("assessment", "PublishedStandard")
    for held in standards.objects.all():
        held.publisher_id = held.county_id
        held.subject_level = BaseLoader(held.body).get_single_data()["subject_level"]
        held.save(update_fields=["publisher", "subject_level"])
    # PostgreSQL alters no table whose rows still wait to be checked.
    editor.connection.check_constraints()


def link(*, null: bool, label: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="unions.union",
        verbose_name=label,
    )


class Migration(migrations.Migration):
    """考核对象: any union may publish a standard, and any union of a county may be scored."""

    dependencies = [
        ("assessment", "0005_targets"),
        ("evidence", "0004_papers_append_only"),
        ("unions", "0002_closing_and_correcting"),
    ]

    operations = [
        opened("assessment_publishedstandard"),
        opened("assessment_signedscore"),
        migrations.AddField("publishedstandard", "publisher", link(null=True, label="发布单位")),
        migrations.AddField(
            "publishedstandard",
            "subject_level",
            models.CharField(choices=LEVELS, default="", max_length=10, verbose_name="考核对象"),
            preserve_default=False,
        ),
        migrations.AddField("signedscore", "subject", link(null=True, label="考核对象")),
        migrations.AddField("statedvalue", "subject", link(null=True, label="考核对象")),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
        migrations.RemoveConstraint("publishedstandard", "standard_version_once"),
        migrations.AlterField(
            "publishedstandard",
            "county",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
            ),
        ),
        migrations.AlterField("publishedstandard", "publisher", link(null=False, label="发布单位")),
        migrations.AddConstraint(
            "publishedstandard",
            models.UniqueConstraint(fields=("publisher", "code", "version"), name="standard_version_once"),
        ),
        migrations.RemoveIndex("signedscore", "signed_county_year"),
        migrations.AlterField("signedscore", "subject", link(null=False, label="考核对象")),
        migrations.AddIndex(
            "signedscore",
            models.Index(fields=["subject", "year", "column"], name="signed_subject_year"),
        ),
        migrations.RemoveIndex("statedvalue", "stated_part"),
        migrations.AlterField("statedvalue", "subject", link(null=False, label="考核对象")),
        migrations.AddIndex(
            "statedvalue", models.Index(fields=["subject", "standard", "part"], name="stated_part")
        ),
        *append_only("assessment_publishedstandard"),
        *append_only("assessment_signedscore"),
        migrations.CreateModel(
            name="StandardDraft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("body", models.TextField(verbose_name="内容")),
                ("updated_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "county",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                    ),
                ),
                ("publisher", link(null=False, label="单位")),
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
            options={"verbose_name": "标准草稿"},
        ),
    ]
