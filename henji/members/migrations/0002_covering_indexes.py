"""The indexes by which members are counted and listed hold all that is asked for."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="membership", name="membership_county_person"),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                fields=["county", "person", "start_on", "end_on", "known_to", "union", "employer"],
                condition=Q(known_to__isnull=True),
                name="membership_county_person",
            ),
        ),
        migrations.RemoveIndex(model_name="particulars", name="particulars_name"),
        migrations.AddIndex(
            model_name="particulars",
            index=models.Index(
                fields=["county", "known_to", "name", "person"],
                condition=Q(known_to__isnull=True),
                name="particulars_name",
            ),
        ),
    ]
