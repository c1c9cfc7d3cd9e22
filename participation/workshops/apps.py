from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Vision workshops: a live room that ends in a shared vision."""

    name = "participation.workshops"
    label = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from participation.workshops import (
            evidence,
            journey,
            live,
            notices,
            papers,
            personal,
            record,
            stood,
        )
        from participation.workshops.activities import register

        register.register()
        live.register()
        notices.register()
        journey.register()
        record.register()
        papers.register()
        evidence.register()
        personal.register()
        stood.register()
