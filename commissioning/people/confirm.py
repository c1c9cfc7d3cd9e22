"""Asking again who somebody is before they change how they sign in."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

View = Callable[..., HttpResponse]


def confirmed_recently(request: HttpRequest) -> bool:
    """Whether this session showed who it is in the last quarter of an hour."""
    recent = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < recent for record in records)


def confirm_first(view: View) -> View:
    """Let only a session in that showed recently who it is; ask the others, and come back."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if confirmed_recently(request):
            return view(request, *args, **kwargs)
        method = get_adapter().get_reauthentication_methods(request.user)[0]
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{method['url']}?{query}")

    return wrapped
