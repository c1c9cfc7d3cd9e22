"""Pages of notices. Opening a link changes nothing; a button does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.notices import mailbox as box
from commissioning.notices.actions import choose_groups, unwanted_groups
from commissioning.notices.actions import stop as stop_notices
from commissioning.notices.forms import PreferencesForm
from commissioning.notices.kinds import Group
from commissioning.notices.links import read_stop_token
from commissioning.people.models import User

View = Callable[..., HttpResponseBase]


# Mail services post here by themselves when their reader presses "unsubscribe" (RFC 8058): they
# have no cookie and no form token. The signed token is what lets them, and only lets them stop.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before stopping a group of notices; stop it when the button is pressed."""
    what = read_stop_token(token)
    if what is None:
        raise Http404
    context = {"group": what.group.label, "has_account": what.user_id is not None}
    if request.method == "POST":
        stop_notices(what)
        return render(request, "notices/stopped.html", context)
    return render(request, "notices/stop.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose which groups of notices to get by e-mail."""
    assert isinstance(request.user, User)
    wanted = set(Group) - unwanted_groups(request.user)
    # With no box ticked nothing but the form token is posted.
    posted = request.POST if request.method == "POST" else None
    form = PreferencesForm(posted, initial={"groups": [group.value for group in wanted]})
    if request.method == "POST" and form.is_valid():
        choose_groups(request.user, form.wanted())
        messages.success(request, _("Saved. This holds from now on."))
        return redirect("people:account")
    return render(request, "notices/preferences.html", {"form": form})


def development_only(view: View) -> View:
    """The mailbox is there only where no mail server is set, in debug; otherwise a 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.LOCAL:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@development_only
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail sent on this machine, newest first."""
    page = Paginator(box.names(), 25).get_page(request.GET.get("page"))
    mails = list(box.mails(list(page.object_list)))
    return render(request, "notices/mailbox.html", {"page": page, "mails": mails})


@development_only
@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no more arguments
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers, its text, and its HTML in a frame that can run nothing."""
    found = box.read(name)
    if found is None:
        raise Http404
    return render(request, "notices/mail.html", {"mail": found})


# The frame shows a mail as a mail reader would: styles in the page, pictures of ours, no script.
@development_only
@require_GET
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its types know no more arguments
    {
        "style-src": [UNSAFE_INLINE],
        "script-src": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
    }
)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone."""
    found = box.read(name)
    if found is None or not found.html:
        raise Http404
    # A link in the mail opens in the window, as it would from a mail reader.
    return HttpResponse(found.html.replace("<head>", '<head><base target="_top">', 1))
