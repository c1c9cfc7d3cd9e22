from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Resources: everything that a place has, on a map and a list."""

    name = "places.resources"
    label = "resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from commissioning.people.registers import personal_data
        from places.directory.events import boundaries_changed
        from places.resources import importers, journey, notices, personal, review
        from places.resources.actions.keeping import on_boundaries_changed

        notices.register()
        importers.register()
        journey.register()
        review.register()
        personal_data.register("resources", personal.HELD)
        boundaries_changed.connect(on_boundaries_changed, dispatch_uid="resources")
