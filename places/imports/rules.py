"""Who brings files into a place, and who sees what came of them. Every answer has a reason."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme
from commissioning.programmes.rules import STAFF_ROLES, may_run, money_gate
from places.directory.models import Place
from places.directory.rules import Person, may_edit_place
from places.imports.importers import importers
from places.imports.models import Import

State = Import.State
# Which states let a person do what.
MAY_MATCH = frozenset({State.MATCHING, State.FAILED})
MAY_UNDO = frozenset({State.DONE})


def may_bring_in(user: Person, place: Place) -> Answer:
    """Who looks after the place, and who runs a programme there."""
    if may_edit_place(user, place):
        return YES
    if isinstance(user, User) and (
        Membership.objects.in_force()
        .filter(user=user, programme__place=place, role__in=STAFF_ROLES)
        .exists()
    ):
        return YES
    return no(
        _("Files are brought in by those who look after %s, or who run a programme there.")
        % place.name
    )


def may_bring_in_money(user: Person, programme: Programme) -> Answer:
    """Who runs the programme, once its money gate is open."""
    return may_run(user, programme) & money_gate(programme)


def may_open(user: Person, import_: Import) -> Answer:
    """Whoever could have brought it in."""
    if import_.programme is not None:
        return may_bring_in_money(user, import_.programme)
    return may_bring_in(user, import_.place)


def shows_amounts(import_: Import) -> bool:
    """Whether its page may say amounts: only within a programme whose gate is open."""
    return import_.programme is not None and bool(money_gate(import_.programme))


def holds_money(importer_name: str) -> bool:
    """Whether the format holds amounts."""
    return importer_name in importers and importers[importer_name].needs_open_gate


def may_undo(user: Person, import_: Import) -> Answer:
    """A finished import, by whoever could have brought it in."""
    if import_.state not in MAY_UNDO:
        return no(_("Only an import that is finished, and not undone yet, can be undone."))
    return may_open(user, import_)
