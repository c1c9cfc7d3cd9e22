from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Participatory budget rounds: register, ballots, count, result."""

    name = "participation.budgeting"
    label = "budgeting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from commissioning.design.front import front_parts
        from participation.budgeting import checks, front, journey, notices, record  # noqa: F401  # checks registers itself

        notices.register()
        journey.register()
        front_parts.register("budgeting", front.front_part)
        record.register()
