"""The registers of organisations, contacts and areas of work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.register import Group, Register, register_screens
from cobijo.web.directory.organisations import queries, services
from cobijo.web.directory.organisations.models import Contact, WorkArea
from cobijo.web.directory.services.queries import areas


class OfRevisions(Register):
    """A register of a model without a version: the queries and services give it that of its last revision."""

    def is_field(self, name: str) -> bool:
        return name == "version" or self.field(name) is not None


ORGANISATIONS = register_screens(
    OfRevisions(
        kind="organisation", path="directory/organisations", section=_("Directory"), title=_("Organisations"),
        lead=_("Who works for children, and of what kind. An organisation that ends is closed, never deleted."),
        empty=_("No organisation is entered yet. Add the first one, or import a table."),
        model=Organisation, queries=queries.organisations, columns=("name", "kind", "area", "active"),
        groups=(Group(_("Who it is"), ("name", "code", "kind", "area")),),
        add=services.add, change=services.change, search=("name", "code"), filters=("kind", "area", "active"),
        sort="name", choices={"area": areas}, careful=frozenset({"code", "area"}),
    )
)  # fmt: skip

CONTACTS = register_screens(
    Register(
        kind="contact", path="directory/contacts", section=_("Directory"), title=_("Contacts"),
        part_of="organisation",
        lead=_("Whom to ask at an organisation. Others see only those who agreed to be shown."),
        empty=_("No contact is here that you may see. Add one of your organisation, with the person’s consent."),
        model=Contact, queries=queries.contacts, columns=("post", "name", "organisation", "phone", "email", "area"),
        groups=(
            Group(_("Who it is"), ("organisation", "post", "name", "area")),
            Group(_("How to reach it"), ("phone", "email")),
            Group(_("Who sees it, and who asks"), ("public", "keeps_entries")),
        ),
        add=services.add_contacts, change=services.change_contacts, remove=services.remove_contacts,
        search=("post", "name"), filters=("area",), sort="post", choices={"area": areas},
        careful=frozenset({"public", "email"}),
    )
)  # fmt: skip

WORK_AREAS = register_screens(
    Register(
        kind="work_area", path="directory/areas", section=_("Directory"), title=_("Areas of work"),
        part_of="organisation",
        lead=_("In which states each organisation works: one row a state."),
        empty=_("No area of work is entered yet. Choose the states on an organisation’s page, or import a table."),
        model=WorkArea, queries=queries.work_areas, columns=("organisation", "area"),
        groups=(Group(_("Where it works"), ("organisation", "area")),),
        add=services.add_work_areas, remove=services.remove_work_areas, filters=("area",), choices={"area": areas},
        sort="area",
    )
)  # fmt: skip
