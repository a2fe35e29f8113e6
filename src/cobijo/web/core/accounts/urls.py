"""Addresses of this room. Allauth's pages are named one by one: what is not named here does not exist."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import include, path, re_path

from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.accounts import people, views

_own = [
    path("account/", views.me, name="me"),
    path("account/invitation/<str:secret>/", views.invitation, name="invitation"),
    path("account/second-factor/required/", views.second_factor, name="second_factor"),
    path("account/sessions/end/", views.end_session, name="end_session"),
    path("account/keys/new/", views.new_key, name="new_key"),
    path("account/keys/<int:token_id>/revoke/", views.revoke_key, name="revoke_key"),
    path("people/", people.index, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:account_id>/", people.person, name="person"),
    path("people/invitations/<int:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
]

#: Signing in and proving who one is: these act for nobody, since who it is shows only at their end.
_door = {
    "account_login": ("account/login/", allauth.login),
    "account_logout": ("account/logout/", allauth.logout),
    "account_inactive": ("account/closed/", allauth.account_inactive),
    "account_reauthenticate": ("account/confirm/", allauth.reauthenticate),
    "account_change_password": ("account/password/", allauth.password_change),
    "account_reset_password": ("account/password/reset/", allauth.password_reset),
    "account_reset_password_done": ("account/password/reset/sent/", allauth.password_reset_done),
    "account_reset_password_from_key_done": (
        "account/password/reset/done/",
        allauth.password_reset_from_key_done,
    ),
    "mfa_index": ("account/second-factor/", mfa.index),
    "mfa_authenticate": ("account/second-factor/show/", mfa.authenticate),
    "mfa_reauthenticate": ("account/second-factor/confirm/", mfa.reauthenticate),
    "mfa_activate_totp": ("account/second-factor/app/", views.ActivateApp.as_view()),
    "mfa_deactivate_totp": ("account/second-factor/app/remove/", totp.deactivate_totp),
    "mfa_list_webauthn": ("account/second-factor/keys/", keys.list_webauthn),
    "mfa_add_webauthn": ("account/second-factor/keys/add/", views.AddKey.as_view()),
    "mfa_reauthenticate_webauthn": ("account/second-factor/keys/confirm/", keys.reauthenticate_webauthn),
    "mfa_edit_webauthn": ("account/second-factor/keys/<int:pk>/", keys.edit_webauthn),
    "mfa_remove_webauthn": ("account/second-factor/keys/<int:pk>/remove/", keys.remove_webauthn),
    "mfa_view_recovery_codes": ("account/second-factor/codes/", codes.view_recovery_codes),
    "mfa_generate_recovery_codes": ("account/second-factor/codes/new/", codes.generate_recovery_codes),
    "mfa_download_recovery_codes": ("account/second-factor/codes/file/", codes.download_recovery_codes),
}

urlpatterns = [
    path("", include((_own, "accounts"))),
    *[path(where, acts_for_nobody(view), name=name) for name, (where, view) in _door.items()],
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        acts_for_nobody(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
