"""Files of an expression: taken, removed, handed out after asking who may have them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.design.pages import confirm_page
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.uploads import FileKind, send_file
from participation.calls import rules
from participation.calls.actions.applying import present_attachments
from participation.calls.actions.files import attach, detach
from participation.calls.forms.applying import UploadForm
from participation.calls.loaders import (
    assessed_expression_or_404,
    attachment_or_404,
    own_expression_or_404,
)
from participation.calls.models import Attachment, Expression
from participation.calls.views.common import our_url
from places.directory.signed_in import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """The files of an expression, and a form to add one."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    posted = request.method == "POST"
    form = UploadForm(own.call, request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        file, wanted = form.cleaned_data["file"], form.cleaned_data.get("wanted")
        if attempt(form, lambda: attach(user, own, file, wanted)):
            messages.success(request, _("The file is in."))
            return redirect(our_url("documents", own))
    attachments = present_attachments(own)
    held = {attachment.wanted_id for attachment in attachments}
    context = {
        "form": form,
        "expression": own,
        "call": own.call,
        "attachments": attachments,
        "wanted": [(wanted, wanted.pk in held) for wanted in own.call.wanted_documents.all()],
        "crumbs": [
            (_("Our expressions of interest"), "/expressions/"),
            (str(own), our_url("expression", own)),
            (_("Documents"), ""),
        ],
    }
    return render(
        request, "participation/calls/expressions/documents.html", context, status=form_status(form)
    )


@login_required
@require_safe
def own(request: HttpRequest, expression_id: UUID, attachment_id: UUID) -> FileResponse:
    """A file, for those who act for the organisation."""
    found = own_expression_or_404(request.user, expression_id)
    return _send(found, attachment_or_404(found, attachment_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, expression_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Take a file out."""
    user = signed_in(request)
    found = own_expression_or_404(user, expression_id)
    attachment = attachment_or_404(found, attachment_id)
    back = our_url("documents", found)
    if request.method == "POST":
        detach(user, found, attachment)
        return redirect(back)
    return confirm_page(
        request,
        heading=_("Take “%s” out?") % attachment.name,
        consequences=[_("The file is no longer part of your expression. You can add it again.")],
        action=_("Take it out"),
        back=back,
    )


@login_required
@require_safe
def for_assessors(
    request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID, attachment_id: UUID
) -> FileResponse:
    """A file of what was submitted, for assessors who may read it."""
    found = assessed_expression_or_404(request.user, slug, call_id, expression_id)
    require(rules.may_read(request.user, found))
    assert found.standing is not None
    held = {document["id"] for document in found.standing.content["documents"]}
    if str(attachment_id) not in held:
        raise Http404
    return _send(found, attachment_or_404(found, attachment_id))


def _send(expression: Expression, attachment: Attachment) -> FileResponse:
    require(rules.files_are_kept(expression))
    return send_file(attachment.file, name=attachment.name, kind=FileKind(attachment.kind))
