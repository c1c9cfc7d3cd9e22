"""Who is in: members, invitations, declarations."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.digests import token_digest
from commissioning.people.models import User
from commissioning.programmes.actions import members as actions
from commissioning.programmes.forms import DeclarationForm, InviteForm, MembershipForm
from commissioning.programmes.loaders import (
    invitation_or_404,
    membership_or_404,
    programme_or_404,
)
from commissioning.programmes.models import Declaration, Invitation, Programme, Role
from commissioning.programmes.rules import (
    invitation_stands,
    is_member,
    may_invite,
    may_invite_at_all,
    membership_of,
    standing_declaration,
)
from commissioning.programmes.templatetags.programmes import moneyless
from commissioning.programmes.voices import PRIVATE_ROLES, voices_of
from places.directory.signed_in import signed_in


def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone who is in, with what they declared; residents as numbers to who is not in."""
    programme = programme_or_404(request.user, slug)
    member = membership_of(request.user, programme)
    voices = voices_of(programme, request.user).all()
    shown = [
        voice
        for voice in voices
        if member or (voice.membership and voice.membership.role not in PRIVATE_ROLES)
    ]
    may_ask = may_invite_at_all(request.user, programme)
    context = {
        "programme": programme,
        "voices": shown,
        "hidden": len(voices) - len(shown),
        "me": member,
        "declared": standing_declaration(member) if member else None,
        "may_invite": may_ask,
        "invitations": _invitations(programme.invitations.all()) if may_ask else [],
    }
    return render(request, "programmes/people.html", context)


def _invitations(invitations: QuerySet[Invitation]) -> list[dict[str, object]]:
    waiting = (
        invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("programme", "organisation", "invited_by")
        .order_by("-created_at")
    )
    return [{"row": row, "stands": invitation_stands(row)} for row in waiting[:100]]


def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an address to the programme."""
    programme = programme_or_404(request.user, slug)
    require(may_invite_at_all(request.user, programme))
    member = membership_of(request.user, programme)
    mine = Role(member.role) if member else Role.OBSERVER
    form = InviteForm(request.POST or None, programme=programme, mine=mine)
    if form.is_valid() and attempt(
        form,
        lambda: actions.invite(
            signed_in(request),
            programme,
            form.cleaned_data["email"],
            Role(form.cleaned_data["role"]),
            form.cleaned_data["organisation"],
        ),
    ):
        messages.success(request, _("The invitation is on its way. Its link lasts 14 days."))
        return redirect("programmes:people", slug)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/invite.html", context, status=form_status(form))


@require_POST
def invitation_resend(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Send the same link again."""
    programme = programme_or_404(request.user, slug)
    invitation = invitation_or_404(request.user, programme, invitation_id)
    actions.resend_invitation(signed_in(request), invitation)
    messages.success(request, _("Sent again. The link lasts 14 days from now."))
    return redirect("programmes:people", slug)


