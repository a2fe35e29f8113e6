"""What `cobijo init` and the demo do with accounts: functions that return data, for the command line to show."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from cobijo.errors import Refused
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts import services
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import MUST_HAVE_MFA, Role

DEMO = "demo-refugio"
#: The other invented organisation in which somebody has an account: who answers what is shared, and signs for it.
NEIGHBOUR = "neighbour"
NEIGHBOUR_CODE = "demo-faro"
#: The third: whoever looks from outside, so that a complaint about staff of either of the two has where to go.
OUTSIDE_CODE = "demo-contraloria"
DEMO_CODES = frozenset({DEMO, NEIGHBOUR_CODE, OUTSIDE_CODE})
NEIGHBOUR_ROLES = (Role.RECEIVING_SERVICE, Role.CASEWORKER, Role.SUPERVISOR)
WORDS = ("faro", "nube", "maiz", "rio", "barco", "luna", "monte", "farol", "trigo", "playa", "cedro", "abeja")


@dataclass(frozen=True)
class DemoAccount:
    """An invented person of the demo, with everything that is needed to sign in as them."""

    role: str  # a role, or `NEIGHBOUR`
    email: str
    password: str
    totp_secret: str  # to type into an authenticator app; empty where the role needs no second factor


def init(email: str, *, address: str = "http://localhost:8000", language: str = "es") -> str:
    """`cobijo init --email EMAIL`: the single-use link for the first administrator. Shown once, kept nowhere."""
    made = services.invite_first_administrator(email=email)
    with override(language):
        return address.rstrip("/") + reverse("accounts:invitation", args=[made.secret])


@transaction.atomic
def make_demo_accounts(by: Access) -> list[DemoAccount]:
    """One account a role, of an invented organisation (the auditor: of one outside), and one of its neighbour's.

    Only where nobody else has an account. May be repeated: passwords and second factors are then new ones. On a site
    with real people it is refused.
    """
    if Account.objects.exclude(organisation__code__in=DEMO_CODES).exists():
        raise Refused("accounts.demo_only")
    home = _organisation(by, {"code": DEMO, "name": "Refugio Inventado", "kind": "ngo", "area": ""})
    row = {"code": NEIGHBOUR_CODE, "name": "Casa Faro (inventada)", "kind": "civil_society", "area": "MX-VER"}
    neighbour = _organisation(by, row)
    row = {"code": OUTSIDE_CODE, "name": "Contraloría Inventada", "kind": "government", "area": ""}
    outside = _organisation(by, row)
    made = [_demo_account(by, outside if role == Role.AUDITOR else home, role.value, [role]) for role in Role]
    return [*made, _demo_account(by, neighbour, NEIGHBOUR, NEIGHBOUR_ROLES)]


def _organisation(by: Access, row: dict[str, str]) -> Organisation:
    found = Organisation.objects.filter(code=row["code"]).first()
    return found or services.create_organisations(by=by, rows=[row])[0]


def _demo_account(by: Access, home: Organisation, key: str, roles: Sequence[Role]) -> DemoAccount:
    email, password = f"{key}@demo.invalid", _password()
    account = Account.objects.filter(email=email).first()
    if account is None:
        [made] = services.invite(by=by, rows=[{"email": email, "organisation": home, "roles": list(roles)}])
        name = f"Demo {key.replace('_', ' ')}"
        account = services.accept_invitation(secret=made.secret, name=name, password=password)
    else:
        Account.objects.filter(pk=account.pk).update(password=make_password(password))
        Authenticator.objects.filter(user=account).delete()
    if MUST_HAVE_MFA.isdisjoint(roles):
        return DemoAccount(key, email, password, "")
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return DemoAccount(key, email, password, secret)


def _password() -> str:
    """Four words and a number: easy to copy from the terminal, and another one in every demo."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(4)), str(secrets.randbelow(9000) + 1000)])
