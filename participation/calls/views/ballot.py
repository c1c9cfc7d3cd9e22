"""How approved expressions stand on the ballot: preparing an entry, and its picture."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.uploads import FileKind, send_file
from participation.calls import rules
from participation.calls.actions.ballot import EntryWords, prepare_entry
from participation.calls.forms.applying import EntryForm
from participation.calls.loaders import entry_expression_or_404, shown_picture_or_404
from participation.calls.models import BallotEntry, Expression
from participation.calls.views.common import call_url, our_url
from places.directory.rules import acts_for
from places.directory.signed_in import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Write how the project stands on the ballot."""
    user = signed_in(request)
    expression = entry_expression_or_404(user, expression_id)
    require(rules.may_prepare_entry(user, expression))
    present = BallotEntry.objects.filter(expression=expression).first()
    instance = present or _first_words(expression)
    ours = bool(acts_for(user, expression.organisation))
    back = our_url("expression", expression) if ours else call_url("assess", expression.call)
    if request.method == "POST":
        form = EntryForm(expression, request.POST, request.FILES, instance=instance)
    else:
        form = EntryForm(expression, instance=instance)
    if form.is_bound and form.is_valid() and _saved(request, expression, form):
        messages.success(request, _("Saved. This is how it will stand on the ballot."))
        return redirect(our_url("entry", expression))
    context = {
        "form": form,
        "expression": expression,
        "call": expression.call,
        "entry": present,
        "base": present.revision if present else 0,
        "back": back,
    }
    return render(
        request, "participation/calls/expressions/entry.html", context, status=form_status(form)
    )


def _first_words(expression: Expression) -> BallotEntry:
    """What was submitted, to begin from."""
    standing = expression.standing
    assert standing is not None
    return BallotEntry(
        # By id: a row that is not saved must not pass for the expression's own.
        expression_id=expression.pk,
        title=standing.title,
        summary=standing.summary,
        cost=standing.asked,
        area_id=standing.area_id,
    )


def _saved(request: HttpRequest, expression: Expression, form: EntryForm) -> bool:
    values: dict[str, Any] = form.cleaned_data
    base = request.POST.get("base", "")
    words = EntryWords(
        title=values["title"],
        summary=values["summary"],
        cost=values["cost"],
        area=values["area"],
        outcome=values["outcome"],
        picture_alt=values["picture_alt"],
        ready=values["ready"],
    )
    return attempt(
        form,
        lambda: prepare_entry(
            signed_in(request),
            expression,
            words,
            picture=values.get("picture_file"),
            remove_picture=bool(values.get("remove_picture")),
            base=int(base) if base.isdecimal() and len(base) < 9 else -1,
        ),
    )


@require_safe
def picture(request: HttpRequest, entry_id: UUID) -> FileResponse:
    """A ballot picture; to everybody once the entry is ready."""
    found = shown_picture_or_404(request.user, entry_id)
    kind = FileKind(found.picture_kind)
    response = send_file(found.picture, name=f"picture.{kind.value}", kind=kind)
    if found.ready:
        # A hall of 500 asks for it at once: browsers and the front may keep it a while.
        response["Cache-Control"] = "public, max-age=300"
    return response
