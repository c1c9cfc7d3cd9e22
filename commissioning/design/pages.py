"""Pages that every room has: one form, one confirmation."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commissioning.design.keeping import Kept
from commissioning.design.revisions import typed_in
from commissioning.ground.answers import Text
from commissioning.ground.attempts import form_status

Crumbs = list[tuple[Text, str]]
FORM_PAGE: Final = "design/form_page.html"
CONFIRM_PAGE: Final = "design/confirm.html"
TOO_LATE_PAGE: Final = "design/kept_typing.html"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    heading: Text,
    button: Text,
    template: str = FORM_PAGE,
    **context: Any,
) -> HttpResponse:
    """A page that is one form. ``template``: a room's own, which extends ``design/form_page.html``.

    ``crumbs`` come from the room; ``lead`` and ``quote`` where they are wanted.
    """
    shown = {"form": form, "heading": heading, "button": button} | context
    return render(request, template, shown, status=form_status(form))


def too_late_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    heading: Text,
    reason: Text,
    back: str,
    **more: Any,
) -> HttpResponse:
    """A form that was open is closed by now: says why, and shows what was typed, not saved."""
    shown = {"heading": heading, "reason": reason, "back": back, "both": typed_in(form)} | more
    return render(request, TOO_LATE_PAGE, shown, status=403)


def kept_page(
    request: HttpRequest,
    kept: Kept[Any, Any],
    *,
    heading: Text,
    button: Text,
    back: str,
    crumbs: Crumbs,
    template: str = FORM_PAGE,
    **context: Any,
) -> HttpResponse:
    """A form that :func:`~commissioning.design.keeping.keep` did not save: to be filled in or
    mended, or refused with what was typed and the way ``back``.
    """
    if not kept.refused:
        reason = kept.refused.reason
        return too_late_page(
            request, kept.form, heading=heading, reason=reason, back=back, crumbs=crumbs
        )
    return form_page(
        request,
        kept.form,
        heading=heading,
        button=button,
        template=template,
        crumbs=crumbs,
        **context,
    )


def confirm_page(
    request: HttpRequest,
    *,
    heading: Text,
    consequences: list[Text],
    action: Text,
    back: str,
    form: forms.BaseForm | None = None,
    template: str = CONFIRM_PAGE,
    **more: Any,
) -> HttpResponse:
    """A page that says what would happen, and does it by POST.

    ``template``: a room's own, which extends ``design/confirm.html``; ``more`` is for it.
    """
    context = {
        "heading": heading,
        "consequences": consequences,
        "action": action,
        "back": back,
        "form": form,
        **more,
    }
    status = form_status(form) if form else 200
    return render(request, template, context, status=status)
