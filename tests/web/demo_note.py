"""A protected kind that only tests have: notes that lie in scopes, and remarks under a note."""

from __future__ import annotations

from django.db import models

from cobijo.web.core.access.grants import ORGANISATION, OWN, Grant, may
from cobijo.web.core.access.kinds import register_kind
from cobijo.web.core.access.models import Protected
from cobijo.web.core.access.row_rules import of_one_kind
from cobijo.web.core.accounts.roles import Role
from tests.web import guard


class Note(Protected):
    title = models.CharField(max_length=80)
    child_name = models.CharField(max_length=80, blank=True)  # stands for an identity; in tests only

    class Meta:
        app_label = "access"
        db_table = "demo_note"


class Remark(Protected):
    note = models.ForeignKey(Note, models.PROTECT)
    text = models.CharField(max_length=80)

    class Meta:
        app_label = "access"
        db_table = "demo_remark"


GRANTS: dict[Role, tuple[Grant, ...]] = {
    Role.CASEWORKER: may("list, see, see_identity, add, change, history", "note, remark", OWN),
    Role.SUPERVISOR: may(
        "list, see, see_identity, change, remove, export, history", "note, remark", ORGANISATION
    ),
    Role.RECEIVING_SERVICE: may("list, see, change", "note", OWN),
    Role.HEALTH_WORKER: may("add", "note", OWN),
}


def make_tables() -> None:
    guard.make_table(Note, of_one_kind("note", author="changed_by_id", under=None))
    guard.make_table(Remark, of_one_kind("remark", author="changed_by_id", under=("note", "note_id")))


def register() -> None:
    register_kind("note", model=Note, protected=True, identity_fields=("child_name",))
    register_kind("remark", model=Remark, protected=True, under=("note", "note_id"))
