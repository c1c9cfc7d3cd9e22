"""Sign-in settings (django-allauth): an e-mailed code, then passkeys and authenticator apps.

The e-mailed code is ours (``docs/decisions``): allauth keeps codes readable in the session and
counts tries there. What follows the code is allauth's: second steps, passkeys, OpenID Connect.
"""

from typing import Any

import environ

_env = environ.Env()

ACCOUNT_ADAPTER = "commissioning.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
# Every account begins with a proved address, so there is nothing left to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Limits are per account: 500 people in a hall share one address. Codes have limits of their own.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key", "reauthenticate": "20/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXIES", default=0)

# Off: it would write a row for each page opened.
USERSESSIONS_TRACK_ACTIVITY = False

MFA_ADAPTER = "commissioning.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey has no secret that could be guessed, so nobody is slowed.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Collaborative Commissioning"
MFA_FORMS = {
    "authenticate": "commissioning.people.forms.SecondStepForm",
    "reauthenticate": "commissioning.people.forms.SecondStepAgainForm",
    "activate_totp": "commissioning.people.forms.ActivateAppForm",
    "add_webauthn": "commissioning.people.forms.AddPasskeyForm",
    "edit_webauthn": "commissioning.people.forms.RenamePasskeyForm",
}

# OpenID Connect: a council's own sign-in. Switched on by setting these three.
OIDC_SERVER_URL = _env.str("OIDC_SERVER_URL", "")
OIDC_NAME = _env.str("OIDC_NAME", "your organisation")
SOCIALACCOUNT_ADAPTER = "commissioning.people.adapters.OpenIDAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "commissioning.people.forms.DisconnectForm"}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": _env.str("OIDC_CLIENT_ID"),
                "secret": _env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }
