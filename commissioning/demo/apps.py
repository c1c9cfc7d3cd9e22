from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo place: fictional, and rich enough to judge every page by."""

    name = "commissioning.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
