from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Resources: everything that a place has, on a map and a list."""

    name = "places.resources"
    label = "resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
