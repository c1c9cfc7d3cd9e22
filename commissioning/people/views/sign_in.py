"""Signing in: ask for a code, type it; and the second steps that allauth then asks for."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.ground.answers import Invalid
from commissioning.people import actions
from commissioning.people.demo import demo_people
from commissioning.people.forms import AddressForm, CodeForm
from commissioning.people.models import MailedCode, User
from commissioning.people.pending import Pending

Purpose = MailedCode.Purpose
# Pressing "sign in with my organisation" leads away from here: the page must be let go there.
_PROVIDER = [settings.OIDC_SERVER_URL] if settings.OIDC_SERVER_URL else []


def _next(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or ""


@never_cache
@csp_update({"form-action": _PROVIDER})
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address and e-mail it a code, whether or not it has an account."""
    if request.user.is_authenticated:
        return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_code(Purpose.SIGN_IN, form.cleaned_data["email"])
        except Invalid as error:
            form.add_error("email", str(error.reason))
        else:
            Pending(Purpose.SIGN_IN, row.pk, row.email, _next(request)).put(request)
            return redirect("account_enter_code")
    context = {
        "form": form,
        "next": _next(request),
        "providers": get_social_adapter().list_providers(request),
        "demo_people": demo_people(),
    }
    return render(request, "account/login.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code, and sign its reader in."""
    pending = Pending.of(request, Purpose.SIGN_IN)
    if pending is None:
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = judge(form, pending)
        if row is not None:
            Pending.drop(request)
            return _come_in(request, row, pending.next)
    context = {"form": form, "email": pending.email, "again_url": reverse("account_code_again")}
    return render(request, "account/enter_code.html", context)


def judge(form: CodeForm, pending: Pending) -> MailedCode | None:
    """The row whose code was typed right; otherwise the form says what to do next."""
    result, row = actions.try_code(pending.code_id, form.cleaned_data["code"])
    sentences = {
        actions.Tried.WRONG: _("This is not the code we sent. Check the newest e-mail from us."),
        actions.Tried.USED_UP: _("That was the fifth try. Ask for a new code below."),
        actions.Tried.TOO_LATE: _(
            "This code has been used or is older than 10 minutes. Ask for a new code below."
        ),
    }
    if result in sentences:
        form.add_error("code", sentences[result])
    return row


def _come_in(request: HttpRequest, row: MailedCode, then: str) -> HttpResponse:
    user, is_new = actions.person_of(row.email)
    # Signing in just now is as good a proof as being asked again.
    record_authentication(request, user, method="code", reauthenticated=True)
    login = Login(user=user, email=row.email, signup=is_new, redirect_url=then or None)
    response: HttpResponse = perform_login(request, login)
    return response


@never_cache
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """E-mail another code to the same address; the one before stops working here."""
    pending = Pending.of(request)
    if pending is None:
        return redirect("account_login")
    user = request.user if isinstance(request.user, User) else None
    try:
        row = actions.ask_code(pending.purpose, pending.email, user=user)
    except Invalid as error:
        messages.error(request, str(error.reason))
    else:
        Pending(pending.purpose, row.pk, row.email, pending.next).put(request)
        messages.success(request, _("We sent a new code. The one before no longer works."))
    return redirect(pending.page)


@never_cache
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm who somebody is, by a code to their own address, before a change to sign-in."""
    assert isinstance(request.user, User)
    if is_mfa_enabled(request.user):
        # Whoever set up a second step is asked for that, not for something weaker.
        query = urlencode({"next": _next(request)})
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
    pending = Pending.of(request, Purpose.CONFIRM)
    if pending is None:
        return _ask_to_confirm(request, request.user)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        row = judge(form, pending)
        if row is not None and row.user_id == request.user.pk:
            Pending.drop(request)
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return redirect(pending.next or reverse("people:account"))
    context = {"form": form, "email": pending.email, "again_url": reverse("account_code_again")}
    return render(request, "account/enter_code.html", context | {"is_confirmation": True})


def _ask_to_confirm(request: HttpRequest, user: User) -> HttpResponse:
    """The page before: a button sends the code, so that opening a link sends nothing."""
    if request.method == "POST":
        try:
            row = actions.ask_code(Purpose.CONFIRM, user.email, user=user)
        except Invalid as error:
            messages.error(request, str(error.reason))
        else:
            Pending(Purpose.CONFIRM, row.pk, row.email, _next(request)).put(request)
            return redirect("account_reauthenticate")
    return render(request, "account/reauthenticate.html", {"next": _next(request)})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the demo place, by one click. In debug only; elsewhere a 404."""
    if not settings.LOCAL:
        raise Http404
    email = request.POST.get("person", "")
    user = User.objects.filter(email__iexact=email, is_demo=True, is_active=True).first()
    if user is None:
        raise Http404
    get_adapter().logout(request)
    record_authentication(request, user, method="demo")
    response: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=_next(request) or None)
    )
    return response


def sign_up(request: HttpRequest) -> HttpResponse:
    """There is one door: an address without an account gets one by the same code."""
    query = f"?{urlencode({'next': _next(request)})}" if _next(request) else ""
    return HttpResponseRedirect(reverse("account_login") + query)


def account_closed(request: HttpRequest) -> HttpResponse:
    """The account of whoever tries to sign in was closed."""
    return render(request, "account/account_inactive.html", status=403)
