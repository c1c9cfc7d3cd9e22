"""An organisation that is chosen from the directory, or written where the directory lacks it.

By a written name nobody is known to belong to it: that is never matched, only declared.
"""

from django import forms
from django.utils.translation import gettext as _

from places.directory.models import Organisation

Named = tuple[Organisation | None, str]


def chosen_or_written(chosen: Organisation | None, written: str) -> Named:
    """One of the two. A name that the directory has is chosen from it: then its members are known.

    Refused where both are given and differ, and where the directory has several of that name.
    """
    words = " ".join(written.split())
    if not words or (chosen and chosen.name.casefold() == words.casefold()):
        return chosen, ""
    if chosen:
        raise forms.ValidationError(
            _(
                "You chose “%(chosen)s” from the directory and wrote “%(written)s”. Name one of "
                "them: empty this box, or take back the choice above."
            )
            % {"chosen": chosen.name, "written": words}
        )
    known = list(Organisation.objects.filter(name__iexact=words)[:2])
    if len(known) > 1:
        raise forms.ValidationError(
            _("The directory has several of that name: choose the one you mean above.")
        )
    return (known[0], "") if known else (None, words)
