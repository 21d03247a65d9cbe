"""测试的地基: an installation of its own for every test process, made before Django reads its settings.

The cast (县总工会, 王干事, 陈主席, 外人 and the others) stands in `tests/cast.py`, the check that every deed
leaves exactly one trace in `tests/watch.py`. Both are there in every test of every room.
"""

import os
import shutil
import tempfile
from pathlib import Path

import django
import hypothesis
from django.conf import settings

if settings.configured:
    raise RuntimeError("Unset DJANGO_SETTINGS_MODULE: tests never run on somebody's data")

DATA = Path(tempfile.mkdtemp(prefix="henji-test-"))
os.environ["HENJI_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "henji.settings"
django.setup()
# Processes that run tests beside this one inherit the environment, and must come by here themselves.
del os.environ["DJANGO_SETTINGS_MODULE"]

# How long an example takes says how busy the machine is, and nothing of the rule.
hypothesis.settings.register_profile(
    "henji", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
if hypothesis.settings.get_current_profile_name() == "default":  # and not one of a tool, such as tools.mutate
    hypothesis.settings.load_profile("henji")

pytest_plugins = ["tests.cast", "tests.clearing", "tests.once", "tests.watch"]


def pytest_configure() -> None:
    """Settings for speed, and for a database that several threads and processes can share."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    # Static files are found where they lie; nothing need be collected, and nothing is read at every start.
    settings.WHITENOISE_AUTOREFRESH = True
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        # A file, as in real life: a database in memory knows no two connections that wait for each other.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)
