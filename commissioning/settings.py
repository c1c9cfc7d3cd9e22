"""Settings. They compute addresses and read the environment; they start nothing.

With no ``DATABASE_URL`` and ``REDIS_URL`` the embedded servers' addresses are used
(``commissioning/embedded.py``), with secrets that the supervisor generated into ``var/``.
What production must set is checked by ``commissioning.ground.checks``, so that commands that need
no database (``recount``, ``makemigrations``) run anywhere.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from redis.backoff import NoBackoff
from redis.retry import Retry

from commissioning import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = env.path("VAR_DIR", default=str(BASE_DIR / "var"))
VAR_DIR = Path(str(VAR_DIR))
EMBEDDED = not (env.str("DATABASE_URL", "") and env.str("REDIS_URL", ""))
_addresses = embedded.addresses(VAR_DIR)

# On somebody's own machine: sign-ins of the demo, the mailbox, no HTTPS. Whoever names a database
# has people's data: forgetting REDIS_URL must not open that to them.
LOCAL = env.bool("LOCAL", default=not env.str("DATABASE_URL", ""))
# Django's own pages of errors, for who works on the code.
DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules
SECRET_KEY = env.str("SECRET_KEY", _addresses.secret_key if EMBEDDED else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if LOCAL else [])
SITE_URL = env.str("SITE_URL", _addresses.site_url if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

# Secrets of the vote and of sealed records: from the environment or key files only.
VOTE_PEPPER = env.str("VOTE_PEPPER", _addresses.vote_pepper if EMBEDDED else "")
BALLOT_KEY_DIR = Path(env.str("BALLOT_KEY_DIR", str(VAR_DIR / "ballot-keys") if EMBEDDED else ""))
RECORD_SIGNING_KEY = env.str("RECORD_SIGNING_KEY", _addresses.signing_key if EMBEDDED else "")
# People outside who are mailed the head of the manifest every day: they can show back-dating.
RECORD_WITNESSES = env.list("RECORD_WITNESSES", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "anymail",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "template_partials",
    "commissioning.ground",
    "commissioning.design",
    "commissioning.live",
    "commissioning.people",
    "commissioning.notices",
    "commissioning.documents",
    "commissioning.witnesses",
    "places.directory",
    "commissioning.programmes",
    "places.imports",
    "decisions.questions",
    "places.resources",
    "places.spending",
    "decisions.criteria",
    "participation.workshops",
    "participation.calls",
    "participation.budgeting",
    "decisions.trees",
    "decisions.costs",
    "decisions.records",
    "commissioning.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages; not streams, and not the answers to saved ballots (both say how they are encoded).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "commissioning.design.language.TranslatedPagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commissioning.people.kept.KeptFormMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "commissioning.ground.middleware.HistoryMiddleware",
    "commissioning.ground.middleware.AnswersMiddleware",
    "participation.workshops.wiped.RehearsalOverMiddleware",
]

ROOT_URLCONF = "commissioning.urls"
WSGI_APPLICATION = "commissioning.wsgi.application"
ASGI_APPLICATION = "commissioning.asgi.application"

FORM_RENDERER = "commissioning.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commissioning.design.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "commissioning.design.templatetags.design",
                "commissioning.programmes.templatetags.money",
            ],
        },
    }
]

# Two roles on one database: the app role cannot switch a trigger off or truncate a table; the
# owner migrates. ``migrate`` (our override) and the tests' clean-up are the owner's only users.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=_addresses.database_url)
    | {
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "pool": {
                "min_size": 0,
                "max_size": env.int("DATABASE_POOL_SIZE", default=12),
                "timeout": 10,
            },
        },
    }
}
DATABASE_OWNER_URL = env.str(
    "DATABASE_OWNER_URL",
    _addresses.owner_url if EMBEDDED else env.str("DATABASE_URL", ""),
)

REDIS_URL = env.str("REDIS_URL", "") or _addresses.redis_url
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        # No address and no code may stand in a key: whoever lists Redis reads digests.
        "KEY_FUNCTION": "commissioning.ground.digests.cache_key",
        # Whoever waits for a page does not wait for Redis to come back.
        "OPTIONS": {"retry": Retry(NoBackoff(), 0), "socket_connect_timeout": 1},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_TIME_LIMIT = 900
# Just above the longest task, so that a killed worker's tasks come back in minutes, not in an hour.
# One try: whoever waits for a page does not wait for a Redis that is down. What is not queued stays
# in the database, where the sweepers find it; workers connect again by Celery's own loop.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 960,
    "global_keyprefix": "celery:",
    "max_retries": 0,
    "interval_start": 0,
    "socket_connect_timeout": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["commissioning.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Uploads are never at a guessable address: only views that ask a rule hand them out.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("MEDIA_ROOT", str(VAR_DIR / "media")), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if LOCAL or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = LOCAL
# Look for a file when it is asked for: each new client of a test would read all of them first.
WHITENOISE_AUTOREFRESH = LOCAL or TESTING
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Hosts of an intranet ("open-data.intranet:443") that imports may fetch from, although they are
# not on the public internet. None, unless named.
IMPORTS_MAY_FETCH_FROM = env.list("IMPORTS_MAY_FETCH_FROM", default=[])

EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "commissioning.notices.mailbox.EmailBackend"
EMAIL_TIMEOUT = 20  # seconds; a mail server that does not answer must not hold a worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Collaborative Commissioning <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# E-mail addresses are unique whatever their case, by a constraint on lower(email).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

HTTPS = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and not LOCAL else None
SECURE_SSL_REDIRECT = not LOCAL
# Asked from beside the process, without the front that brings HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commissioning.design.views.csrf_failure"
LANGUAGE_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
# Where map tiles come from ("https://tiles.example.org/{z}/{x}/{y}.png"), and whom they thank. None
# by default: maps are drawn from the places' own boundaries, and nothing is fetched from outside.
MAP_TILES_URL = env.str("MAP_TILES_URL", "")
MAP_TILES_CREDIT = env.str("MAP_TILES_CREDIT", "")
_tiles = urlsplit(MAP_TILES_URL)
_TILES = [f"{_tiles.scheme}://{_tiles.netloc.replace('{s}', '*')}"] if MAP_TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_TILES],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

from commissioning.logs import LOGGING  # noqa: E402, F401
from commissioning.people.sign_in import *  # noqa: E402, F403
