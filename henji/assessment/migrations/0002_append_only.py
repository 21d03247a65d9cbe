from django.db import migrations

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [*append_only("assessment_publishedstandard"), *append_only("assessment_signedscore")]
