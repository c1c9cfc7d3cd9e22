from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls and expressions of interest."""

    name = "participation.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from commissioning.design.front import front_parts
        from commissioning.people.registers import personal_data
        from participation.calls import front, journey, notices, papers, personal

        notices.register()
        papers.register()
        journey.register()
        front_parts.register("calls", front.front_part)
        personal_data.register("expressions", personal.HELD)
