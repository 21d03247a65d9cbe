from typing import Any

from django.db import migrations, models


def days_run_from_when_they_were_given(apps: Any, _editor: Any) -> None:
    """A one-time password given before counts from the latest deed that gave it."""
    user, trace = apps.get_model("accounts", "User"), apps.get_model("evidence", "Trace")
    giving = ("accounts.account_opened", "accounts.password_reset")
    for held in user.objects.filter(must_change_password=True):
        given = trace.objects.filter(
            subject_kind="accounts.user", subject_id=str(held.pk), deed__in=giving
        ).order_by("-at")
        held.password_given_at = given.values_list("at", flat=True).first()
        held.save(update_fields=["password_given_at"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("evidence", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_given_at",
            field=models.DateTimeField(null=True, verbose_name="一次性密码发放时间"),
        ),
        migrations.RunPython(days_run_from_when_they_were_given, migrations.RunPython.noop),
    ]
