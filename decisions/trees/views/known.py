"""What a walk knows already: listed on one page, confirmed at once."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commissioning.design.pages import form_methods, form_page
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt
from decisions.trees import rules
from decisions.trees.actions_known import confirm_known
from decisions.trees.forms.walking import KnownForm
from decisions.trees.known import known_for
from decisions.trees.loaders import member_walk_or_404
from decisions.trees.standpoint import Standing
from decisions.trees.views.common import walk_crumbs
from decisions.trees.views.walking import next_page
from places.directory.signed_in import signed_in


@login_required
@form_methods
def known(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """What the question and walks before this one say already; the rest is asked one by one."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    require(rules.may_answer(user, found))
    member = rules.seat_of(user, found.question.programme)
    told = known_for(Standing(found), member)
    if not told:
        return redirect(next_page(found, member))
    form = KnownForm(told, request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: confirm_known(user, found, form.confirmed(), form.cleaned_data["op"])
    ):
        return redirect(next_page(found, member))
    return form_page(
        request,
        form,
        heading=_("What we know already"),
        lead=_("You need not say these again. Each stands in the walk with where it comes from."),
        button=_("Confirm and go on"),
        crumbs=walk_crumbs(found, (_("What we know already"), "")),
    )
