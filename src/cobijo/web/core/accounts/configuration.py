"""Settings of signing in: how a person proves who they are, for how long that holds, when a door stays shut."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

HERE = "cobijo.web.core.accounts"
APPS = ["allauth", "allauth.account", "allauth.mfa", "axes"]
#: In this order, after Django's own AuthenticationMiddleware and before ActsForRequest.
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    f"{HERE}.middleware.SignedIn",
]
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=8)
IDLE_AT_MOST = timedelta(minutes=30)


def signing_in(*, behind_proxy: bool) -> dict[str, Any]:
    """For `settings.py`. Behind a proxy exactly one address is believed: the one that our own proxy added."""
    proxy: dict[str, Any] = {}
    if behind_proxy:
        proxy = {
            "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
            "AXES_IPWARE_PROXY_COUNT": 1,
            "AXES_IPWARE_PROXY_ORDER": "right-most",
            "AXES_IPWARE_META_PRECEDENCE_ORDER": ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"],
        }
    return _DOOR | _SECOND_FACTOR | _LOCK | proxy


_DOOR: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": [
        f"{HERE}.adapters.Lock",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "work",
    "LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_ADAPTER": f"{HERE}.adapters.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": [
        "email*",
        "password1*",
    ],  # read by allauth's checks; there is no page to sign up
    "ACCOUNT_EMAIL_VERIFICATION": "none",  # the invitation came by e-mail, so the address is known to be theirs
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "Cobijo: ",
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_SESSION_REMEMBER": False,
    # The lock below is what counts failures of a password; this one is for the codes of the second factor.
    "ACCOUNT_RATE_LIMITS": {"login_failed": "60/m/ip,10/300s/key"},
    "CSRF_FAILURE_VIEW": f"{HERE}.views.stale_form",
    "SESSION_COOKIE_AGE": int(SESSION_LASTS.total_seconds()),
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
}

_SECOND_FACTOR: dict[str, Any] = {
    "MFA_ADAPTER": f"{HERE}.adapters.MfaAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Cobijo",
    "MFA_TOTP_TOLERANCE": 1,  # clocks of cheap phones are off by half a minute
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,  # only localhost: browsers offer no key to other plain addresses
}

_LOCK: dict[str, Any] = {
    "AXES_FAILURE_LIMIT": 5,
    # One person at one place: nobody locks a caseworker out from elsewhere by guessing at her address.
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_COOLOFF_TIME": LOCKED_FOR,
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_USERNAME_CALLABLE": f"{HERE}.adapters.name_given",
    "AXES_LOCKOUT_CALLABLE": f"{HERE}.adapters.locked",
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
}
