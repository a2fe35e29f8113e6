"""What the country pack brings along: treaties, laws, articles, changes, penalties and studies. May be repeated."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction

from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.laws import services
from cobijo.web.knowledge.laws.models import Amendment, Article, Instrument, Penalty, Study
from cobijo.web.knowledge.laws.pack import load_laws


class Loaded(NamedTuple):
    """How many of each were new."""

    instruments: int
    articles: int
    amendments: int
    penalties: int
    studies: int


@transaction.atomic
def load_pack_laws(*, by: Access) -> Loaded:
    """Add what the pack has and the register has not. What is there already, or was edited, is left alone."""
    read = load_laws(country.pack_name())
    instruments = _instruments(by, read.instruments)
    by_code = Instrument.objects.in_bulk(field_name="code")
    there = set(Article.objects.values_list("instrument__code", "number"))
    articles = [
        {**row, "instrument": by_code[row["instrument"]]}
        for row in read.articles
        if (row["instrument"], row["number"]) not in there
    ]
    if articles:
        services.add_articles(by=by, rows=articles)
    known = set(Amendment.objects.values_list("code", flat=True))
    changes = [
        {**row, "instrument": by_code[row["instrument"]]} for row in read.changes if row["code"] not in known
    ]
    if changes:
        services.add_amendments(by=by, rows=changes)
    studied = set(Study.objects.values_list("code", flat=True))
    studies = [row for row in read.studies if row["code"] not in studied]
    if studies:
        services.add_studies(by=by, rows=studies)
    return Loaded(instruments, len(articles), len(changes), _penalties(by, read.penalties), len(studies))


def _instruments(by: Access, rows: tuple[dict[str, Any], ...]) -> int:
    """Those that another one replaced come after the one that did."""
    done = Instrument.objects.in_bulk(field_name="code")
    waiting = [row for row in rows if row["code"] not in done]
    number = len(waiting)
    while waiting:
        ready = [row for row in waiting if not row["replaced_by"] or row["replaced_by"] in done]
        if not ready:  # a circle: each of them is replaced by another one that is not there yet
            return number - len(waiting)
        made = services.add_instruments(
            by=by, rows=[{**row, "replaced_by": done.get(row["replaced_by"])} for row in ready]
        )
        done |= {one.code: one for one in made}
        waiting = [row for row in waiting if row["code"] not in done]
    return number


def _penalties(by: Access, rows: tuple[dict[str, Any], ...]) -> int:
    articles = {
        (one.instrument.code, one.number): one for one in Article.objects.select_related("instrument")
    }
    there = set(Penalty.objects.values_list("offence", "area", "article", "since"))
    new = []
    for row in rows:
        article = articles[row["instrument"], row["number"]]
        if (row["offence"], row["area"], article.pk, row["since"]) not in there:
            fields = {name: value for name, value in row.items() if name not in ("instrument", "number")}
            new.append({**fields, "article": article})
    if new:
        services.add_penalties(by=by, rows=new)
    return len(new)
