"""What the views share."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.spending.forms.looking import LookForm
from places.spending.models import Payee, SpendingLine
from places.spending.sums import Wanted, shown_name, years_of

Crumbs = list[tuple[Text, str]]


def signed_in(request: HttpRequest) -> User:
    """The person, in a view that asks for one."""
    assert isinstance(request.user, User)
    return request.user


def url(name: str, programme: Programme, *more: object) -> str:
    """An address of this room."""
    return reverse(f"spending:{name}", args=[programme.slug, *more])


def crumbs(programme: Programme, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    here = (_("How the money is spent now"), url("overview", programme) if more else "")
    return [(programme.title, programme.get_absolute_url()), here, *more]


def tabs(programme: Programme, here: str, *, runs: bool) -> list[dict[str, object]]:
    """The pages of this room."""
    pages = [
        ("overview", _("Flows")),
        ("lines", _("Lines")),
        ("gaps", _("What nobody funds")),
        ("market", _("Market")),
        ("notes", _("Used better")),
    ]
    if runs:
        pages += [("payees", _("Payees")), ("payers", _("Payers")), ("rules", _("Rules"))]
    return [
        {"text": text, "url": url(name, programme), "is_here": name == here, "count": None}
        for name, text in pages
    ]


def looked_for(request: HttpRequest, programme: Programme) -> tuple[LookForm, Wanted]:
    """The filters of a page, and what they ask for."""
    form = LookForm(programme, years_of(programme), request.GET)
    return form, form.wanted()


def lines_url(programme: Programme, **filters: object) -> str:
    """The list of lines, filtered: what a figure is made of."""
    return f"{url('lines', programme)}?{urlencode({k: str(v) for k, v in filters.items()})}"


def name_of(line: SpendingLine) -> str:
    """The recipient as the line publishes it; people and names held back are not named."""
    kind = line.payee.kind
    return line.recipient if not line.payee.is_private else shown_name(kind, "")


def payee_name(payee: Payee) -> str:
    """The payee's name, or what stands for it."""
    return shown_name(payee.kind, payee.name)


def uuids(texts: Sequence[str]) -> list[UUID]:
    """Those texts that are ids."""
    found = []
    for text in texts[:1000]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
