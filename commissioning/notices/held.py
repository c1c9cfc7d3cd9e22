"""What this room tells a person's own pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from commissioning.notices.actions import unwanted_groups
from commissioning.notices.kinds import Group
from commissioning.notices.models import Notice, Preference
from commissioning.people.models import User
from commissioning.people.registers import (
    PanelRow,
    PersonalData,
    PersonPanel,
    person_panels,
    personal_data,
)


def rows(user: User) -> list[PanelRow]:
    """One line: what is switched off, and where to change it."""
    unwanted = unwanted_groups(user)
    off = [str(group.label) for group in Group if group in unwanted]
    note = _now("Switched off: %(groups)s") % {"groups": ", ".join(off)} if off else ""
    address = reverse("notices:preferences")
    return [
        PanelRow(
            text=_("Choose what we e-mail you about"),
            url=address,
            note=note or _("Everything about your programmes."),
        )
    ]


def export(user: User) -> dict[str, Any]:
    """What they were told, and what they do not want to be told."""
    told = Notice.objects.filter(user=user).order_by("created_at")
    return {
        "told": list(told.values("kind", "status", "created_at", "sent_at")),
        "choices": list(Preference.objects.filter(user=user).values("group", "wants")),
    }


def erase(user: User) -> None:
    """Remove both, also what still waits to be sent."""
    Notice.objects.filter(user=user).delete()
    Preference.objects.filter(user=user).delete()


def register() -> None:
    """Fill the registers; called once, when the application starts."""
    person_panels.register(
        "notices",
        PersonPanel(title=_("E-mails"), rows=rows, empty=_("No choices to make."), aside=True),
    )
    personal_data.register(
        "notices",
        PersonalData(
            what=_("Which e-mails we sent you and when, and which you do not want"),
            why=_("So that none is lost, and you can see what we told you."),
            kept=_("90 days. Your choices stay as long as your account."),
            export=export,
            erase=erase,
        ),
    )
