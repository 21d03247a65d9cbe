from django.db import migrations

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = append_only("evidence_trace")
