"""Who may receive anything of a child. Immigration and general police never; prosecutors by law only.

The directory has no kind "police" or "prosecutor", so public bodies are told apart by their names, and a public body
that is neither named here nor offers a service to children is refused: doubt is on the child's side.
"""

from __future__ import annotations

import unicodedata

from cobijo.errors import InputProblem
from cobijo.web.care.sharing.models.consents import Purpose
from cobijo.web.core.accounts.models import Organisation, OrganisationKind
from cobijo.web.directory.services.models import OFFERED, Service, ServiceKind

#: Words of names, small and without accents. A protection office for children ("procuraduría de protección") is none.
NEVER = (
    "migracion", "migratori", "immigration", "policia", "police", "guardia nacional", "seguridad publica",
    "seguridad ciudadana", "border", "aduana", "ejercito", "secretaria de seguridad", "deportation",
)  # fmt: skip
PROSECUTORS = (
    "fiscalia", "ministerio publico", "prosecut", "procuraduria general de justicia", "fevimtra", "attorney general",
)  # fmt: skip
#: Kinds of organisation that hold no child's record.
NO_CHILDREN = frozenset({OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL, OrganisationKind.ACADEMIA})
PROTECTS = (
    ServiceKind.SHELTER, ServiceKind.HEALTH, ServiceKind.MENTAL_HEALTH, ServiceKind.LEGAL, ServiceKind.SOCIAL,
    ServiceKind.EDUCATION, ServiceKind.REINTEGRATION,
)  # fmt: skip


def is_never(organisation: Organisation) -> bool:
    """Immigration or general police.

    >>> is_never(Organisation(name="Instituto Nacional de Migración"))
    True
    """
    return _named(organisation, NEVER)


def is_prosecutor(organisation: Organisation) -> bool:
    return not is_never(organisation) and _named(organisation, PROSECUTORS)


def check_recipient(organisation: Organisation, purpose: str, service: Service | None = None) -> None:
    """Refuses whoever must never hold a child's record, and prosecutors for anything but a case under a law."""
    named = organisation.name
    if not organisation.active:
        raise InputProblem("sharing.organisation_closed", name=named)
    plain = _plain(service.name) if service is not None else ""
    if is_never(organisation) or any(word in plain for word in NEVER):
        raise InputProblem("sharing.never_police", name=named)
    if organisation.kind in NO_CHILDREN:
        raise InputProblem("sharing.no_child_service", name=named)
    if is_prosecutor(organisation) or any(word in plain for word in PROSECUTORS):
        if purpose != Purpose.JUSTICE:
            raise InputProblem("sharing.prosecutor_by_law", name=named)
        return
    if purpose == Purpose.JUSTICE:
        raise InputProblem("sharing.not_a_prosecutor", name=named)
    if organisation.kind == OrganisationKind.GOVERNMENT and not _offers(organisation):
        raise InputProblem("sharing.no_child_service", name=named)


def _offers(organisation: Organisation) -> bool:
    return Service.objects.filter(OFFERED, organisation_id=organisation.pk, kind__in=PROTECTS).exists()


def _named(organisation: Organisation, words: tuple[str, ...]) -> bool:
    text = f"{_plain(organisation.name)} {_plain(organisation.code)}"
    return any(word in text for word in words)


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in split if not unicodedata.combining(one)).replace("-", " ")
