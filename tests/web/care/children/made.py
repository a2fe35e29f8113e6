"""Invented children, concerns and cases for the tests of the care wing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

CANARY = "Xochicanaria"
LUPITA: dict[str, Any] = {
    "chosen_name": "Lupita",
    "given": f"{CANARY} Guadalupe",
    "surname1": "Vázquez",
    "surname2": "Peñaloza",
    "birth_date": date(2012, 3, 4),
    "age_known": "known",
    "safe_contact": "Only through her aunt, on weekday mornings",
}
KEVIN: dict[str, Any] = {
    "given": "Kevin",
    "surname1": "Osorio",
    "birth_date": date(2010, 8, 1),
    "age_known": "known",
    "gender": "trans_boy",
}


def concern(**more: Any) -> dict[str, Any]:
    return {
        "noticer": "health",
        "signs": ["fear", "gifts"],
        "noticed_on": timezone.localdate(),
        "area": "MX-OAX",
        "urgency": "today",
        "age_band": "12-14",
        "narrative": f"{CANARY} spoke of an older friend",
        "given": f"{CANARY} Guadalupe",
        "surname1": "Vázquez",
    } | more


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
