"""Unions can be closed, employers corrected and struck off; what was said before is kept."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_only"), ("unions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="employer",
            name="closed_on",
            field=models.DateField(null=True, verbose_name="注销日期"),
        ),
        migrations.AlterField(
            model_name="employer",
            name="township",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="所属乡镇",
            ),
        ),
        migrations.AlterField(
            model_name="employer",
            name="union",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="unions.union",
                verbose_name="所属工会",
            ),
        ),
        migrations.AddConstraint(
            model_name="union",
            constraint=models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(closed_on__gte=F("founded_on")),
                name="union_closes_after_founding",
            ),
        ),
        migrations.CreateModel(
            name="PastEmployer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="单位名称")),
                (
                    "credit_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                ("industry", models.CharField(blank=True, max_length=40, verbose_name="行业")),
                ("workers", models.PositiveIntegerField(null=True, verbose_name="职工数")),
                ("closed_on", models.DateField(null=True, verbose_name="注销日期")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past",
                        to="unions.employer",
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
                    "township",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                        verbose_name="所属乡镇",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="unions.union",
                        verbose_name="所属工会",
                    ),
                ),
                (
                    "unmade_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.trace",
                        verbose_name="更正痕迹",
                    ),
                ),
            ],
            options={"verbose_name": "单位旧载"},
        ),
    ]
