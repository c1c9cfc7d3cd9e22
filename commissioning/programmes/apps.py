from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The commissioning cycle: stages, gates, memberships, vision."""

    name = "commissioning.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the registries what this room shows, sends and holds about people."""
        from commissioning.design.front import front_parts
        from commissioning.notices.kinds import kinds
        from commissioning.people.registers import demo_roles, person_panels, personal_data
        from commissioning.programmes import front, notices, panels, parts, personal
        from commissioning.programmes.journey import stage_parts
        from places.directory.panels import organisation_panels, place_panels

        front_parts.register("programmes", front.front_part)
        stage_parts.register("vision", parts.VISION_PART)
        kinds.register("programmes.invited", notices.INVITED)
        kinds.register("programmes.endorse", notices.ENDORSE)
        person_panels.register("programmes", personal.PANEL)
        personal_data.register("programmes", personal.HELD)
        demo_roles.register("programmes", personal.describe_demo_people)
        place_panels.register("programmes", panels.PLACE_PANEL)
        organisation_panels.register("programmes", panels.ORGANISATION_PANEL)
