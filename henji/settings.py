"""Settings. Everything that a person must keep lies under one folder, HENJI_DATA."""

import contextlib
import os
import secrets
import tempfile
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from henji.lib.xlsx_package import Limits

CODE = Path(__file__).resolve().parent
HOME = CODE.parent

DATA = Path(os.environ.get("HENJI_DATA") or HOME / "var").resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
with contextlib.suppress(PermissionError):
    DATA.chmod(0o700)  # also where the folder was there before
BLOBS = DATA / "blobs"
KEYRING = DATA / "keys" / "ring.json"
#: Signs what a member's card shows to a merchant.
CARD_KEY = DATA / "keys" / "cards.key"

#: 演示: an installation of its own, under a banner, never mixed with real data.
DEMO = os.environ.get("HENJI_DEMO") == "1"
DEMO_DAY = date(2016, 12, 20) if DEMO else None


def _kept_secret() -> str:
    path = DATA / "keys" / "secret"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        # Written aside and linked into place: a full disk or a second process leaves no half secret.
        draft = path.with_name(f".secret.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


SECRET_KEY = os.environ.get("HENJI_SECRET") or _kept_secret()
DEBUG = os.environ.get("HENJI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("HENJI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
#: Behind TLS: cookies that never travel in the clear.
TLS = os.environ.get("HENJI_TLS") == "1"
#: The header in which our own proxy, and nobody else, tells whence a request comes, such as X-Real-IP.
TRUSTED_PROXY = os.environ.get("HENJI_TRUSTED_PROXY", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "django_q",
    "axes",
    "csp",
    "henji.evidence",
    "henji.unions",
    "henji.accounts",
    "henji.work",
    "henji.members",
    "henji.mutual_aid",
    "henji.assessment",
    "henji.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "henji.lib.nul.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "henji.lib.tongues.as_chosen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "henji.accounts.middleware.reach_once",
    "henji.web.middleware.RefusalsInWords",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "henji.urls"
WSGI_APPLICATION = "henji.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CODE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["henji.lib.tags", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "henji.web.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "henji.lib.forms.Renderer"

if DEMO:
    # The demonstration keeps a database of its own, whatever the real installation uses.
    os.environ.pop("DATABASE_URL", None)
DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{DATA / 'henji.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Longer than a million rows take to become part of the record.
        "timeout": 45,
        # Large pages: a roster is written in a twelfth less time. A database keeps those it was made with.
        # Recursive triggers: without them REPLACE would take rows away past the triggers that refuse it.
        "init_command": "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
        " PRAGMA cache_size=-65536;",
    }
else:
    # To compile a statement takes PostgreSQL longer than any of ours runs.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "web:workbench"
LOGOUT_REDIRECT_URL = "accounts:login"

#: A one-time password that nobody has used by then opens nothing any more.
ONE_TIME_PASSWORD_DAYS = 7

AXES_HANDLER = "henji.accounts.lockout.Handler"
AXES_CLIENT_IP_CALLABLE = "henji.lib.doors.address_of"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
# `next` may hold an address with what somebody searched for.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next", "q", "old", "password", "again"]

#: Thirty minutes without a click end a session.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Cookies do not know ports: the demonstration beside the real installation needs names of its own.
SESSION_COOKIE_NAME = "henji_demo_session" if DEMO else "henji_session"
CSRF_COOKIE_NAME = "henji_demo_csrf" if DEMO else "henji_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
#: Chinese stands in the source; each other language has a catalogue.
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [CODE / "locale"]
LANGUAGE_COOKIE_NAME = "henji_demo_language" if DEMO else "henji_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = TLS
TIME_ZONE = os.environ.get("HENJI_TZ", "Asia/Shanghai")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "build" / "static"
STATICFILES_DIRS = [CODE / "static", HOME / "assets"]
ICONS = HOME / "assets" / "icons" / "outline"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

#: The most rows that a workbook may have. Memory follows: about 1 kB for each, while it is imported.
IMPORT_LIMITS = Limits.of_rows(int(os.environ.get("HENJI_IMPORT_ROWS", "300000")))
#: The largest file that may be handed in, in bytes.
UPLOAD_LIMIT = IMPORT_LIMITS.file_bytes
FILE_UPLOAD_HANDLERS = [
    "henji.lib.uploads.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = DATA / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
# Workbooks being written lie in clear for a moment; they too stay under the guarded folder.
tempfile.tempdir = str(FILE_UPLOAD_TEMP_DIR)
#: So many files may be handed in at once; what sends many more is no browser of ours.
UPLOAD_MOST_FILES = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
#: A list of five thousand people sends a box to tick and an amount for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_100

Q_CLUSTER = {
    "name": "henji",
    "orm": "default",
    "workers": 1,
    "poll": 0.5,
    "timeout": 3600,
    "retry": 3700,
    "catch_up": False,
    "save_limit": 200,
    "label": "Django Q",
}

DJANGO_TABLES2_TEMPLATE = "components/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
