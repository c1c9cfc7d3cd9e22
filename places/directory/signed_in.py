"""Who is asking, once a rule has made sure that it is somebody."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Refused, no
from commissioning.people.models import User


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in. Refuses, with the reason, where nobody is."""
    if isinstance(request.user, User):
        return request.user
    raise Refused(no(_("Sign in first.")))
