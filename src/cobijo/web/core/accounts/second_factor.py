"""Second factors: whether there is one, and taking all away from a person whose phone is lost."""

from __future__ import annotations

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.db import transaction

from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts import rules
from cobijo.web.core.accounts.sessions import end_sessions


def has_second_factor(account_id: int) -> bool:
    """Recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=account_id, type__in=kinds).exists())


@transaction.atomic
def reset_second_factors(*, by: Access, ids: Collection[int]) -> int:
    """Take second factors away and end the sessions: at the next sign-in the person sets up a new one."""
    check(by, "change", "holding")  # whoever may give roles may also let a person in anew
    rules.check_not_self(by, ids, "accounts.reset_self")
    count, _ = Authenticator.objects.filter(user__in=ids).delete()
    for account_id in ids:
        end_sessions(account_id)
    audit.record("change", "account", sorted(ids), access=by, detail={"fields": ["second_factor"]})
    return int(count)
