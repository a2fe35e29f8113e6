"""Which header means which field of the canonical record.

Headers are compared folded (no case, accents, spaces or punctuation), so that `Fecha de nacimiento`,
`FECHA_NACIMIENTO` and `fecha nacimiento ` are one. The Human Trafficking Case Data Standard (HTCDS 2.0, IOM,
CC BY 4.0) is read in the spelling of its field list (`prs_FirstName`) and of its form (`prs_First_Name`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cobijo.engine.lists.schema import ELEMENTS
from cobijo.engine.lists.text import fold

#: What a mapping may fill. The first six name targets and the birth parts are turned into the canonical
#: columns.
TARGETS = (
    *("own_id", "full_name", "given_names", "given1", "given2", "surnames", "surname1", "surname2"),
    *("birth_date", "birth_year", "birth_month", "birth_day", "sex", "area", "municipality", "address"),
    *(
        "postcode",
        "official_id",
        "capture_date",
        "age_at_capture",
        "status",
        "status_body",
        "status_date",
        "form",
    ),
    *(f"element_{name}" for name in ELEMENTS),
)

#: Targets that may be filled from several columns: address parts are joined, elements are true if one is.
SEVERAL = frozenset({"address", *(f"element_{name}" for name in ELEMENTS)})

DATE_TARGETS = ("birth_date", "capture_date", "status_date")

#: Plain headers, best first. A bare "name" is decided by what stands beside it (see `mapping.plan`).
_PLAIN: dict[str, str] = {
    "own_id": """
        folio; folio interno; expediente; numero de expediente; no expediente; num expediente; clave interna;
        id interno; id registro; id del registro; id caso; id persona; id victima; rec id; record id; own id;
        case id;
        case number; person id; client id; file number; identifier; id; clave; no; num; numero""",
    "full_name": """
        nombre completo; nombre y apellidos; nombres y apellidos; apellidos y nombre; apellidos y nombres;
        nombre de la victima; nombre de la persona; nombre del menor; nombre de la nna; nombre nna; nombre
        del nna;
        nombre de la nina; full name; complete name; name of child; child name; person name; victim name""",
    "given_names": """
        nombres; nombre s; nombre de pila; nombres de pila; given names; first names; given name; first name;
        forename; forenames; givenname; firstname; fname; name given""",
    "given1": "primer nombre; nombre 1; nombre1; given1; given name 1; first given name",
    "given2": """
        segundo nombre; nombre 2; nombre2; otros nombres; given2; given name 2; middle name; second given
        name;
        middle names; second forename""",
    "surnames": """
        apellidos; surnames; last names; family names; apellido s; apellidos de la victima; ambos
        apellidos""",
    "surname1": """
        apellido paterno; primer apellido; ap paterno; a paterno; apellido 1; apellido1; paterno; apellido
        padre;
        apellidos paterno; apellidos primero; surname1; surname 1; first surname; paternal surname; apellido;
        surname;
        last name; family name; lname; lastname""",
    "surname2": """
        apellido materno; segundo apellido; ap materno; a materno; apellido 2; apellido2; materno; apellido
        madre;
        apellidos materno; apellidos segundo; surname2; surname 2; second surname; maternal surname""",
    "birth_date": """
        fecha de nacimiento; fecha nacimiento; fec nac; fecha nac; f nacimiento; f nac; fechanac; fnac;
        nacimiento;
        fecha de nac; nacido el; date of birth; birth date; birthdate; dob; born; birthday; born on; birth""",
    "birth_year": """
        ano de nacimiento; anio de nacimiento; ano nacimiento; anio nacimiento; birth year; year of birth""",
    "birth_month": "mes de nacimiento; mes nacimiento; birth month; month of birth",
    "birth_day": "dia de nacimiento; dia nacimiento; birth day number; day of birth; birth day",
    "sex": "sexo; sex; genero; gender; sexo genero; sexo o genero; sexo al nacer; sex at birth",
    "area": """
        entidad federativa; entidad; estado; estado de residencia; entidad de residencia; clave entidad; cve
        ent;
        cveent; entidad federativa de residencia; estado donde vive; area; state; province; region; provincia;
        departamento; state of residence; iso 3166 2""",
    "municipality": """
        municipio; municipio de residencia; alcaldia; delegacion; municipio o alcaldia; municipio alcaldia;
        localidad;
        ciudad; municipality; suburb; city; town; locality; district""",
    "address": """
        domicilio; direccion; domicilio completo; calle y numero; numero exterior; street number; calle;
        colonia;
        address; street; street address; address 1; address1; address line 1; address 2; address2; address
        line 2""",
    "postcode": "codigo postal; cp; c p; postcode; post code; postal code; zip; zip code; zipcode; codpostal",
    "official_id": """
        curp; clave unica de registro de poblacion; clave curp; identificacion oficial; official id; national
        id;
        identity number; id number; numero de identidad; documento de identidad""",
    "capture_date": """
        fecha de captura; fecha de registro; fecha registro; fecha de ingreso; fecha de deteccion; fecha
        deteccion;
        fecha de identificacion; fecha de atencion; fecha atencion; fecha de denuncia; fecha del reporte;
        fecha de reporte; fecha; fecha del hecho registrado; capture date; registration date; date registered;
        date recorded; date of registration; date of contact; intake date; date of intake; detection date;
        report date; date of report; admission date; date; registered""",
    "age_at_capture": """
        edad; edad al registro; edad en anos; edad anos; edad al ingreso; edad a la captura; age; age at
        capture;
        age in years; age at registration; age years; age at intake""",
    "status": """
        estatus; estatus de victima; situacion; calidad de victima; condicion de victima; calidad; status;
        victim status; estado de victima; estatus de la victima; trafficking status; decision""",
    "status_body": """
        autoridad que decide; autoridad que identifica; autoridad; organo que decide; institucion que decide;
        decidido por; identificada por; identificado por; status body; deciding body; decided by;
        authority""",
    "status_date": """
        fecha de la decision; fecha de decision; fecha de estatus; fecha del estatus; fecha de reconocimiento;
        status date; decision date; date of decision""",
    "form": """
        forma de explotacion; tipo de explotacion; modalidad; modalidad de explotacion; form of exploitation;
        type of exploitation; exploitation type; form""",
    "element_act": "acto; captacion; elemento acto; element act; element_act; act",
    "element_means": "medios; medio; elemento medios; element means; means; methods of control",
    "element_purpose": "proposito; fin de explotacion; fines; finalidad; element purpose; purpose",
    "element_exchange": "intercambio; remuneracion; pago o promesa; beneficio; element exchange; exchange",
    "element_transfer": "transferencia; entrega; venta; element transfer; transfer",
    "element_movement": "traslado; movimiento; element movement; movement",
    "element_online": "en linea; internet; medios digitales; element online; online",
    "element_travel": "viaje; turismo; viajes y turismo; element travel; travel",
    "element_third_party": "tercero; tercera persona; intermediario; element third party; third party",
}

#: A column that is a given name beside a surname and a full name alone.
BARE_NAME = frozenset(map(fold, ("nombre", "name", "nombre victima", "nna", "menor", "child")))

#: HTCDS field -> targets. `SecondName` is the family name (Salesforce's compound name field).
_HTCDS: dict[str, tuple[str, ...]] = {
    "prs_FirstName": ("given_names",),
    "prs_MiddleName": ("given2",),
    "prs_SecondName": ("surnames",),
    "prs_Birthdate": ("birth_date",),
    "prs_Gender": ("sex",),
    "prs_IdentityNumber": ("official_id",),
    "prs_MailingCity": ("municipality",),
    "prs_MailingState": ("area",),
    "prs_MailingStreet": ("address",),
    "prs_MailingPostalCode": ("postcode",),
    "vic_TraffickingStatus": ("status",),
    "vic_TraffickingStatusDecisionMakingOrg": ("status_body",),
    "vic_MethodOfRecruitment": ("element_act", "element_online"),
    "vic_MethodsOfControl": ("element_means",),
    "vic_TypeOfExploitation": ("form", "element_purpose"),
    "vic_TypeOfSexExploitation": ("element_online",),
    "cas_IncomingReferralDate": ("capture_date",),
    "hte_Type": ("element_act", "element_movement"),
}


def _aliases() -> dict[str, tuple[tuple[str, ...], int]]:
    found: dict[str, tuple[tuple[str, ...], int]] = {}
    for target in TARGETS:
        found.setdefault(fold(target), ((target,), 0))
    for field, targets in _HTCDS.items():
        found[fold(field)] = (targets, 0)
    for target, text in _PLAIN.items():
        for rank, alias in enumerate(text.split(";")):
            found.setdefault(fold(alias), ((target,), rank))
    return found


#: Folded header -> (targets, rank): where two headers want one target, the lower rank has it.
ALIASES = _aliases()

_PARENTHESIS = re.compile(r"[(\[{].*?[)\]}]")


def spellings(header: str) -> Iterator[str]:
    """The folded texts under which a header is looked up, best first: whole, without brackets, parts of a
    path.

    >>> list(spellings("Sexo (H/M)"))
    ['sexohm', 'sexo']
    """
    seen: set[str] = set()
    bare = _PARENTHESIS.sub(" ", header)
    parts = re.split(r"[/\\|:\n]+", bare)
    for text in (header, bare, parts[-1], parts[0]):
        key = fold(text)
        if key and key not in seen:
            seen.add(key)
            yield key


def recognise(header: str) -> tuple[tuple[str, ...], int] | None:
    """The targets of one header and its rank, or None. A bare "name" is `("name",)`.

    >>> recognise("prs_First_Name "), recognise("Apellido paterno")
    ((('given_names',), 0), (('surname1',), 0))
    """
    for key in spellings(header):
        if key in BARE_NAME:
            return ("name",), 0
        if key in ALIASES:
            return ALIASES[key]
    return None
