from django.apps import AppConfig


class WitnessesConfig(AppConfig):
    """Sends the head of the manifest of issued documents to people who are no part of us.

    A room of its own because it joins documents and notices, which do not know each other.
    """

    name = "commissioning.witnesses"
    label = "witnesses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what witnesses are told."""
        from commissioning.notices.kinds import Kind, kinds
        from commissioning.witnesses.head import head_of

        kinds.register("witnesses.head", Kind(template="witnesses/notices/head", context=head_of))
