"""Template tags of workshops: ``{% load workshops %}``."""

from django import template

from participation.workshops.activities.base import kinds

register = template.Library()


@register.filter
def record_template(kind: str) -> str:
    """The part of the paper record that a kind of activity draws."""
    return kinds[kind].record_template
