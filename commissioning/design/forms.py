"""The form renderer: every field in the design system's markup."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms from our own templates."""
