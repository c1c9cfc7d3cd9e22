"""What the views share."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.pages import Crumbs, confirm_page
from commissioning.ground.answers import Text
from commissioning.programmes.models import Programme
from participation.workshops.models import Workshop
from places.directory.signed_in import signed_in

__all__ = [
    "Crumbs",
    "confirm_page",
    "crumbs_of",
    "form_page",
    "programme_crumbs",
    "signed_in",
    "url_of",
    "where_from",
]
FORM_PAGE: Final = "participation/workshops/form.html"


def programme_crumbs(programme: Programme, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    return [
        (programme.title, programme.get_absolute_url()),
        (_("Workshops"), reverse("workshops:workshops", args=[programme.slug])),
        *more,
    ]


def crumbs_of(workshop: Workshop, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the workshop."""
    return programme_crumbs(
        workshop.programme, (workshop.title, workshop.get_absolute_url()), *more
    )


def url_of(name: str, workshop: Workshop, *more: object) -> str:
    """An address of the workshop for who runs it."""
    return reverse(f"workshops:{name}", args=[workshop.programme.slug, workshop.pk, *more])


def where_from(request: HttpRequest) -> str:
    """The page to go back to: the desk, or where an officer reads what people wrote."""
    return "read_words" if request.POST.get("from") == "read" else "desk"


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, heading: Text, button: Text, **context: Any
) -> HttpResponse:
    """A page that is one form."""
    return pages.form_page(
        request, form, heading=heading, button=button, template=FORM_PAGE, **context
    )
