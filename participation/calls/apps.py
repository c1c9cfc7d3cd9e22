from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls and expressions of interest."""

    name = "participation.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"
