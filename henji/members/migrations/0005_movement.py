"""Standings, turns and transfers of memberships."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0004_papers_append_only"),
        ("members", "0004_derived_columns"),
        ("unions", "0002_closing_and_correcting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
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
                ("membership", models.UUIDField(verbose_name="会籍")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "待接收"),
                            ("accepted", "已接收"),
                            ("refused", "未接收"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="进度",
                    ),
                ),
                ("released_on", models.DateField(verbose_name="转出日期")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
            ],
            options={
                "verbose_name": "会籍转移",
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="began_by",
            field=models.CharField(
                choices=[
                    ("joined", "入会"),
                    ("back", "重新入会"),
                    ("moved", "转移"),
                    ("standing", "会籍状态变化"),
                    ("left", "退会"),
                    ("expelled", "除名"),
                    ("died", "去世"),
                ],
                db_default="joined",
                default="joined",
                max_length=8,
                verbose_name="始于",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="ended_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("joined", "入会"),
                    ("back", "重新入会"),
                    ("moved", "转移"),
                    ("standing", "会籍状态变化"),
                    ("left", "退会"),
                    ("expelled", "除名"),
                    ("died", "去世"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="止于",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="standing",
            field=models.CharField(
                choices=[
                    ("working", "正常"),
                    ("retired", "退休保留会籍"),
                    ("unemployed", "失业保留会籍"),
                    ("kept", "保留会籍"),
                ],
                db_default="working",
                default="working",
                max_length=10,
                verbose_name="会籍状态",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(
                    ("known_to__isnull", True), models.Q(("standing", "working"), _negated=True)
                ),
                fields=["county", "standing"],
                name="membership_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_by", ""), ("end_on__isnull", False), _connector="OR"),
                name="membership_ended_on_a_day",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.employer",
                verbose_name="接收单位",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="from_county",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="from_union",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="转出工会",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.trace",
                verbose_name="登记痕迹",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="members.person"
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="to_county",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="to_union",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="接收工会",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="unmade_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.trace",
                verbose_name="更正痕迹",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("known_to__isnull", True)),
                fields=["from_county", "stage", "released_on"],
                name="transfer_from",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("known_to__isnull", True)),
                fields=["to_county", "stage", "released_on"],
                name="transfer_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True), ("stage", "open")),
                fields=("person",),
                name="transfer_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)), fields=("line",), name="transfer_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on__isnull", True), ("stage", "open")),
                    models.Q(models.Q(("stage", "open"), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="transfer_answered_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True),
                    ("answered_on__gte", models.F("released_on")),
                    _connector="OR",
                ),
                name="transfer_answered_after_release",
            ),
        ),
    ]
