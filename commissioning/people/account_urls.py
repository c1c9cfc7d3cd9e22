"""Addresses of signing in, under the names by which django-allauth knows its pages.

Only what is used: passwords, sign-up forms and verification links have no address here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path

from commissioning.people.confirm import confirm_first
from commissioning.people.views import sign_in as ours

urlpatterns = [
    path("login/", ours.sign_in, name="account_login"),
    path("login/code/", ours.enter_code, name="account_enter_code"),
    path("login/again/", ours.code_again, name="account_code_again"),
    path("signup/", ours.sign_up, name="account_signup"),
    path("demo/", ours.demo_sign_in, name="account_demo"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", ours.account_closed, name="account_inactive"),
    path("confirm/", ours.confirm, name="account_reauthenticate"),
    # Second steps and passkeys.
    path("ways/", mfa.index, name="mfa_index"),
    path("ways/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("ways/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("ways/app/add/", confirm_first(totp.activate_totp), name="mfa_activate_totp"),
    path("ways/app/remove/", confirm_first(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("ways/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("ways/passkeys/add/", confirm_first(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "ways/passkeys/<int:pk>/rename/",
        confirm_first(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "ways/passkeys/<int:pk>/remove/",
        confirm_first(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "ways/passkeys/confirm/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("ways/passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "ways/recovery-codes/",
        confirm_first(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "ways/recovery-codes/new/",
        confirm_first(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "ways/recovery-codes/download/",
        confirm_first(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # A council's own sign-in.
    path(
        "organisation/",
        confirm_first(social.connections),
        name="socialaccount_connections",
    ),
    path("organisation/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("organisation/error/", social.login_error, name="socialaccount_login_error"),
    path("oidc/<str:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
]
