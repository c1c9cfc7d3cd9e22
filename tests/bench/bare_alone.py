"""The bare view with nothing around it but what an application in use insists on."""

from tests.bench.bare import *  # noqa: F403

MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
