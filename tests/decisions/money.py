"""Something that is known of the money of a place."""

from datetime import date
from decimal import Decimal

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.spending.actions.by_hand import Facts, write_line


def some_grant(user: User, programme: Programme) -> None:
    """A fund paid a group, for nothing that the programme is about."""
    facts = Facts("Weir Fund", "Dog Walkers of Weirside", Decimal(1200), date(2026, 5, 1))
    write_line(user, programme, facts)
