"""What the views share."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from commissioning.ground.attempts import form_status
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.models import Workshop

Crumbs = list[tuple[Text, str]]


def signed_in(request: HttpRequest) -> User:
    """The person, in a view that asks for one."""
    assert isinstance(request.user, User)
    return request.user


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


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, heading: Text, button: Text, **context: Any
) -> HttpResponse:
    """A page that is one form."""
    return render(
        request,
        "participation/workshops/form.html",
        {"form": form, "heading": heading, "button": button} | context,
        status=form_status(form),
    )


def confirm_page(
    request: HttpRequest,
    *,
    heading: Text,
    consequences: list[Text],
    action: Text,
    back: str,
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """A page that says what would happen, and does it by POST."""
    return render(
        request,
        "design/confirm.html",
        {
            "heading": heading,
            "consequences": consequences,
            "action": action,
            "back": back,
            "form": form,
        },
        status=form_status(form) if form else 200,
    )
