from django.apps import AppConfig


class GroundConfig(AppConfig):
    """What every part stands on; no tables of its own."""

    name = "commissioning.ground"
    label = "ground"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the deploy checks known."""
        from commissioning.ground import checks  # noqa: F401
