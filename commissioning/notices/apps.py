from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox: what people are told, never lost and never sent twice."""

    name = "commissioning.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show on a person's page what they are e-mailed about, and what is held for it."""
        from commissioning.notices import held

        held.register()
