"""Sending an expression: preview, submission, receipt, withdrawal, answers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.documents.actions import request_document
from commissioning.ground.attempts import attempt, form_status
from participation.calls.actions import applying as actions
from participation.calls.actions.assessing import answer_assessors
from participation.calls.content import content_of
from participation.calls.forms.applying import AnswerForm, SubmitForm
from participation.calls.loaders import own_expression_or_404
from participation.calls.models import Expression
from participation.calls.papers import RECEIPT
from participation.calls.views.applying import crumbs_of
from participation.calls.views.common import our_url
from places.directory.signed_in import signed_in


@login_required
@require_safe
def preview(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Exactly as the assessors will see it."""
    own = own_expression_or_404(request.user, expression_id)
    sections = actions.sections_of(own)
    content = content_of(sections, actions.present_attachments(own))
    context = {
        "expression": own,
        "call": own.call,
        "content": content,
        "crumbs": crumbs_of(own, (_("Preview"), "")),
    }
    return render(request, "participation/calls/expressions/preview.html", context)


@login_required
@form_methods
def submit(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Check what is missing; submit."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    form = SubmitForm(request.POST) if request.method == "POST" else SubmitForm.fresh()
    if form.is_bound and form.is_valid():
        op, hours = form.cleaned_data["op"], form.cleaned_data["hours"]
        if attempt(form, lambda: actions.submit(user, own, op=op, hours=hours)):
            messages.success(request, _("We have it. A receipt is on its way to you by e-mail."))
            return redirect(our_url("expression", own))
    sections = actions.sections_of(own)
    problems = actions.problems_of(own, sections, actions.present_attachments(own))
    context = {
        "form": form,
        "expression": own,
        "call": own.call,
        "may": actions.may_submit_now(own.call, own.organisation)[0],
        "problems": [
            (
                our_url("documents", own) if key == "documents" else our_url("section", own, key),
                words,
            )
            for key, words in problems
        ],
        "crumbs": crumbs_of(own, (_("Submit"), "")),
    }
    return render(
        request, "participation/calls/expressions/submit.html", context, status=form_status(form)
    )


def _where(own: Expression, key: str) -> str:
    """The page on which a problem is mended."""
    return our_url("documents", own) if key == "documents" else our_url("section", own, key)


@login_required
@require_POST
def reopen(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Take it up again."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    actions.reopen(user, own)
    return redirect(our_url("expression", own))


@login_required
@form_methods
def withdraw(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Take it out of the call."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    if request.method == "POST":
        actions.withdraw(user, own)
        messages.success(request, _("It is withdrawn. Nobody will assess it."))
        return redirect(our_url("expression", own))
    return confirm_page(
        request,
        heading=_("Withdraw %s?") % own,
        consequences=[
            _("Nobody will assess it."),
            _("What you wrote is kept. Until the call closes you can take it up again."),
        ],
        action=_("Withdraw it"),
        back=our_url("expression", own),
    )


@login_required
@require_POST
def paper(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """What was submitted, as a PDF to keep."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    if own.standing_id is None:
        raise Http404
    rendering = request_document(user, RECEIPT, own.standing_id)
    return redirect("documents:rendering", rendering.pk)


@login_required
@form_methods
def answer(request: HttpRequest, expression_id: UUID, question_id: UUID) -> HttpResponse:
    """Answer a question of the assessors."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    question = own.clarifications.filter(pk=question_id).first()
    if question is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: answer_assessors(user, question, form.cleaned_data["answer"])
    ):
        messages.success(request, _("The assessors have your answer."))
        return redirect(our_url("expression", own))
    return form_page(
        request,
        form,
        heading=_("Answer the assessors"),
        button=_("Send the answer"),
        quote=question.words,
        crumbs=crumbs_of(own, (_("Answer"), "")),
    )
