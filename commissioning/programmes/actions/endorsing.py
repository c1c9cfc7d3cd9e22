"""Asking people and organisations to stand behind the agreed vision, now or later."""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import may_draft

MOST_AT_ONCE: Final = 100


@transaction.atomic
def ask_to_endorse(user: User, programme: Programme, addresses: Sequence[str]) -> int:
    """Ask these addresses, each once for a version. How many were written down.

    No address is kept but in the outbox, which forgets it after 90 days; whoever is asked can
    switch such mails off.
    """
    require(may_draft(user, programme))
    vision = agreed_vision(programme)
    if vision is None:
        raise Invalid(_("The vision is not agreed yet. It can be endorsed once it is."))
    if not programme.is_public:
        raise Invalid(_("Publish the programme first: whoever is asked must be able to read it."))
    wanted = sorted({address.strip().lower() for address in addresses} - {""})
    _check(wanted)
    for address in wanted:
        tell(
            "programmes.endorse",
            address,
            about={"vision": str(vision.pk), "by": str(user.pk)},
            key=f"endorse:{vision.pk}",
        )
    record(
        programme,
        user,
        f"asked people and organisations to endorse the vision: {len(wanted)}",
        is_public=False,
    )
    return len(wanted)


def _check(addresses: Sequence[str]) -> None:
    if not addresses:
        raise Invalid(_("Give at least one e-mail address."), "addresses")
    if len(addresses) > MOST_AT_ONCE:
        raise Invalid(_("At most %d addresses at a time.") % MOST_AT_ONCE, "addresses")
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Invalid(
                _("“%s” is not an e-mail address. One on a line.") % address[:60], "addresses"
            ) from error
