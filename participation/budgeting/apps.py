from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Participatory budget rounds: register, ballots, count, result."""

    name = "participation.budgeting"
    label = "budgeting"
    default_auto_field = "django.db.models.BigAutoField"
