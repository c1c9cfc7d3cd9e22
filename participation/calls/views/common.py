"""Crumbs and addresses that the views share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Text
from commissioning.programmes.models import Programme
from participation.calls.models import Call, Expression


def programme_crumbs(programme: Programme, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    return [
        (programme.title, programme.get_absolute_url()),
        (_("Calls"), reverse("calls:calls", args=[programme.slug])),
        *more,
    ]


def call_crumbs(call: Call, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the call."""
    return programme_crumbs(call.programme, (call.title, call_url("call", call)), *more)


def call_url(name: str, call: Call, *more: object) -> str:
    """An address of the call."""
    return reverse(f"calls:{name}", args=[call.programme.slug, call.pk, *more])


def our_url(name: str, expression: Expression, *more: object) -> str:
    """An address of an expression, for its applicant."""
    return reverse(f"calls:{name}", args=[expression.pk, *more])
