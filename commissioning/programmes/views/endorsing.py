"""Asking others to stand behind the vision."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.design.fields import LongTextField
from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.actions.endorsing import ask_to_endorse
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_draft
from places.directory.signed_in import signed_in


class AskForm(forms.Form):
    """Whom to ask."""

    addresses = LongTextField(
        label=_("Their e-mail addresses, one on a line"),
        help_text=_(
            "Each is asked once for this version. They read the vision, and endorse it as "
            "themselves or for an organisation they act for."
        ),
    )


def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to people and organisations."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    vision = agreed_vision(programme)
    if vision is None:
        raise Invalid(_now("The vision is not agreed yet. It can be endorsed once it is."))
    form = AskForm(request.POST or None)
    asked: list[int] = []
    if form.is_valid() and attempt(
        form,
        lambda: asked.append(
            ask_to_endorse(
                signed_in(request), programme, form.cleaned_data["addresses"].splitlines()
            )
        ),
    ):
        said = ngettext("%d address is asked.", "%d addresses are asked.", asked[0]) % asked[0]
        messages.success(request, said)
        return redirect("programmes:vision", slug)
    context = {"programme": programme, "form": form, "vision": vision}
    return render(request, "programmes/ask_to_endorse.html", context, status=form_status(form))
