from django.apps import AppConfig


class TreesConfig(AppConfig):
    """Decision trees, the place's own rules, and the walks of a tree."""

    name = "decisions.trees"
    label = "trees"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from decisions.trees import (
            circumstances,
            heading,
            left,
            live,
            notices,
            panels,
            paper,
            present,
        )

        circumstances.register()
        heading.register()
        left.register()
        live.register()
        notices.register()
        panels.register()
        paper.register()
        present.register()
