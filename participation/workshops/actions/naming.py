"""Words that are taken down or back are gone from the names of themes too.

A suggested name is a part of what somebody wrote, and people name themes in each other's words.
"""

from django.utils.translation import gettext as _

from participation.workshops.grouping import SHORTEST_TITLE, title_of
from participation.workshops.models import Contribution, Theme, ThemeStep, Workshop


def unname(workshop: Workshop, text: str, contribution: Contribution) -> None:
    """Name anew every theme whose name is a part of these words, which nobody may see any more.

    A name of one or two words is nobody's. The caller holds the contribution, and says this after
    its change is kept.
    """
    gone = " ".join(text.split()).casefold()
    for theme in workshop.themes.all():
        if len(theme.title.split()) >= SHORTEST_TITLE and theme.title.casefold() in gone:
            _name_anew(theme, contribution)


def _name_anew(theme: Theme, gone: Contribution) -> None:
    left = theme.contributions.shown().exclude(pk=gone.pk).values_list("text", flat=True)
    before = theme.title
    theme.title = title_of(list(left), list(left)) or _("To be named")
    theme.save(update_fields=["title"])
    for step in ThemeStep.objects.filter(workshop=theme.workshop_id):
        _forget_in(step, before, theme.title)


def _forget_in(step: ThemeStep, before: str, now: str) -> None:
    """An undo does not bring the words back, and the list of steps does not say them."""
    for kept in step.before["themes"]:
        if kept["title"] == before:
            kept["title"] = now
    step.what = step.what.replace(before, now)[:200]
    step.save(update_fields=["what", "before"])
