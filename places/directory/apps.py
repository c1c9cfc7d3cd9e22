from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Places, areas, organisations and their members."""

    name = "places.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the registries what this room sends, shows and holds about people."""
        from commissioning.notices.kinds import kinds
        from commissioning.people.registers import person_panels, personal_data
        from places.directory import notices, personal

        kinds.register("directory.invited", notices.INVITED)
        kinds.register("directory.asks_to_join", notices.ASKS_TO_JOIN)
        kinds.register("directory.join_answered", notices.JOIN_ANSWERED)
        person_panels.register("organisations", personal.PANEL)
        personal_data.register("organisations", personal.HELD)
