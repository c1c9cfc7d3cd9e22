from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls and expressions of interest."""

    name = "participation.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from participation.calls import journey, notices, papers

        notices.register()
        papers.register()
        journey.register()
