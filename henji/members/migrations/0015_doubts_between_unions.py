"""Rows that put a member under another union, and what is asked about them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0008_exports"),
        ("members", "0014_staged_standing"),
        ("unions", "0004_four_clears"),
    ]

    operations = [
        migrations.AddField(
            model_name="doubt",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.employer",
                verbose_name="名册上的单位",
            ),
        ),
        migrations.AddField(
            model_name="doubt",
            name="from_union",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="在册工会",
            ),
        ),
        migrations.AddField(
            model_name="doubt",
            name="to_union",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="名册上的工会",
            ),
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
                    ("stays", "没有转移，仍在原工会"),
                    ("moved", "已转移"),
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
                    ("union", "名册写的工会与在册不同"),
                ],
                max_length=10,
                verbose_name="疑问",
            ),
        ),
        migrations.AlterField(
            model_name="stagedcardreturn",
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
            model_name="stagedmember",
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
        migrations.AddConstraint(
            model_name="doubt",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "union"),
                    ("known_to__isnull", True),
                    models.Q(("answer", "moved"), _negated=True),
                ),
                fields=("person", "from_union", "to_union"),
                name="doubt_union_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="doubt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "union"), _negated=True),
                    models.Q(("from_union__isnull", False), ("to_union__isnull", False)),
                    _connector="OR",
                ),
                name="doubt_between_unions",
            ),
        ),
    ]
