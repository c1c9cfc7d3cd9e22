from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users and sign-in."""

    name = "commissioning.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what this room holds about people."""
        from commissioning.people import held

        held.register()
