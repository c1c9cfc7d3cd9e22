from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports: one flow for every format that a place brings in."""

    name = "places.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from commissioning.people.registers import personal_data
        from places.imports import personal, ways_in

        ways_in.register()
        personal_data.register("imports", personal.HELD)
