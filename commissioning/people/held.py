"""What this room holds about people: the first entries of the register that they can read."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from commissioning.people import sessions
from commissioning.people.models import MailedCode, User
from commissioning.people.registers import PersonalData, personal_data


def account(user: User) -> dict[str, Any]:
    """Who they are to us."""
    return {"name": user.name, "email": user.email, "joined": user.joined_at}


def ways(user: User) -> dict[str, Any]:
    """How they sign in: names and dates, never a secret."""
    return {
        "second_steps": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "organisations": list(SocialAccount.objects.filter(user=user).values("uid", "date_joined")),
    }


def forget_ways(user: User) -> None:
    """Remove passkeys, apps and connected sign-ins."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def where(user: User) -> list[dict[str, Any]]:
    """Where they are signed in."""
    return [{"device": p.device, "since": p.since} for p in sessions.places(user, None)]


def codes(user: User) -> list[dict[str, Any]]:
    """Codes that were e-mailed to them in the last day."""
    rows = MailedCode.objects.filter(email__iexact=user.email)
    return [dict(row) for row in rows.values("purpose", "created_at", "used_at")]


def forget_codes(user: User) -> None:
    """Remove them early."""
    MailedCode.objects.filter(email__iexact=user.email).delete()
    MailedCode.objects.filter(user=user).delete()


def register() -> None:
    """Fill the register; called once, when the application starts."""
    personal_data.register(
        "account",
        PersonalData(
            what=_("Your name and e-mail address"),
            why=_("To let you in, and so that others know who says and decides what."),
            kept=_("Until you ask us to forget you."),
            export=account,
        ),
    )
    personal_data.register(
        "ways_to_sign_in",
        PersonalData(
            what=_("Your passkeys, apps and connected sign-ins"),
            why=_("To let you in, and nobody else."),
            kept=_("Until you remove them."),
            export=ways,
            erase=forget_ways,
        ),
    )
    personal_data.register(
        "sessions",
        PersonalData(
            what=_("The browsers where you are signed in, with their internet address"),
            why=_("So that you can see them and sign them out."),
            kept=_("Until you sign out, or two weeks."),
            export=where,
        ),
    )
    personal_data.register(
        "codes",
        PersonalData(
            what=_("That a code was e-mailed to you, and whether it was used"),
            why=_("To stop somebody from guessing codes."),
            kept=_("One day. The code itself is never kept."),
            export=codes,
            erase=forget_codes,
        ),
    )
