"""Signing in through the pages: invitation, second factor, lock, sessions, confirming, people."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cobijo.errors import Refused
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.accounts import commands, sessions
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Token
from cobijo.web.core.accounts.roles import MUST_HAVE_MFA, Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens.register import registers
from tests.web.people import People, person

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
DOOR = "/en/account/login/"


@pytest.fixture(autouse=True)
def no_attempts_left_over() -> None:
    cache.clear()


def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save()
    return account


def with_app(account: Account) -> str:
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> Any:
    return client.post(DOOR, {"login": account.email.title(), "password": password})


def fully_in(account: Account) -> Client:
    client, secret = visitor(), with_app(with_password(account))
    sign_in(client, account)
    client.post("/en/account/second-factor/show/", {"code": digits(secret)})
    cache.clear()  # the same digits may be shown again: the test has no half minute to wait
    client.secret = secret  # type: ignore[attr-defined]
    return client


def test_first_administrator_comes_in_and_must_set_up_a_second_factor_first() -> None:
    client = visitor()
    path = commands.init("eva@example.org", language="en").split("8000", 1)[1]
    said = {"name": "Eva", "password": PASSWORD, "again": PASSWORD}
    assert client.post(path, said | {"again": "another"}).status_code == 422
    assert client.post(path, said | {"password": "eva", "again": "eva"}).status_code == 422
    assert client.post(path, said).status_code == 302
    for closed in ("/en/account/", "/en/people/", "/en/emergency/", "/en/account/keys/new/"):
        assert client.get(closed)["Location"] == "/en/account/second-factor/required/"
    page = client.get("/en/account/second-factor/app/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found and "data:" not in page
    answer = client.post("/en/account/second-factor/app/", {"code": digits(found[1])})
    assert answer["Location"] == "/en/account/second-factor/codes/"
    assert client.get("/en/people/").status_code == 200
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert found[1] not in kept
    assert visitor().get(path).status_code == 410


def test_invitation_goes_by_mail_and_works_once_and_not_for_ever(people: People) -> None:
    client = fully_in(people.adela)
    row = {
        "email": "nina@refuge.example",
        "organisation": people.refuge.pk,
        "language": "es",
        "roles": ["caseworker"],
    }
    assert client.post("/en/people/invite/", row).status_code == 200
    assert client.post("/en/people/invite/", row | {"roles": []}).status_code == 422
    [letter] = mail.outbox
    assert letter.to == ["nina@refuge.example"]
    found = re.search(r"http://localhost(/es/account/invitation/\S+)", letter.body)
    assert found
    invitation = Invitation.objects.get(email="nina@refuge.example")
    Invitation.objects.update(expires_at=timezone.now())
    assert visitor().get(found[1]).status_code == 410
    Invitation.objects.update(expires_at=timezone.now() + timezone.timedelta(days=1))
    said = {"name": "Nina", "password": PASSWORD, "again": PASSWORD}
    assert visitor().post(found[1], said).status_code == 302
    assert visitor().post(found[1], said).status_code == 410
    invitation.refresh_from_db()
    assert invitation.account is not None and invitation.account.roles() == {Role.CASEWORKER}


def test_a_password_alone_does_not_open_what_needs_a_second_factor(people: People) -> None:
    client, secret = visitor(), with_app(with_password(people.ana))
    assert sign_in(client, people.ana)["Location"].endswith("/account/second-factor/show/")
    assert client.get("/en/account/").status_code == 302
    wrong = client.post("/en/account/second-factor/show/", {"code": "000000"})
    assert wrong.status_code == 200 and "not right" in wrong.content.decode()
    client.post("/en/account/second-factor/show/", {"code": digits(secret)})
    assert client.get("/en/account/").status_code == 200
    assert Event.objects.filter(action="sign_in", outcome="done", account_id=people.ana.pk).count() == 1


def test_a_role_without_reach_needs_none(people: People) -> None:
    carlos = with_password(person("Carlos", Role.COORDINATOR, of=people.refuge))
    client = visitor()
    assert sign_in(client, carlos)["Location"] == "/en/work/"
    page = client.get("/en/account/")
    assert page.status_code == 200 and "sees no child" in page.content.decode()
    assert client.get("/en/people/").status_code == 403
    assert Event.objects.filter(outcome="refused", code="access.may_not_list").exists()


def test_guessing_shuts_the_door_calmly_and_only_there(people: People) -> None:
    client = visitor()
    with_password(people.ana)
    for _ in range(4):
        assert sign_in(client, people.ana, "wrong").status_code == 200
    locked = sign_in(client, people.ana, "wrong")
    assert locked.status_code == 429 and "15 minutes" in locked.content.decode()
    assert sign_in(client, people.ana).status_code == 429
    elsewhere = Client(headers={"host": "localhost"}, REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere, people.ana).status_code == 302
    refused = Event.objects.filter(action="sign_in", outcome="refused")
    assert refused.count() == 6 and refused[0].ids == [people.ana.pk]


def test_nobody_signs_up(people: People) -> None:
    assert visitor().get("/en/account/signup/").status_code == 404


@pytest.mark.parametrize(
    ("key", "ago", "why"), [(sessions.SEEN, 1801, "idle"), (sessions.BEGAN, 8 * 3600 + 1, "age")]
)
def test_sessions_end_by_themselves(people: People, key: str, ago: int, why: str) -> None:
    client = fully_in(people.adela)
    assert client.get("/en/account/")["Cache-Control"] == "no-store"
    session = client.session
    session[key] = int(time.time()) - ago
    session.save()
    answer = client.get("/en/account/")
    assert answer.status_code == 302 and f"why={why}" in answer["Location"]
    assert client.get("/en/account/").status_code == 302


def test_a_new_password_ends_every_session(people: People) -> None:
    here, there = fully_in(people.adela), visitor()
    there.cookies = here.cookies.__class__(here.cookies.output(header=""))
    said = {"oldpassword": PASSWORD, "password1": "four other words 7", "password2": "four other words 7"}
    answer = here.post("/en/account/password/", said)
    assert answer["Location"].endswith("?why=password")
    assert here.get("/en/account/").status_code == 302
    assert there.get("/en/account/").status_code == 302


def test_another_session_can_be_ended(people: People) -> None:
    client = fully_in(people.adela)
    other = visitor()
    sign_in(other, people.adela)
    other.post("/en/account/second-factor/show/", {"code": digits(client.secret)})  # type: ignore[attr-defined]
    other.get("/en/account/")
    client.get("/en/account/")
    shown = [one for one in sessions.sessions_of(people.adela.pk, client.session.session_key) if not one.own]
    client.post("/en/account/sessions/end/", {"session": shown[0].handle})
    assert other.get("/en/account/").status_code == 302
    assert client.get("/en/account/").status_code == 200


def test_a_key_is_issued_after_confirming_shown_once_and_ended(people: People) -> None:
    client = fully_in(people.sofia)
    answer = client.get("/en/account/keys/new/")
    assert answer["Location"] == "/en/account/second-factor/confirm/?next=%2Fen%2Faccount%2Fkeys%2Fnew%2F"
    assert (
        client.post(answer["Location"], {"code": digits(client.secret)})["Location"]
        == "/en/account/keys/new/"
    )  # type: ignore[attr-defined]
    page = client.get("/en/account/keys/new/").content.decode()
    offered = set(re.findall(r'name="actions"\s+value="([^"]+)"', page))
    assert {"list:service", "add:service", "history:service"} <= offered
    answered = {one.kind for one in registers().values()}
    assert {one.partition(":")[2] for one in offered} <= answered, "nothing that the API has no answer to"
    assert not [one for one in offered if one.startswith(("export:", "see_identity:"))]
    row = {"name": "Report", "days": 30, "actions": ["list:organisation"]}
    shown = client.post("/en/account/keys/new/", row).content.decode()
    assert "cob_" in shown
    token = Token.objects.get()
    assert "cob_" not in client.get("/en/account/").content.decode()
    client.post(f"/en/account/keys/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_administrator_gives_and_ends_roles_resets_and_closes(people: People) -> None:
    client, ana = fully_in(people.adela), people.ana
    with_app(ana)
    path = f"/en/people/{ana.pk}/"
    assert client.post(path, {"what": "give", "role": "analyst"}).status_code == 302
    assert client.post(path, {"what": "give", "role": "analyst"}).status_code == 422
    steward = {"what": "give", "role": "data_steward"}
    unknown = client.post(path, steward | {"area": "Oaxaca"})  # it would be a role before empty lists
    assert unknown.status_code == 422 and "MX-" in unknown.content.decode()
    assert client.post(path, steward | {"area": "MX-OAX"}).status_code == 302
    assert "Data steward</strong>\n              · Oaxaca" in client.get(path).content.decode()
    holding = Holding.objects.get(account=ana, role="analyst")
    assert client.post(path, {"what": "end", "holding": holding.pk}).status_code == 302
    assert client.post(path, {"what": "reset"}).status_code == 302
    assert not Authenticator.objects.filter(user=ana).exists()
    assert client.post(path, {"what": "close"}).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_active and ana.roles() == frozenset()
    assert client.post(f"/en/people/{people.adela.pk}/", {"what": "close"}).status_code == 422


def test_the_last_second_factor_of_a_required_role_stays(people: People) -> None:
    client = fully_in(people.adela)
    client.post("/en/account/second-factor/confirm/", {"code": digits(client.secret)})  # type: ignore[attr-defined]
    answer = client.post("/en/account/second-factor/app/remove/")
    assert answer.status_code == 200 and "requires a second factor" in answer.content.decode()
    assert Authenticator.objects.filter(user=people.adela).exists()


def test_a_lost_password_comes_back_by_mail_and_unknown_addresses_hear_nothing(people: People) -> None:
    with_password(people.ana)
    for email in ("nobody@example.org", people.ana.email):
        assert visitor().post("/en/account/password/reset/", {"email": email}).status_code == 302
    [letter] = mail.outbox
    found = re.search(r"http://localhost(/en/account/password/reset/key/\S+)", letter.body)
    assert found
    client = visitor()
    there = client.get(found[1])["Location"]
    new = {"password1": "four other words 7", "password2": "four other words 7"}
    assert client.post(there, new).status_code == 302
    people.ana.refresh_from_db()
    assert people.ana.check_password("four other words 7")


def test_demo_accounts_exist_only_where_nobody_else_does() -> None:
    with acting_as_system("demo") as by:
        made = commands.make_demo_accounts(by)
        again = commands.make_demo_accounts(by)
    assert [one.role for one in made] == [*Role, commands.NEIGHBOUR]
    auditor = Account.objects.get(holdings__role=Role.AUDITOR)  # looks at both from outside
    assert auditor.organisation.code == commands.OUTSIDE_CODE
    must = {*MUST_HAVE_MFA, commands.NEIGHBOUR}
    assert all(bool(one.totp_secret) == (one.role in must) for one in made)
    assert made[0].password != again[0].password
    client, first = visitor(), again[0]
    client.post(DOOR, {"login": first.email, "password": first.password})
    client.post("/en/account/second-factor/show/", {"code": digits(first.totp_secret)})
    assert client.get("/en/account/").status_code == 200


def test_demo_accounts_are_refused_beside_real_ones(people: People) -> None:
    with pytest.raises(Refused, match="demo_only"), acting_as_system("demo") as by:
        commands.make_demo_accounts(by)
