"""The application's settings as in production, with the bare view beside its pages."""

from commissioning.settings import *  # noqa: F403

DEBUG = False
TESTING = True  # a production start asks for mail and a public address
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.bench.bare_urls"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
