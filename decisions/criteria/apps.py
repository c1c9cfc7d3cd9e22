from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """Criteria: how bids or assessed grants are judged, where they are."""

    name = "decisions.criteria"
    label = "criteria"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from decisions.criteria import left, panels, paper

        left.register()
        panels.register()
        paper.register()
