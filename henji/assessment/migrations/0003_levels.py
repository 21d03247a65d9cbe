from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """取值 of levels: an earlier value has none, so nothing that is kept changes."""

    dependencies = [("assessment", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="statedvalue",
            name="levels",
            field=models.JSONField(null=True, verbose_name="各级数目"),
        ),
        migrations.AlterField(
            model_name="statedvalue",
            name="kind",
            field=models.CharField(
                choices=[
                    ("flag", "是或否"),
                    ("count", "数目"),
                    ("ratio", "比率（分子、分母）"),
                    ("points", "得分"),
                    ("level", "等级"),
                    ("tally", "分级数目"),
                ],
                max_length=6,
                verbose_name="取值种类",
            ),
        ),
        migrations.AddConstraint(
            model_name="statedvalue",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=["level", "tally"], levels__isnull=False)
                | (~Q(kind__in=["level", "tally"]) & Q(levels__isnull=True)),
                name="stated_levels_fit",
            ),
        ),
    ]
