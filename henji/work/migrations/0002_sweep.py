from django.apps.registry import Apps
from django.db import migrations

NAME = "henji sweep"


def schedule(apps: Apps, _schema: object) -> None:
    """Jobs whose worker died are looked for every minute."""
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "henji.work.jobs.sweep",
            "kwargs": "q_options={'save': False}",
            "schedule_type": "I",
            "minutes": 1,
            "repeats": -1,
        },
    )


def unschedule(apps: Apps, _schema: object) -> None:
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(schedule, unschedule)]
