"""Who acts for an organisation: asked to join, let in, invited, changed, gone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.ground.answers import require
from commissioning.ground.asked import asked
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.digests import token_digest
from commissioning.people.models import User
from places.directory import actions
from places.directory.forms import InviteForm, JoinForm
from places.directory.loaders import (
    join_request_or_404,
    member_or_404,
    organisation_invitation_or_404,
    organisation_or_404,
)
from places.directory.models import Organisation, OrganisationInvitation, OrganisationMember
from places.directory.rules import acts_for, keeps, organisation_invitation_stands
from places.directory.signed_in import signed_in


@login_required
def join(request: HttpRequest) -> HttpResponse:
    """After sign-up: which organisation do you act for? Found in the directory, or put in it."""
    words = asked(request, "q")
    found = Organisation.objects.matching(words).select_related("place")[:20] if words else []
    context = {
        "words": words,
        "found": found,
        "mine": Organisation.objects.acted_for_by(request.user),
    }
    return render(request, "directory/join.html", context)


@login_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the keepers of an organisation to let you act for it."""
    organisation = organisation_or_404(request.user, slug)
    form = JoinForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.ask_to_join(signed_in(request), organisation, form.cleaned_data["words"]),
    ):
        messages.success(request, _("Asked. Its keepers have been told; we mail you the answer."))
        return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    return render(request, "directory/ask.html", context, status=form_status(form))


def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for the organisation, for those who do."""
    organisation = organisation_or_404(request.user, slug)
    require(acts_for(request.user, organisation))
    keeper = keeps(request.user, organisation)
    waiting = organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    context = {
        "organisation": organisation,
        "members": organisation.members.select_related("user"),
        "keeps": keeper,
        "invitations": waiting if keeper else [],
        "requests": (
            organisation.join_requests.filter(answered_at__isnull=True).select_related("user")
            if keeper
            else []
        ),
    }
    return render(request, "directory/people.html", context)


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an address to act for the organisation."""
    organisation = organisation_or_404(request.user, slug)
    require(keeps(request.user, organisation))
    form = InviteForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.invite_to_organisation(
            signed_in(request),
            organisation,
            form.cleaned_data["email"],
            form.cleaned_data["role"],
        ),
    ):
        messages.success(request, _("The invitation is on its way. Its link lasts 14 days."))
        return redirect("directory:people", slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "directory/invite.html", context, status=form_status(form))


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens. Looking changes nothing; accepting is a press of a button."""
    found = (
        OrganisationInvitation.objects.select_related("organisation__place", "invited_by")
        .filter(token_digest=token_digest(token))
        .first()
    )
    if found is None:
        raise Http404
    if request.method == "POST":
        member = actions.accept_organisation_invitation(signed_in(request), found)
        messages.success(request, _("You act for %s now.") % member.organisation.name)
        return redirect(member.organisation)
    stands = organisation_invitation_stands(found)
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "stands": stands,
        "may_accept": (
            actions.may_accept(request.user, found) if isinstance(request.user, User) else None
        ),
    }
    response = render(request, "directory/invitation.html", context, status=200 if stands else 410)
    # The address of this page is a secret: no page that it links to learns more than the site.
    # Not "no-referrer": browsers then send "Origin: null", and the form would be refused.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


def withdraw(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Confirm that an invitation is withdrawn."""
    organisation = organisation_or_404(request.user, slug)
    found = organisation_invitation_or_404(request.user, organisation, invitation_id)
    back = reverse("directory:people", args=[slug])
    if request.method == "POST":
        actions.withdraw_organisation_invitation(signed_in(request), found)
        messages.success(request, _("Withdrawn. Its link no longer works."))
        return redirect(back)
    context = {
        "heading": _("Withdraw the invitation to %s?") % found.email,
        "consequences": [_("The link in the mail stops working at once.")],
        "action": _("Withdraw the invitation"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@require_POST
def answer(request: HttpRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Let somebody in who asked, or say no."""
    organisation = organisation_or_404(request.user, slug)
    found = join_request_or_404(request.user, organisation, request_id)
    accept = request.POST.get("answer") == "yes"
    actions.answer_join_request(signed_in(request), found, accept=accept)
    messages.success(request, _("They are in.") if accept else _("They have been told no."))
    return redirect("directory:people", slug)


@require_POST
def role(request: HttpRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Make an editor a keeper, or a keeper an editor."""
    organisation = organisation_or_404(request.user, slug)
    member = member_or_404(request.user, organisation, member_id)
    roles = OrganisationMember.Role
    wanted = roles.KEEPER if request.POST.get("role") == roles.KEEPER else roles.EDITOR
    actions.change_member(signed_in(request), member, wanted)
    messages.success(request, _("Saved."))
    return redirect("directory:people", slug)


def remove(request: HttpRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Confirm that somebody no longer acts for the organisation, or leaves by themselves."""
    organisation = organisation_or_404(request.user, slug)
    member = member_or_404(request.user, organisation, member_id)
    leaving = member.user_id == request.user.pk
    back = reverse("directory:people", args=[slug])
    if request.method == "POST":
        actions.remove_organisation_member(signed_in(request), member)
        messages.success(request, _("Done."))
        return redirect(organisation if leaving else back)
    heading = _("Leave %s?") % organisation.name
    if not leaving:
        heading = _("Should %(who)s no longer act for %(name)s?") % {
            "who": member.user,
            "name": organisation.name,
        }
    context = {
        "heading": heading,
        "consequences": [
            _("They can no longer edit the profile or write for the organisation."),
            _("What was written stays with the organisation."),
        ],
        "action": _("Leave") if leaving else _("Remove them"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)
