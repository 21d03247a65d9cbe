from django.db import migrations

import henji.lib.fields
from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_stragglers")]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="title",
            field=henji.lib.fields.ErasableField(max_length=200, verbose_name="标题"),
        ),
        migrations.AlterField(
            model_name="paperfile",
            name="name",
            field=henji.lib.fields.ErasableField(max_length=200, verbose_name="文件名"),
        ),
        *append_only("evidence_paper", erasable="title"),
        *append_only("evidence_paperfile", erasable="name"),
    ]
