"""Roles, each a plain sentence that a director can read.

What a role may do stands in `access/grants.py`; here is only what the role is.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person may hold several; each holding has a day it began and, later, a day it ended."""

    CASEWORKER = "caseworker", _("Caseworker")
    SUPERVISOR = "supervisor", _("Supervisor")
    RECEIVING_SERVICE = "receiving_service", _("Receiving service")
    HEALTH_WORKER = "health_worker", _("Health worker")
    ANALYST = "analyst", _("Analyst")
    DATA_STEWARD = "data_steward", _("Data steward")
    COORDINATOR = "coordinator", _("Coordinator")
    PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
    COMPANY_CONTACT = "company_contact", _("Company contact")
    PUBLISHER = "publisher", _("Publisher")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


SENTENCES = {
    Role.CASEWORKER: _("Opens and follows the cases of children assigned to them, and sees no others."),
    Role.SUPERVISOR: _("Sees and approves all cases of the own organisation."),
    Role.RECEIVING_SERVICE: _(
        "Sees what was agreed to be shared with the own service, answers and reports back."
    ),
    Role.HEALTH_WORKER: _("Reports a concern about a child, and reads nothing back."),
    Role.ANALYST: _("Works with lists, runs and estimates, and never sees a case."),
    Role.DATA_STEWARD: _(
        "Decides whether two records are one child, and keeps code lists and quality in order."
    ),
    Role.COORDINATOR: _("Follows groups, plans, duties and requests, and sees no child."),
    Role.PROGRAMME_OFFICER: _("Runs trainings, campaigns and youth projects of the own organisation."),
    Role.COMPANY_CONTACT: _("Keeps the commitment of the own company up to date."),
    Role.PUBLISHER: _("Prepares and signs releases of protected tables."),
    Role.AUDITOR: _("Reads who did what, and never what was written about a child."),
    Role.ADMINISTRATOR: _("Keeps organisations and accounts, and sees no child."),
}

#: Roles that can reach a child's data, even if only by writing it.
REACHES_CHILDREN = frozenset(
    {
        Role.CASEWORKER,
        Role.SUPERVISOR,
        Role.RECEIVING_SERVICE,
        Role.HEALTH_WORKER,
        Role.ANALYST,
        Role.DATA_STEWARD,
    }
)
#: Roles for which a second factor is required: those, and the ones that give, publish or oversee that reach.
MUST_HAVE_MFA = REACHES_CHILDREN | {Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR}
#: Roles whose reach is desks and teams, so that bounding them to an area would promise what nobody keeps.
REACH_IS_NO_AREA = frozenset(
    {Role.CASEWORKER, Role.SUPERVISOR, Role.RECEIVING_SERVICE, Role.HEALTH_WORKER, Role.ADMINISTRATOR}
)
