"""Amounts as they stand on a page: to the cent, with thin spaces."""

from __future__ import annotations

from decimal import Decimal

from django import template

from cobijo.web.coordination.plans.page import cents as said

register = template.Library()


@register.filter
def cents(amount: Decimal | None) -> str:
    return "" if amount is None else said(amount)
