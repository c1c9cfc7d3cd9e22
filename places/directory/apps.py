from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Places, areas, organisations and their members."""

    name = "places.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
