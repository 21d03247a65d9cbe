"""Rows that put a member under another union, and what is asked about them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0003_row_conflicts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stagedemployer",
            name="conflict",
            field=models.CharField(
                blank=True,
                choices=[
                    ("elsewhere", "身份证号在别处登记"),
                    ("twice", "表内同一身份证号"),
                    ("alike", "同名同手机号，身份证号不同"),
                    ("union", "所属工会不同"),
                ],
                max_length=10,
                verbose_name="冲突",
            ),
        ),
    ]
