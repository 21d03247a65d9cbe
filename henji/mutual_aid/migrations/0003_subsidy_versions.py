from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mutual_aid", "0002_versions")]

    operations = [
        migrations.AlterField(
            model_name="subsidy",
            name="line",
            field=models.UUIDField(db_index=True, verbose_name="线号"),
        ),
        migrations.AlterField(
            model_name="subsidy",
            name="known_from",
            field=models.DateTimeField(verbose_name="知悉自"),
        ),
        migrations.RemoveConstraint(model_name="subsidy", name="subsidy_voucher_once"),
        migrations.AddConstraint(
            model_name="subsidy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)), fields=("line",), name="subsidy_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("county", "voucher"),
                name="subsidy_voucher_once",
            ),
        ),
    ]
