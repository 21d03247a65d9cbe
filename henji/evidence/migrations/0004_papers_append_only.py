from django.db import migrations

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_paper_corrections")]

    operations = [
        *append_only("evidence_paper"),
        *append_only("evidence_paperfile"),
        *append_only("evidence_about"),
        *append_only("evidence_blob", erasable="key"),
    ]
