"""What every action of a programme does first."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.programmes.models import Programme
from commissioning.programmes.money_talk import amounts_in
from commissioning.programmes.rules import money_gate


def locked(programme: Programme) -> Programme:
    """The programme as it is now, its row held until the transaction ends: one change at a time."""
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def refuse_money_talk(programme: Programme | None, **texts: str) -> None:
    """Raise :class:`Invalid` beside the first text that names an amount while the gate is closed.

    ``programme`` is None where it does not exist yet: its gate is closed then.
    """
    if programme is not None and money_gate(programme):
        return
    for field, text in texts.items():
        if found := amounts_in(text):
            raise Invalid(
                _(
                    "Never ever start by talking about the money. Take “%(amount)s” out for now, "
                    "or say it in words: amounts open when the vision is agreed."
                )
                % {"amount": found[0]},
                field,
            )
