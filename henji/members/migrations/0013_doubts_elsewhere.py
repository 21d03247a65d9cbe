"""Of somebody held elsewhere there is no record here, and yet something to be settled."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_keys_exchanged"),
        ("members", "0012_traces_found"),
        ("unions", "0004_four_clears"),
    ]

    operations = [
        migrations.AddField(
            model_name="doubt",
            name="id_index",
            field=models.CharField(blank=True, max_length=32, verbose_name="身份证号盲索引"),
        ),
        migrations.AddField(
            model_name="doubt",
            name="told_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="所报姓名"),
        ),
        migrations.AlterField(
            model_name="doubt",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("different", "不是同一人"),
                    ("works", "仍在职"),
                    ("mistaken", "不是本县的人，或号码有误"),
                    ("asked", "已请求转入"),
                    ("declined", "对方不同意转出"),
                ],
                max_length=10,
                verbose_name="核定",
            ),
        ),
        migrations.AlterField(
            model_name="doubt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("alike", "同名同手机号，身份证号不同"),
                    ("retired", "到了退休年龄，会籍仍是正常"),
                    ("elsewhere", "身份证号已在其他县（区）登记"),
                ],
                max_length=10,
                verbose_name="疑问",
            ),
        ),
        migrations.AlterField(
            model_name="doubt",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doubts",
                to="members.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="doubt",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "elsewhere"),
                    ("known_to__isnull", True),
                    models.Q(("id_index", ""), _negated=True),
                ),
                fields=("id_index", "county"),
                name="doubt_elsewhere_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="doubt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "elsewhere"), ("person__isnull", True)),
                    models.Q(models.Q(("kind", "elsewhere"), _negated=True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="doubt_about_a_record",
            ),
        ),
    ]
