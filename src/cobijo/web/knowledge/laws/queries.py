"""Laws, penalties, proposals and studies, as far as a person may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.knowledge.laws.models import Amendment, Article, Instrument, Penalty, Proposal, Study


def instruments(access: Access) -> QuerySet[Instrument]:
    return visible(access, "instrument", Instrument.objects.select_related("replaced_by"))


def articles(access: Access) -> QuerySet[Article]:
    return visible(access, "article", Article.objects.select_related("instrument"))


def amendments(access: Access) -> QuerySet[Amendment]:
    return visible(access, "amendment", Amendment.objects.select_related("instrument"))


def penalties(access: Access) -> QuerySet[Penalty]:
    return visible(access, "penalty", Penalty.objects.select_related("article__instrument"))


def proposals(access: Access) -> QuerySet[Proposal]:
    return visible(access, "proposal", Proposal.objects.select_related("instrument"))


def studies(access: Access) -> QuerySet[Study]:
    return visible(access, "study", Study.objects.all())
