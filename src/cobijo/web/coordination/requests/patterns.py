"""Children punished for what exploitation made them do: where it repeats, a request is drafted by itself.

A draft says state, ground and quarter, and that there were three children or more. It names no case, nobody learns the
number, and it is confidential until somebody takes it up, reads it and sends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cobijo.errors import InputProblem
from cobijo.web.care.justice.choices import Ground
from cobijo.web.care.justice.models import Alert
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core import country
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens.writing import add_rows

AT_LEAST = 3  # children in one state, on one ground, in one quarter


def notice(*, by: Access, pattern: Mapping[str, str]) -> None:
    """The reaction to `non_punishment_alert`, in its transaction. It counts and forgets; it never stops the alert."""
    area, ground, quarter = pattern["area"], pattern["ground"], quarter_of(pattern["month"])
    key = f"{area}/{ground}/{quarter}"
    if Request.objects.filter(pattern=key).exists() or not repeats(area, ground, quarter):
        return
    with override(settings.LANGUAGE_CODE):
        row = drafted(area, ground, quarter) | {"pattern": key}
    try:
        # Fixed words and codes of closed lists: there is nothing in them to look for a child in.
        add_rows(by=by, kind="request", rows=[row])
    except InputProblem:  # another worker drafted it at the same moment
        return


def quarter_of(month: str) -> str:
    """The quarter of a month.

    >>> quarter_of("2026-11")
    '2026-Q4'
    """
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def days_of(quarter: str) -> tuple[date, date]:
    """First and last day of a quarter."""
    first = date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)
    return first, months_after(first, 3) - timedelta(days=1)


def repeats(area: str, ground: str, quarter: str) -> bool:
    """Whether it happened to enough different children. Only yes or no leaves this function."""
    with acting_as_system("non_punishment", scopes="all"):
        rows = Alert.objects.filter(area=area, ground=ground, happened_on__range=days_of(quarter))
        return len(set(rows.order_by().values_list("child_id", flat=True).distinct()[:AT_LEAST])) >= AT_LEAST


def drafted(area: str, ground: str, quarter: str) -> dict[str, object]:
    """The draft in the site's language."""
    pack = country.pack()
    place = pack.area_by_code[area].names[(settings.LANGUAGE_CODE or "es")[:2]]
    said = {"place": place, "ground": str(Ground(ground).label), "quarter": quarter[-1], "year": quarter[:4]}
    return {
        "title": _("Children punished in %(place)s, quarter %(quarter)s of %(year)s") % said,
        "text": _(
            "In %(place)s, in quarter %(quarter)s of %(year)s, three or more children were detained, charged or fined "
            "on the ground of %(ground)s, which exploitation made them do. We ask the authority to stop, to end what "
            "is pending against them, and to say what it does so that exploited children are protected and not "
            "punished."
        ) % said,
        "legal_ground": _("Protocol on the sale of children (OPSC), article 8"),
        "area": area,
        "public": False,
    }  # fmt: skip
