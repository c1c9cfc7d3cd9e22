from django.apps import AppConfig


class CostsConfig(AppConfig):
    """What each way of choosing costs, and whom."""

    name = "decisions.costs"
    label = "costs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from decisions.costs import evidence, left, panels

        evidence.register()
        left.register()
        panels.register()
