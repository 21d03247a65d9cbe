"""Rows that put a member under another union, and what is asked about them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mutual_aid", "0011_giving"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stagedbankline",
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
        migrations.AlterField(
            model_name="stageddonation",
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
        migrations.AlterField(
            model_name="stagedpayment",
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
