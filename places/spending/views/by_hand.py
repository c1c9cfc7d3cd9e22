"""Writing a line of spending down by hand, and taking it out again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commissioning.ground.answers import Invalid
from commissioning.ground.attempts import attempt, form_status
from places.spending.actions import by_hand
from places.spending.forms.by_hand import LineForm
from places.spending.loaders import line_or_404, sorted_programme_or_404
from places.spending.models import SpendingLine
from places.spending.views.common import crumbs, name_of, signed_in, url

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_methods
def line_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a line down."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    form = LineForm(programme, request.POST or None, initial={"payer": programme.led_by.name})
    made: list[SpendingLine] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(by_hand.write_line(user, programme, form.facts()))
    ):
        messages.success(request, _("Written down. It counts from now on."))
        return redirect(url("line", programme, made[0].pk))
    context = {
        "programme": programme,
        "form": form,
        "heading": _("Write a line down"),
        "lead": _("For what no file tells. Bring in a file if there is one: it can be checked."),
        "button": _("Write it down"),
        "crumbs": crumbs(programme, (_("Lines"), url("lines", programme)), (_("Write"), "")),
    }
    return render(request, "places/spending/form.html", context, status=form_status(form))


@login_required
@form_methods
def line_remove(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """Confirm that a line that was written by hand goes."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    line = line_or_404(programme, line_id)
    if line.source.run_id is not None:
        raise Invalid(_("This line came with a file: undo the file instead."))
    if request.method == "POST":
        by_hand.remove_line(user, programme, line)
        messages.success(request, _("The line is taken out."))
        return redirect(url("lines", programme))
    context = {
        "heading": _("Take out the line about %s?") % name_of(line),
        "consequences": [_("It is counted nowhere any more. What people said of it stays.")],
        "action": _("Take it out"),
        "back": url("line", programme, line.pk),
    }
    return render(request, "design/confirm.html", context)