def invitation_withdraw(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Confirm that an invitation is withdrawn."""
    programme = programme_or_404(request.user, slug)
    invitation = invitation_or_404(request.user, programme, invitation_id)
    require(may_invite(request.user, programme, invitation.role))
    back = reverse("programmes:people", args=[slug])
    if request.method == "POST":
        actions.withdraw_invitation(signed_in(request), invitation)
        messages.success(request, _("Withdrawn. Its link no longer works."))
        return redirect(back)
    context = {
        "programme": programme,
        "heading": _("Withdraw the invitation to %s?") % invitation.email,
        "consequences": [
            _("The link in the mail stops working at once."),
            _("You can invite the same address again."),
        ],
        "action": _("Withdraw the invitation"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link opens. Looking changes nothing; accepting is a press of a button."""
    found = (
        Invitation.objects.select_related(
            "programme__place", "programme__led_by", "organisation", "invited_by"
        )
        .filter(token_digest=token_digest(token))
        .first()
    )
    if found is None:
        raise Http404
    stands = invitation_stands(found)
    if request.method == "POST":
        membership = actions.accept_invitation(signed_in(request), found)
        messages.success(request, _("You are in. Welcome."))
        return redirect("programmes:declare", membership.programme.slug)
    context = {
        "invitation": found,
        "programme": found.programme,
        "stands": stands,
        "may_accept": (
            actions.may_accept(request.user, found) if isinstance(request.user, User) else None
        ),
    }
    response = render(request, "programmes/invitation.html", context, status=200 if stands else 410)
    # The address of this page is a secret: no page that it links to learns more than the site.
    # Not "no-referrer": browsers then send "Origin: null", and the form would be refused.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


def member(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Change what a member is, for whom they speak and until when."""
    programme = programme_or_404(request.user, slug)
    found = membership_or_404(request.user, programme, membership_id)
    require(may_invite(request.user, programme, found.role))
    mine = membership_of(request.user, programme)
    form = MembershipForm(
        request.POST or None,
        programme=programme,
        mine=Role(mine.role) if mine else Role.OBSERVER,
        initial=MembershipForm.initial_of(found),
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.change_membership(
            signed_in(request),
            found,
            role=Role(form.cleaned_data["role"]),
            organisation=form.cleaned_data["organisation"],
            ends_on=form.cleaned_data["ends_on"],
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("programmes:people", slug)
    context = {"programme": programme, "form": form, "member": found}
    return render(request, "programmes/member.html", context, status=form_status(form))


def member_remove(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Confirm that a membership ends now."""
    programme = programme_or_404(request.user, slug)
    found = membership_or_404(request.user, programme, membership_id)
    require(may_invite(request.user, programme, found.role))
    back = reverse("programmes:people", args=[slug])
    if request.method == "POST":
        actions.remove_member(signed_in(request), found)
        messages.success(request, _("%s is no longer in the programme.") % found.user.short_name)
        return redirect(back)
    context = {
        "programme": programme,
        "heading": _("End the membership of %s?") % found.user,
        "consequences": [
            _("They can no longer open pages that are for members, from now on."),
            _("What they said, declared and decided stays, with their name."),
        ],
        "action": _("End the membership"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave by oneself."""
    programme = programme_or_404(request.user, slug)
    require(is_member(request.user, programme))
    if request.method == "POST":
        mine = membership_of(request.user, programme)
        if mine is None:
            raise Invalid(_("You are not in the programme any more."))
        actions.remove_member(signed_in(request), mine)
        messages.success(request, _("You have left the programme."))
        return redirect("programmes:list")
    context = {
        "programme": programme,
        "heading": _("Leave “%s”?") % programme.title,
        "consequences": [
            _("You can no longer open pages that are for members."),
            _("What you said, declared and decided stays, with your name."),
            _("Somebody has to invite you again if you want to come back."),
        ],
        "action": _("Leave the programme"),
        "back": reverse("programmes:people", args=[slug]),
    }
    return render(request, "design/confirm.html", context)


def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what you or your organisation could gain."""
    programme = programme_or_404(request.user, slug)
    require(is_member(request.user, programme))
    mine = membership_of(request.user, programme)
    before = standing_declaration(mine) if mine else None
    form = DeclarationForm(
        request.POST or None,
        initial=_initial(before, programme),
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.declare(
            signed_in(request),
            programme,
            could_gain=form.cleaned_data["could_gain"],
            words=form.cleaned_data["words"],
        ),
    ):
        messages.success(request, _("Thank you. It stands beside what you say."))
        return redirect(programme)
    context = {"programme": programme, "form": form, "me": mine, "before": before}
    return render(request, "programmes/declare.html", context, status=form_status(form))


def _initial(before: Declaration | None, programme: Programme) -> dict[str, str]:
    """What was declared last; an amount in it stays parked while the money gate is closed."""
    if before is None:
        return {}
    said = "yes" if before.could_gain else "no"
    return {"could_gain": said, "words": moneyless(before.words, programme)}
