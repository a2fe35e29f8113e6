"""How laws, penalties and approvals are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.engine.charts import words
from cobijo.engine.charts.words import number
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.laws.models import Amendment, Ethics, Instrument, Penalty, Proposal, Study


def area(record: Instrument | Penalty | Proposal) -> str:
    return saying.area(record.area) if record.area else "—"


def day(when: date) -> str:
    return words.day(when.isoformat(), saying.language())


def holds(instrument: Instrument) -> str:
    """Whether it holds today, in a word; the list stays short."""
    if instrument.ended is not None:
        return _("ended %(day)s") % {"day": day(instrument.ended)}
    if instrument.in_force is not None:
        return _("since %(day)s") % {"day": day(instrument.in_force)}
    if instrument.adopted is not None:
        return _("adopted %(day)s") % {"day": day(instrument.adopted)}
    return instrument.dates_said or _("not known")


def amended(amendment: Amendment) -> str:
    return day(amendment.on) if amendment.on is not None else amendment.dates_said


def years(penalty: Penalty) -> str:
    """“7 to 12 years”; a part of a year in months."""
    if penalty.min_years == penalty.max_years:
        return _term(penalty.min_years)
    if penalty.min_years == int(penalty.min_years) and penalty.max_years == int(penalty.max_years):
        return _("%(least)s to %(most)s years") % {
            "least": int(penalty.min_years),
            "most": int(penalty.max_years),
        }
    return _("%(least)s to %(most)s") % {"least": _term(penalty.min_years), "most": _term(penalty.max_years)}


def _term(said: Decimal) -> str:
    months = round(said * 12)
    whole, rest = divmod(months, 12)
    parts = []
    if whole or not rest:
        parts.append(ngettext("%(count)s year", "%(count)s years", whole) % {"count": whole})
    if rest:
        parts.append(ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest})
    return " ".join(parts)


def fine(penalty: Penalty) -> str:
    if penalty.min_fine_days is None or penalty.max_fine_days is None:
        return "—"
    return _("%(least)s to %(most)s days of fine") % {
        "least": number(penalty.min_fine_days),
        "most": number(penalty.max_fine_days),
    }


def time(penalty: Penalty) -> str:
    if penalty.until is None:
        return _("since %(day)s") % {"day": day(penalty.since)}
    return _("%(since)s to %(until)s") % {"since": day(penalty.since), "until": day(penalty.until)}


def approval(study: Study) -> str:
    """What must be said of its ethics wherever the study is named."""
    if study.ethics == Ethics.APPROVED and study.approved_on is not None:
        return _("Approved by %(body)s, no. %(number)s, %(day)s") % {
            "body": study.approved_by,
            "number": study.approval_number,
            "day": day(study.approved_on),
        }
    return {
        Ethics.NOT_STATED: _("Without a stated approval on ethics"),
        Ethics.NONE: _("Done without an approval on ethics"),
        Ethics.NOT_NEEDED: _("No people were asked, so no approval was needed"),
        Ethics.REQUESTED: _("Approval on ethics asked for, not given yet"),
    }.get(Ethics(study.ethics), "")


def sure(evidence: str) -> bool:
    """Whether a row was read in its source. The rest is shown as not confirmed."""
    return (
        evidence.casefold().startswith("read")
        and "gk" not in evidence.casefold()
        and "inf" not in evidence.casefold()
    )
