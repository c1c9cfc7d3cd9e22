from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Questions: what we are deciding, for whom, and towards which outcomes."""

    name = "decisions.questions"
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of lower rooms; no query is made."""
        from decisions.questions import evidence, journey, left, plan_paper

        evidence.register()
        journey.register()
        left.register()
        plan_paper.register()
