from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The decision, by who has the power, and its record."""

    name = "decisions.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from decisions.records import heading, journey, left, notices, papers, who_may

        heading.register()
        notices.register()
        papers.register()
        journey.register()
        left.register()
        who_may.register()
