"""Kinds of notice: the registry that each room fills with what it tells people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from commissioning.ground.registries import Registry

Context = Callable[[dict[str, str]], Mapping[str, Any] | None]


class Group(TextChoices):
    """What people can switch off together. Essential notices cannot be switched off."""

    ESSENTIAL = "essential", _("What you asked for, and decisions about you")
    UPDATES = "updates", _("News of your programmes")
    REMINDERS = "reminders", _("Reminders of dates")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.

    ``template`` is the start of three template names: ``.subject.txt``, ``.txt`` and ``.html``.
    ``context`` is run when the notice is sent, so that a mail never tells what is no longer true:
    it looks up the ids in ``about`` and returns what the templates show, or None to drop it.
    ``stop`` is for what somebody asked for without an account: the address of the page that stops
    just that and forgets them, in place of the one that stops the group.
    """

    template: str
    context: Context
    group: Group = Group.ESSENTIAL
    stop: Callable[[dict[str, str]], str] | None = None


kinds: Registry[Kind] = Registry("kind of notice")
