from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Server-sent events."""

    name = "commissioning.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"
