from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The design system: form renderer, components, the page that shows them."""

    name = "commissioning.design"
    label = "design"
    default_auto_field = "django.db.models.BigAutoField"
