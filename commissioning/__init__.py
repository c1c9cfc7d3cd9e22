"""The Django project, and the ground that every other part stands on."""

from commissioning.celery import app as celery_app

__all__ = ["celery_app"]
