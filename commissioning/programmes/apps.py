from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The commissioning cycle: stages, gates, memberships, vision."""

    name = "commissioning.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
