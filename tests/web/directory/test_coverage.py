"""Who does what where: counted right, in one question to the database, and the same on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cobijo.engine.pack import load_pack
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.directory.coverage import queries
from cobijo.web.directory.coverage.drawing import drawing
from cobijo.web.directory.coverage.models import NATIONAL, Child, Counts
from cobijo.web.directory.services.models import Service
from tests.web.directory.entries import SECRETS, Country, browser, make_country, plant
from tests.web.people import People, person

pytestmark = pytest.mark.django_db
OLD = timezone.localdate() - timedelta(days=400)


@pytest.fixture
def country(people: People) -> Country:
    return make_country(people)


def counted(country: Country, child: Child | None = None) -> Counts:
    with acting_as(country.people.ana, "") as by:
        return queries.counts(by, child)


def test_the_matrix_counts_what_is_offered_and_tells_stale_from_verified(country: Country) -> None:
    country.add()
    country.add(name="Vieja", verified_on=OLD)
    country.add(name="Nunca", verified_on=None, area="MX-PUE")
    country.add(name="Nacional", area="")
    country.add(name="Terminada", ended_on=timezone.localdate())
    country.add(name="Cerrada", organisation=country.third)
    Organisation.objects.filter(pk=country.third.pk).update(active=False)
    found = counted(country)
    cell = found.cell("shelter", "MX-OAX")
    assert (cell.verified, cell.stale, cell.state) == (1, 1, "partly")
    assert found.cell("shelter", "MX-PUE").state == "stale"
    assert found.cell("shelter", NATIONAL).state == "verified"
    assert found.cell("shelter", "MX-CHP").state == "none"
    assert (found.total, found.stale) == (4, 2)
    assert len(found.missing("shelter")) == 30
    assert found.only_stale("shelter") == ("MX-PUE",)


def test_half_a_year_is_the_edge(country: Country) -> None:
    country.add(name="Justa", verified_on=timezone.localdate() - timedelta(days=180))
    country.add(name="Pasada", verified_on=timezone.localdate() - timedelta(days=181))
    cell = counted(country).cell("shelter", "MX-OAX")
    assert (cell.verified, cell.stale) == (1, 1)


@pytest.mark.parametrize(
    ("child", "there"),
    [
        (Child(), True),
        (Child(whom="girls"), True),
        (Child(whom="boys"), False),
        (Child(age=12), True),
        (Child(age=11), False),
        (Child(age=17), True),
        (Child(disability=True), False),
        (Child(any_papers=True), False),
    ],
)
def test_a_child_counts_only_the_doors_that_open(country: Country, child: Child, there: bool) -> None:
    country.add(for_whom="girls", age_from=12, any_papers=False)
    assert ("MX-OAX" in counted(country, child).offered("shelter")) is there


def test_a_gap_by_eligibility_is_no_gap_of_the_kind(country: Country) -> None:
    country.add(for_whom="girls", any_papers=False)
    page = browser(country.people.ana).get("/en/coverage/gaps/?kind=shelter").content.decode()
    assert "Shelter: nobody in 31 of 32 states" in page
    for said in ("There, but not for boys", "none open to a disability", "none whatever the papers"):
        assert said in page
    assert "There, but not for girls" not in page


def test_overlaps_are_of_several_organisations_for_the_same_children(country: Country) -> None:
    country.add(name="A", for_whom="girls", age_from=10, age_to=14)
    country.add(name="A2", for_whom="any")  # the same organisation: no overlap with A
    country.add(name="B", organisation=country.people.hospital, age_from=13)
    country.add(name="C", organisation=country.third, area="MX-PUE")
    with acting_as(country.people.ana, "") as by:
        (one,) = queries.overlaps(by)
        assert queries.overlaps(by, child=Child(age=12)) == []
        assert queries.overlaps(by, kind="legal") == []
        boys = queries.overlaps(by, child=Child(whom="boys"))
    said = [(each.whom, each.ages, [offer.name for offer in each.offers]) for each in one.shared]
    assert (one.kind, one.area, one.organisations) == ("shelter", "MX-OAX", 2)
    assert sorted(said, key=str) == sorted(
        [
            ("girls", range(13, 15), ["B", "A", "A2"]),
            ("girls", range(15, 18), ["B", "A2"]),
            ("boys", range(13, 18), ["B", "A2"]),
        ],
        key=str,
    )
    assert {each.whom for each in boys[0].shared} == {"boys"}


def test_many_overlaps_come_on_several_pages(country: Country) -> None:
    areas = [one.code for one in load_pack("mexico").areas]
    Service.objects.bulk_create(
        Service(organisation=who, name=f"S{n}", kind="legal", area=area)
        for area in areas
        for who in (country.third, country.people.hospital)
        for n in range(7)
    )
    page = browser(country.people.ana)
    first = page.get("/en/coverage/overlaps/?kind=legal&whom=girls").content.decode()
    assert "32 overlaps" in first
    assert first.count('class="gap"') == 20
    assert "and 2 more" in first
    assert "whom=girls&amp;kind=legal&amp;page=2" in first
    assert page.get("/en/coverage/overlaps/?kind=legal&page=2").content.decode().count('class="gap"') == 12
    assert page.get("/en/coverage/overlaps/?page=x").status_code == 200


def test_whole_country_overlaps_only_with_whole_country(country: Country) -> None:
    country.add(name="Todo", area="")
    country.add(name="Aquí", organisation=country.people.hospital)
    with acting_as(country.people.ana, "") as by:
        assert queries.overlaps(by) == []
    country.add(name="Todo también", area="", organisation=country.third)
    with acting_as(country.people.ana, "") as by:
        assert [(one.area, one.shared[0].whom) for one in queries.overlaps(by)] == [(NATIONAL, "any")]


def test_the_pages_say_what_they_count(country: Country) -> None:
    country.add()
    page = browser(country.people.ana)
    body = page.get("/en/coverage/?kind=shelter").content.decode()
    assert "Shelter: in 31 of 32 states nobody offers it" in body
    assert "/en/directory/services/?kind=shelter&amp;area=MX-OAX" in body
    assert body.count('<path class="state') == 32
    assert 'style="' not in body
    listed = page.get("/en/directory/services/?kind=shelter&area=MX-OAX").content.decode()
    assert "Casa Luna" in listed
    assert (
        "No service fits this child"
        in page.get("/en/coverage/?whom=boys&age=3&disability=on").content.decode()
    )


def test_an_empty_directory_says_why_and_what_to_do(country: Country) -> None:
    for path in ("", "gaps/", "overlaps/", "exchange/"):
        assert browser(country.people.ana).get(f"/en/coverage/{path}").status_code == 200
    assert (
        "no open organisation has entered a service"
        in browser(country.people.ana).get("/en/coverage/").content.decode()
    )


def test_nonsense_in_the_address_is_as_if_not_asked(country: Country) -> None:
    country.add()
    page = browser(country.people.ana)
    for query in ("kind=prison", "whom=x", "age=99", "age=-1", "age=%00", "kind=shelter&kind=legal"):
        for path in ("", "gaps/", "overlaps/"):
            assert page.get(f"/en/coverage/{path}?{query}").status_code == 200


def test_nobody_without_a_role_counts(country: Country) -> None:
    with acting_as(person("Nadia", of=country.people.refuge), "") as by, pytest.raises(Forbidden):
        queries.counts(by)
    answer = browser(None).get("/en/coverage/")
    assert answer.status_code == 302


@pytest.mark.parametrize("path", ["", "gaps/", "overlaps/"])
def test_however_many_services_the_questions_stay_the_same(country: Country, path: str) -> None:
    page = browser(country.people.ana)
    country.add()
    page.get(f"/en/coverage/{path}")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get(f"/en/coverage/{path}")
    areas = [one.code for one in load_pack("mexico").areas]
    Service.objects.bulk_create(
        Service(
            organisation=(country.third, country.people.hospital)[n % 2], name=f"S{n}",
            kind=("shelter", "legal")[n // 2 % 2], area=areas[n % 32] if n % 5 else "",
        )
        for n in range(300)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page.get(f"/en/coverage/{path}")
    about = [one["sql"] for one in many.captured_queries if "services_service" in one["sql"]]
    assert len(few) == len(many)
    assert len(about) == (2 if path == "" else 1)


def test_no_secret_is_on_a_page_of_another_organisation(country: Country) -> None:
    plant(country)
    page = browser(country.people.carla)
    for path in ("", "gaps/", "overlaps/", "exchange/"):
        body = page.get(f"/en/coverage/{path}").content.decode()
        assert [one for one in SECRETS if one in body and one != "Escondida"] == []
        assert "Casa Cerrada" not in body
        assert "Casa Terminada" not in body


def test_the_map_has_every_area_inside_its_box() -> None:
    drawn = drawing(load_pack("mexico"))
    assert drawn is not None
    assert [code for code, _path in drawn.paths] == sorted(one.code for one in load_pack("mexico").areas)
    numbers = [
        float(one)
        for _code, path in drawn.paths
        for one in path.replace("M", " ").replace("L", " ").replace("Z", " ").split()
    ]
    assert min(numbers) >= 0
    assert max(numbers) <= max(drawn.width, drawn.height) + 0.5
    assert 0.5 < drawn.height / drawn.width < 0.9
