import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="evidence.paper",
                verbose_name="更正",
            ),
        ),
        migrations.AlterField(
            model_name="about",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="about", to="evidence.paper"
            ),
        ),
        migrations.AlterField(
            model_name="paperfile",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="evidence.paper"
            ),
        ),
    ]
