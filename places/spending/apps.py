from django.apps import AppConfig


class SpendingConfig(AppConfig):
    """Spending: how all the money is spent now, behind the gate."""

    name = "places.spending"
    label = "spending"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from places.spending import importers, journey, papers

        importers.register()
        journey.register()
        papers.register()
