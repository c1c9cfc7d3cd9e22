"""The live process: server-sent events."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")

application = get_asgi_application()
