"""换钥: the key of a closed file may be exchanged for the same key wrapped anew."""

from django.db import migrations

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_erasable_titles")]

    operations = [*append_only("evidence_blob", exchangeable="key")]
