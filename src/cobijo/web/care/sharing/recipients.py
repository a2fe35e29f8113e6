"""Who may receive anything of a child, by kind of organisation. Immigration and police never; prosecutors by law only.

What no list here names receives nothing: a public body without a kind of its own, and every kind that is added later
until somebody decides about it. Doubt is on the child's side.
"""

from __future__ import annotations

from cobijo.errors import InputProblem
from cobijo.web.care.sharing.models.consents import Purpose
from cobijo.web.core.accounts.models import Organisation, OrganisationKind
from cobijo.web.directory.services.models import OFFERED, Service, ServiceKind

#: To these nothing of a child is ever sent, whatever the purpose.
NEVER = frozenset({OrganisationKind.POLICE, OrganisationKind.MIGRATION})
PROSECUTORS = frozenset({OrganisationKind.PROSECUTION})
#: Kinds that help children. A child's record goes to these and no others.
HELPS = frozenset(
    {
        OrganisationKind.NGO, OrganisationKind.CIVIL_SOCIETY, OrganisationKind.SHELTER,
        OrganisationKind.CHILD_PROTECTION, OrganisationKind.HEALTH, OrganisationKind.EDUCATION,
        OrganisationKind.SOCIAL,
    }
)  # fmt: skip
#: Of them the public bodies: each must offer a service to children in the directory, save the protection offices.
OFFERS = frozenset({OrganisationKind.HEALTH, OrganisationKind.EDUCATION, OrganisationKind.SOCIAL})
PROTECTS = (
    ServiceKind.SHELTER, ServiceKind.HEALTH, ServiceKind.MENTAL_HEALTH, ServiceKind.LEGAL, ServiceKind.SOCIAL,
    ServiceKind.EDUCATION, ServiceKind.REINTEGRATION,
)  # fmt: skip


def is_never(organisation: Organisation) -> bool:
    """Immigration or police.

    >>> is_never(Organisation(name="Instituto", kind="migration"))
    True
    """
    return organisation.kind in NEVER


def is_prosecutor(organisation: Organisation) -> bool:
    return organisation.kind in PROSECUTORS


def check_recipient(organisation: Organisation, purpose: str) -> None:
    """Refuses whoever must never hold a child's record, and prosecutors for anything but a case under a law."""
    if purpose != Purpose.JUSTICE:
        check_helps(organisation)
    elif is_never(organisation):
        raise InputProblem("sharing.never_police", name=organisation.name)
    elif not is_prosecutor(organisation):
        raise InputProblem("sharing.not_a_prosecutor", name=organisation.name)
    elif not organisation.active:
        raise InputProblem("sharing.organisation_closed", name=organisation.name)


def check_helps(organisation: Organisation) -> None:
    """An active organisation of a kind that helps children; a public one offers a service to them."""
    named = organisation.name
    if not organisation.active:
        raise InputProblem("sharing.organisation_closed", name=named)
    if is_never(organisation):
        raise InputProblem("sharing.never_police", name=named)
    if is_prosecutor(organisation):
        raise InputProblem("sharing.prosecutor_by_law", name=named)
    if organisation.kind == OrganisationKind.GOVERNMENT:
        raise InputProblem("sharing.kind_unclear", name=named)
    if organisation.kind not in HELPS or (organisation.kind in OFFERS and not _offers(organisation)):
        raise InputProblem("sharing.no_child_service", name=named)


def _offers(organisation: Organisation) -> bool:
    return Service.objects.filter(OFFERED, organisation_id=organisation.pk, kind__in=PROTECTS).exists()
