"""The Celery application; the schedule lives in code."""

import os
import warnings
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")

# Said at each start on a machine where one is root anyway; the image has a user of its own.
warnings.filterwarnings("ignore", message="(?s).*superuser privileges")

app = Celery("commissioning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # The outbox is in the database: what Redis lost is found here within a minute.
    "sweep the outbox": {
        "task": "notices.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "sweep documents": {
        "task": "documents.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "forget old copies of documents": {"task": "documents.forget", "schedule": 3600.0},
    "tell witnesses the head of the manifest": {
        "task": "witnesses.tell_head",
        "schedule": crontab(hour="7", minute="0"),
    },
    "forget old notices": {"task": "notices.forget", "schedule": 3600.0},
    "open calls whose time has come": {"task": "calls.open_due", "schedule": 60.0},
    "remind of calls that close soon": {"task": "calls.remind_of_close", "schedule": 3600.0},
    "forget contacts and files of old expressions": {"task": "calls.forget", "schedule": 86400.0},
    "chase feedback that is owed": {"task": "calls.chase_feedback", "schedule": 3600.0},
    "close votes whose time is up": {"task": "budgeting.sweep", "schedule": 60.0},
    "forget sheets of cards and old registers": {"task": "budgeting.forget", "schedule": 3600.0},
    "remind of resources to look at again": {
        "task": "resources.remind",
        "schedule": crontab(hour="8", minute="10"),
    },
    "decisions that nobody called in take effect": {
        "task": "records.take_effect",
        "schedule": 3600.0,
    },
    "forget what was said and left in workshops": {"task": "workshops.forget", "schedule": 86400.0},
    "sweep imports": {
        "task": "imports.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "go on with rehearsals, and wipe old ones": {
        "task": "workshops.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "forget files long imported": {"task": "imports.forget", "schedule": 3600.0},
    "forget codes, sessions and who asked for it": {"task": "people.forget", "schedule": 3600.0},
}


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Leave logging as the settings made it: Celery's own would print what tasks were given."""


@signals.celeryd_init.connect
def refuse_unsafe_worker(**_: Any) -> None:
    """A worker in production starts only with the secrets that its tasks need."""
    from commissioning.ground.checks import refuse_unsafe_start

    try:
        refuse_unsafe_start(worker=True)
    except ImproperlyConfigured as error:
        # Celery logs what a receiver raises and goes on: only leaving stops the worker.
        raise SystemExit(str(error)) from error
