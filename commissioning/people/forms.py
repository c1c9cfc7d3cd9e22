"""Forms of people's pages."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.forms import DisconnectForm as SocialDisconnectForm
from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User


class AddressForm(forms.Form):
    """Who wants to sign in."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address in the right form, like name@example.com"),
        },
    )

    def clean_email(self) -> str:
        """Without what cannot stand in a header."""
        return str(self.cleaned_data["email"]).strip()


class NewAddressForm(AddressForm):
    """The address that an account moves to."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")

    def clean_email(self) -> str:
        """Another one than now."""
        email = super().clean_email()
        if email.lower() == self.user.email.lower():
            raise forms.ValidationError(_("This is your e-mail address already"))
        return email


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("8 letters and numbers. It does not matter if you leave out the dash."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            }
        ),
        error_messages={"required": _("Enter the code from the e-mail")},
    )


class NameForm(forms.Form):
    """How somebody is shown to others."""

    name = forms.CharField(
        label=_("Your full name"),
        help_text=_("Others in your programmes see it beside what you say and decide."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your full name")},
    )

    def clean_name(self) -> str:
        """One line, with single spaces."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(_("Enter a name with letters in it"))
        return name


def _app_code(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            }
        ),
        error_messages={"required": _("Enter the code")},
    )


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in, with an app or a recovery code."""

    code = _app_code(
        _("Code from your authenticator app"), _("Or one of your recovery codes, if you kept them.")
    )


class SecondStepAgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same, to confirm who somebody is."""

    code = _app_code(
        _("Code from your authenticator app"), _("Or one of your recovery codes, if you kept them.")
    )


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of a new authenticator app."""

    code = _app_code(_("Code that the app shows"), _("6 numbers."))


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey. It always signs in by itself: asking would be a question nobody can answer."""

    show_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for this passkey")
        self.fields["name"].help_text = _("So that you can tell it from others: “My phone”.")
        self.fields["name"].max_length = 60
        passwordless = self.fields["passwordless"]
        passwordless.widget = forms.HiddenInput()
        passwordless.initial = "on"


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for this passkey")
        self.fields["name"].max_length = 60


class DisconnectForm(SocialDisconnectForm):  # type: ignore[misc]  # allauth has no types
    """Remove an organisation's sign-in: an e-mailed code still lets them in."""

    def clean(self) -> dict[str, Any]:
        """Without allauth's check, which asks for a password that nobody has here."""
        return dict(self.cleaned_data)
