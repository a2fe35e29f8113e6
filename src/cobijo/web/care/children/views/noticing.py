"""The one screen of whoever notices something, and the slip that they take along. Nothing can be read back here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cobijo.errors import CobijoError
from cobijo.web.care.children import noticing, taking_up, words
from cobijo.web.care.children.forms import NoticeForm, NoticerForm
from cobijo.web.care.children.models import Noticer
from cobijo.web.care.children.views.common import READ_AND_WRITE, page, said_plainly
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.pages import acting

SLIP = "hand_over_slip"


@READ_AND_WRITE
def notice(request: HttpRequest) -> HttpResponse:
    """Duty to report first, then the questions, on one screen and in under two minutes."""
    access = acting()
    check(access, "add", "concern")
    health = Role.HEALTH_WORKER in access.roles
    duties = words.duties("health" if health else "social_work")
    own = Organisation.objects.get(pk=access.organisation_id)
    here = taking_up.waits_at(own, own=True) is not None
    others = [] if here else taking_up.others(own, by_duty=bool(duties))
    form = (NoticeForm if health else NoticerForm)(request.POST if request.method == "POST" else None, others)
    problem: CobijoError | None = None
    if request.method == "POST" and form.is_valid():
        row = {"noticer": Noticer.HEALTH, **form.row(), "duty": duties[0].code[:60] if duties else ""}
        try:
            [slip] = noticing.notice(by=access, rows=[row])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            request.session[SLIP] = {
                "code": slip.code,
                "handed_to": slip.handed_to,
                "at": slip.at.isoformat(),
                "urgent": row["urgency"] == "now" or form.cleaned_data["safe_now"] == "not_safe",
                "material": row["material_shown"],
            }
            return redirect("children:slip")
    failed = problem is not None or bool(form.errors)
    context = {
        "form": form,
        "nobody": not here and not others,
        "duties": duties,
        "danger": words.lines("danger"),
        "report": words.lines("report"),
        "problem": said_plainly(problem, form),
    }
    return page(request, "children/notice", context, 422 if failed else 200)


@require_safe
def slip(request: HttpRequest) -> HttpResponse:
    """The hand-over slip: a code, who has it now, when. Shown once."""
    from datetime import datetime

    access = acting()
    check(access, "add", "concern")
    kept = request.session.pop(SLIP, None)
    context = {
        "slip": kept,
        "at": datetime.fromisoformat(kept["at"]) if kept else None,
        "danger": words.lines("danger"),
        "report": words.lines("report"),
        "reads": bool(decide(access, "list", "concern")),
    }
    return page(request, "children/slip", context)
