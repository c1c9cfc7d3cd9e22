"""Was my card counted? Yes or no by code after the close, and never how."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from participation.budgeting.admission import NotAdmitted, find, read_code
from participation.budgeting.models import Round


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: a heading and a sentence."""

    title: str
    words: str


def was_counted(typed: str) -> Told:
    """The answer for a typed code. Raises :class:`NotAdmitted` where it is none of ours."""
    credential = find(read_code(typed))
    if credential is None:
        raise NotAdmitted(_("We do not know this code. Check it against your card."), is_miss=True)
    round_, elector = credential.round, credential.elector
    if round_.status in {Round.Status.DRAFT, Round.Status.OPEN, Round.Status.CLOSING}:
        return Told(
            _("Not closed yet"),
            _("Ask again when voting has closed and the ballots are counted."),
        )
    if elector.used is None:
        return Told(
            _("No longer kept"),
            _("90 days after a vote it is forgotten which cards were used; only the totals stay."),
        )
    if elector.used:
        if credential.active:
            # Languages that have no "yes" answer the question itself.
            return Told(
                pgettext("was my card counted?", "Yes"),
                _("A vote with this card was counted in %s.") % round_.title,
            )
        return Told(
            _("Replaced"),
            _("This card was replaced by another. The vote of its holder was counted."),
        )
    return Told(
        pgettext("was my card counted?", "No"),
        _("No vote with this card was counted in %s.") % round_.title,
    )
