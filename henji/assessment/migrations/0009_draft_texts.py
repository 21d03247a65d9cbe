import hashlib
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_what_stands(apps: Any, _editor: Any) -> None:
    """Every draft's text is the first of its texts."""
    texts = apps.get_model("assessment", "DraftText")
    for draft in apps.get_model("assessment", "StandardDraft").objects.all():
        texts.objects.create(
            draft=draft,
            number=1,
            text_of=1,
            body=draft.body,
            digest=hashlib.sha256(draft.body.encode()).hexdigest(),
            made_by_id=draft.made_by_id,
        )


class Migration(migrations.Migration):
    """草稿历次文本: what a draft said before can be brought back."""

    dependencies = [
        ("assessment", "0008_acceptance"),
        ("evidence", "0004_papers_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几次保存")),
                ("text_of", models.PositiveIntegerField(verbose_name="文本出自第几次")),
                ("body", models.TextField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="assessment.standarddraft",
                    ),
                ),
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
            options={
                "verbose_name": "草稿文本",
                "constraints": [models.UniqueConstraint(fields=("draft", "number"), name="draft_text_once")],
            },
        ),
        migrations.RunPython(keep_what_stands, migrations.RunPython.noop),
    ]
