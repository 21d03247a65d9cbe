"""A transaction of its own: PostgreSQL alters no table in one that has filled its foreign keys."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0005_heads_by_union"),
    ]

    operations = [
        migrations.AlterField(
            model_name="knownhead",
            name="union",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="来表工会",
            ),
        ),
        migrations.AddConstraint(
            model_name="knownhead",
            constraint=models.UniqueConstraint(fields=("union", "kind", "head"), name="known_head_once"),
        ),
    ]
