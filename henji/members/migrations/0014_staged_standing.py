"""In which standing a staged membership is to be written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0013_doubts_elsewhere"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedmember",
            name="standing",
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
