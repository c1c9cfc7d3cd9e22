"""What workshops hold about a person who signs in: an address that they left for news."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PersonalData, personal_data
from participation.workshops.actions.hearing import stop_hearing
from participation.workshops.models import Hearer


def export(user: User) -> dict[str, Any]:
    """The sessions whose news go to their address. What they said there is beside no address."""
    found = Hearer.objects.filter(email__iexact=user.email).select_related("workshop")
    return {
        "hears_of": [
            {"workshop": hearer.workshop.title, "since": hearer.created_at.isoformat()}
            for hearer in found.order_by("created_at")
        ]
    }


def erase(user: User) -> None:
    """Forget the address, and every mail to it."""
    for hearer in Hearer.objects.filter(email__iexact=user.email):
        stop_hearing(hearer)


def register() -> None:
    """Fill the register; called when the application is ready."""
    personal_data.register(
        "workshops",
        PersonalData(
            what=_("Your address, where you left it at the end of a workshop"),
            why=_("So that you get the record and hear what became of it. It is for nothing else."),
            kept=_("Until you stop it, and 18 months at most."),
            export=export,
            erase=erase,
        ),
    )
