from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users and sign-in."""

    name = "commissioning.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
