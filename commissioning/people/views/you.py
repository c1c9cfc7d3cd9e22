"""A person's own pages: who they are, where they are signed in, what is held about them."""

import json
from datetime import date

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.ground.answers import Invalid
from commissioning.people import actions, sessions
from commissioning.people.confirm import confirm_first
from commissioning.people.forms import CodeForm, NameForm, NewAddressForm
from commissioning.people.kept import kept
from commissioning.people.models import ErasureRequest, MailedCode, User
from commissioning.people.pending import Pending
from commissioning.people.registers import person_panels, personal_data
from commissioning.people.views.sign_in import judge

NEW_ADDRESS = MailedCode.Purpose.NEW_ADDRESS


def _you(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here is behind login_required
    return request.user


@never_cache
@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The account page: everything about oneself in one place."""
    user = _you(request)
    ways = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    context = {
        "panels": [(panel, panel.rows(user)) for panel in person_panels if not panel.aside],
        "cards": [(panel, panel.rows(user)) for panel in person_panels if panel.aside],
        "passkeys": sum(way == Authenticator.Type.WEBAUTHN for way in ways),
        "has_app": Authenticator.Type.TOTP in ways,
        "organisations": SocialAccount.objects.filter(user=user).count(),
        "places": sessions.places(user, request.session.session_key),
        "erasure": ErasureRequest.objects.filter(user=user).first(),
    }
    return render(request, "people/account.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask a new person's name once, then go on to where they were going."""
    return _name_form(request, "people/welcome.html", get_next_redirect_url(request) or "home")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Change one's name."""
    return _name_form(request, "people/name.html", "people:account")


def _name_form(request: HttpRequest, template: str, then: str) -> HttpResponse:
    user = _you(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(user, form.cleaned_data["name"])
        if then == "people:account":
            messages.success(request, _("Your name was changed."))
        return redirect(then)
    return render(request, template, {"form": form, "next": get_next_redirect_url(request)})


@never_cache
@confirm_first
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Ask for a new e-mail address, and send it a code."""
    user = _you(request)
    form = NewAddressForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_code(NEW_ADDRESS, form.cleaned_data["email"], user=user)
        except Invalid as error:
            form.add_error("email", str(error.reason))
        else:
            Pending(NEW_ADDRESS, row.pk, row.email).put(request)
            return redirect("people:address_code")
    return render(request, "people/address.html", {"form": form})


@never_cache
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def address_code(request: HttpRequest) -> HttpResponse:
    """Take the code that the new address got, and move the account there."""
    user = _you(request)
    pending = Pending.of(request, NEW_ADDRESS)
    if pending is None:
        return redirect("people:address")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = judge(form, pending)
        if row is not None and row.user_id == user.pk:
            return _move(request, user, row)
    return render(request, "people/address_code.html", {"form": form, "email": pending.email})


def _move(request: HttpRequest, user: User, row: MailedCode) -> HttpResponse:
    Pending.drop(request)
    try:
        actions.change_address(user, row)
    except Invalid as error:
        messages.error(request, str(error.reason))
        return redirect("people:address")
    messages.success(request, _("Your e-mail address was changed. Sign in with it from now on."))
    return redirect("people:account")


@never_cache
@login_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    user = _you(request)
    found = sessions.places(user, request.session.session_key)
    return render(request, "usersessions/places.html", {"places": found})


@login_required
@require_POST
def end_place(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one browser out."""
    if not sessions.end_session(_you(request), session_id):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("people:places")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sessions.end_other_sessions(_you(request), request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:places")


@never_cache
@login_required
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """The register of personal data: what is held, why, and for how long."""
    erasure = ErasureRequest.objects.filter(user=_you(request)).first()
    context = {"kinds": list(personal_data), "erasure": erasure}
    return render(request, "people/data.html", context)


@never_cache
@confirm_first
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything held about oneself, as JSON."""
    user = _you(request)
    held = {entry: personal_data[entry].export(user) for entry in personal_data.names()}
    body = json.dumps(held, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    filename = f"my-data-{date.today().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@never_cache
@confirm_first
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ask to be forgotten. It happens after a week, unless they change their mind."""
    user = _you(request)
    if request.method == "POST":
        actions.ask_erasure(user)
        sessions.end_other_sessions(user, request.session.session_key)
        logout(request)
        return redirect("people:left")
    return render(request, "people/leave.html")


@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """What happens now, for somebody who asked to be forgotten."""
    return render(request, "people/left.html")


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Changed one's mind about leaving."""
    actions.keep_account(_you(request))
    messages.success(request, _("Your account stays. Nothing was removed."))
    return redirect("people:account")


@never_cache
@login_required
@require_GET
def kept_form(request: HttpRequest, name: str) -> HttpResponse:
    """A form that was sent after the session had ended: what it held, and a button to send it."""
    form = kept(request, name)
    if form is None:
        return render(request, "people/kept_gone.html", status=404)
    return render(request, "people/kept_form.html", {"kept": form})
