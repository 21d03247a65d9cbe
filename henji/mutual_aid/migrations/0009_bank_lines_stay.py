"""What the bank said stays as it said it."""

from django.db import migrations

from henji.evidence.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("mutual_aid", "0008_bank_lines")]

    operations = append_only("mutual_aid_bankline", erasable="words")
