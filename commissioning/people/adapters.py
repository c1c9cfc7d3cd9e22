"""What we decide differently from django-allauth."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid
from commissioning.ground.digests import keyed_digest
from commissioning.people import mails
from commissioning.people.actions import person_of
from commissioning.people.models import User


def changes() -> dict[str, str]:
    """What a mail says was changed on an account, by the template that allauth asks for."""
    return {
        "mfa/email/totp_activated": _("An authenticator app was added."),
        "mfa/email/totp_deactivated": _("The authenticator app was removed."),
        "mfa/email/webauthn_added": _("A passkey was added."),
        "mfa/email/webauthn_removed": _("A passkey was removed."),
        "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
        "socialaccount/email/account_connected": _("A sign-in of an organisation was connected."),
        "socialaccount/email/account_disconnected": _("A sign-in of an organisation was removed."),
    }


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts: names asked after the first sign-in, mails in our own words."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by proving an address, never by allauth's own sign-up."""
        return False

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Ask a new person's name, then go on to where they were going."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User) and not user.name:
            query = urlencode({"next": response["Location"]})
            return HttpResponseRedirect(f"{reverse('people:welcome')}?{query}")
        return response

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that a way to sign in to their account changed."""
        change = changes().get(template_prefix)
        if change is None or not isinstance(user, User):
            return
        try:
            mails.send("people/mails/changed", email or user.email, {"change": change})
        except Invalid:
            # The change stands; the mail server's failure is in the log.
            return

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey or an app where there is one, otherwise an e-mailed code."""
        found = super().get_reauthentication_methods(user)
        code = {"id": "code", "description": "", "url": reverse("account_reauthenticate")}
        return found or [code]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second steps: their secrets are encrypted at rest."""

    def _box(self) -> Fernet:
        key = keyed_digest(settings.SECRET_KEY.encode(), b"people.second_step")
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        """What is stored of an authenticator app's secret."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002
        """A name for a new passkey that says which one it is."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that a phone shows beside the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.MFA_TOTP_ISSUER}


class OpenIDAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect: joined to an account only by an address that the provider has verified."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account of a person who comes from their organisation's sign-in."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        # "true" as a string, or left out, is not a provider saying that it has verified it.
        verified = [a.email for a in sociallogin.email_addresses if a.verified is True]
        if not verified:
            page = render(request, "socialaccount/not_verified.html", status=403)
            raise ImmediateHttpResponse(page)
        name = str(self._claims(sociallogin).get("name") or "")
        user, _created = person_of(verified[0], name[:120])
        sociallogin.connect(request, user)

    @staticmethod
    def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
        provider_account = sociallogin.account.get_provider_account()
        return provider_account.get_user_data() or {}
