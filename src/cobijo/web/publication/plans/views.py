"""The plans of action, for everybody: which there are, and one of them with what is late first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cobijo.web.coordination.plans.page import LATE, listed
from cobijo.web.core.typed import whole
from cobijo.web.publication.plans import queries


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """`?plan=` names one; where there is only one, it is shown at once."""
    known = list(queries.plans())
    code = request.GET.get("plan", "")
    chosen = next((one for one in known if one.code == code), None)
    if code and chosen is None:
        raise Http404
    if chosen is None and len(known) == 1:
        chosen = known[0]
    if chosen is None:
        return render(request, "plans/public_list.html", {"plans": known})
    page = queries.page(chosen)
    number = whole(request.GET.get("page"), 4)
    rows, number, pages = listed(page, queries.ratings(chosen), None, 1 if number is None else number)

    def query(to: int) -> str:
        return "?" + urlencode({"plan": chosen.code, "page": to}) + "#lines"

    context = {
        "plan": chosen,
        "page": page,
        "public": True,
        "late": page.late[:LATE],
        "more_late": max(0, len(page.late) - LATE),
        "rows": rows,
        "earlier": query(number - 1) if number > 1 else "",
        "further": query(number + 1) if number < pages else "",
        "evaluations": list(queries.evaluations(chosen)),
        "others": [one for one in known if one.pk != chosen.pk],
        "today": timezone.localdate(),
    }
    return render(request, "plans/public.html", context)
