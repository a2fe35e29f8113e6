"""Every request acts for whoever is signed in, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import include, path
from django.utils.functional import SimpleLazyObject

from cobijo.web.core.access.context import acting_as, current
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import acts_for_nobody, purpose, refused_in
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.audit.models import Event
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@purpose("follow_case")
def said(request: HttpRequest) -> HttpResponse:
    access = current()
    assert access is None or connection.in_atomic_block
    return HttpResponse(f"{access.account_id} {access.purpose}" if access else "nobody")


def late(request: HttpRequest) -> HttpResponse:
    """A template is rendered inside the context too."""
    template = engines["django"].from_string("{{ who.account_id }}")
    return TemplateResponse(request, template, {"who": SimpleLazyObject(current)})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"a", b"b"]))


def write(request: HttpRequest, how: str) -> HttpResponse:
    Organisation.objects.create(code="half", name="Half", kind="ngo")
    if how == "fail":
        raise RuntimeError("a secret")
    problem = Forbidden("access.not_assigned", action="change", kind="note", ids=(5,))
    if how == "refuse":
        raise problem
    if how == "answer":
        refused_in(request, problem)
        return HttpResponse("no", status=403)
    return HttpResponse("done")


urls = ModuleType("urls")
urls.urlpatterns = [  # type: ignore[attr-defined]
    path("said", said),
    path("said/public", acts_for_nobody(purpose("x")(lambda request: said(request)))),
    path("late", late),
    path("streamed", streamed),
    path("write/<str:how>", write),
    path("", include("cobijo.web.publication.public.urls")),
]
urls.handler403 = "cobijo.web.problems.forbidden"  # type: ignore[attr-defined]
urls.handler500 = "cobijo.web.problems.failed"  # type: ignore[attr-defined]


@pytest.fixture
def client(settings, people: People) -> Iterator[Client]:  # type: ignore[no-untyped-def]
    import sys

    sys.modules["tests_web_access_urls"] = urls
    settings.ROOT_URLCONF = "tests_web_access_urls"
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(people.ana)
    yield client
    del sys.modules["tests_web_access_urls"]


def test_a_request_acts_for_whoever_is_signed_in(client: Client, people: People) -> None:
    assert client.get("/said").content.decode() == f"{people.ana.pk} follow_case"
    assert current() is None
    assert client.get("/said/public").content.decode() == "nobody"
    assert Client(headers={"host": "localhost"}).get("/said").content.decode() == "nobody"


@pytest.mark.parametrize(
    ("how", "status", "stays"), [("well", 200, 1), ("fail", 500, 0), ("refuse", 403, 0), ("answer", 403, 0)]
)
def test_what_fails_or_is_refused_leaves_nothing_behind(
    client: Client, how: str, status: int, stays: int
) -> None:
    answer = client.get(f"/write/{how}", headers={"accept-language": "en"})
    assert answer.status_code == status
    assert Organisation.objects.filter(code="half").count() == stays
    refusals = list(Event.objects.values_list("outcome", "code", "action", "kind", "ids"))
    expected = [("refused", "access.not_assigned", "change", "note", [5])]
    assert refusals == (expected if status == 403 else [])
    assert "secret" not in answer.content.decode()


def test_a_page_that_is_rendered_late_is_rendered_inside(client: Client, people: People) -> None:
    assert client.get("/late").content.decode() == str(people.ana.pk)


def test_a_streamed_answer_is_an_error(client: Client) -> None:
    assert client.get("/streamed").status_code == 500


def test_a_public_page_sets_no_cookie_and_reads_no_session(
    reader: Client,
    public: object,
    people: People,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    with django_assert_num_queries(0):
        answer = reader.get("/es/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    reader.force_login(people.ana)
    with django_assert_num_queries(0):
        assert reader.get("/es/").status_code == 200


def test_a_context_costs_few_queries(people: People, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """Begin, organisation, roles, break-glass, scopes, commit; on PostgreSQL one more, prepared, is not counted."""
    ana = Account.objects.get(pk=people.ana.pk)
    with django_assert_max_num_queries(6), acting_as(ana, "follow_case"):
        pass
