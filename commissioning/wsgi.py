"""The web process: pages and forms."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")

application = get_wsgi_application()

from commissioning.ground.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
