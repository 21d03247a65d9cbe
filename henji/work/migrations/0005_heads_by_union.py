"""Heads are remembered by the union that a file comes from; so far that was everywhere the county."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def the_county_said_so(apps: Any, _schema: Any) -> None:
    known = apps.get_model("work", "KnownHead").objects.all()
    known.update(union=models.F("county"))


class Migration(migrations.Migration):
    dependencies = [
        ("unions", "0004_four_clears"),
        ("work", "0004_matched_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="sender",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="来表工会",
            ),
        ),
        migrations.RemoveConstraint(model_name="knownhead", name="known_head_once"),
        migrations.AddField(
            model_name="knownhead",
            name="union",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="来表工会",
            ),
        ),
        migrations.RunPython(the_county_said_so, migrations.RunPython.noop),
    ]
