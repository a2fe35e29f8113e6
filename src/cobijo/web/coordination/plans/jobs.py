"""A table on its way into a plan as long work: first tried, then written, all of it or nothing."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.coordination.plans import queries, sheet, taking
from cobijo.web.coordination.plans.models import Plan
from cobijo.web.core.access.context import current
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs import queries as jobs
from cobijo.web.core.jobs import services as job_services
from cobijo.web.core.screens import trying
from cobijo.web.core.screens.import_jobs import Handed
from cobijo.web.core.screens.showing import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cobijo.web.core.accounts.models import Account
    from cobijo.web.core.jobs.models import Job
    from cobijo.web.core.jobs.running import Context

TRY, IMPORT = "plans.try", "plans.import"


def upload_name(plan: Plan) -> str:
    return f"plans.table-{plan.pk}"


def ask(*, by: Account, kind: str, plan: Plan, file: uuid.UUID) -> Job:
    """Ask for a dry run or an import of a table that was handed in."""
    arguments = {"plan": plan.pk, "file": str(file), "language": language()}
    return job_services.enqueue(by=by, kind=kind, arguments=arguments)


def hand_in(*, by: Account, plan: Plan, file: uuid.UUID) -> Job:
    """Ask for the import of a table, once."""
    if not job_services.take_upload(by=by, file=file, name=upload_name(plan)):
        raise InputProblem("screens.file_gone")
    return ask(by=by, kind=IMPORT, plan=plan, file=file)


def handed(arguments: Mapping[str, int]) -> Handed | None:
    """For the list of tables that a person handed in."""
    access = current()
    plan = queries.plans(access).filter(pk=arguments["plan"]).first() if access is not None else None
    return Handed(plan.name, reverse("plans:import", args=[plan.pk])) if plan is not None else None


def try_table(context: Context) -> None:
    """What was found is kept sealed for the person; the job itself says only how many."""
    outcome = _taken(context, dry=True)
    with context.acting() as access:
        assert access is not None
        trying.keep(access, context.job_id, outcome)
    context.say("plans.tried", **outcome.counts())


def import_table(context: Context) -> None:
    """In one transaction, so a plan is never half a table; cut off and begun again, it finds what is in already."""
    outcome = _taken(context, dry=False)
    if outcome.problems:
        raise CobijoError("plans.not_taken_in", count=len(outcome.problems))
    context.say("plans.taken_in", **outcome.counts())


def _taken(context: Context, *, dry: bool) -> taking.Outcome:
    with context.acting() as access:
        assert access is not None
        plan = queries.plans(access).filter(pk=context.arguments["plan"]).first()
        file = jobs.uploads(access).filter(pk=context.arguments["file"]).first()
    if plan is None or file is None:
        raise CobijoError("screens.file_gone")
    with translation.override(context.arguments.get("language", "es")):
        with outbox.reading(file) as source:
            table = sheet.read(source.read() or b"")
        said = partial(context.progress, "screens.trying" if dry else "plans.writing")
        with context.acting() as access:
            assert access is not None
            taking.check_target(plan)
            outcome = taking.take_in(by=access, plan=plan, table=table, dry=dry, progress=said)
    if not dry and not outcome.problems:
        outbox.forget(file)
    return outcome
