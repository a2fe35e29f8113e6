"""Sealed fields of this room's kinds. Care needs are what the child needs, never what a treating service found."""

from __future__ import annotations

from cobijo.web.care.children.sheets import Sealing, Sheet

TEXT, LINE = Sealing("text"), Sealing("line")
#: Situational and individual factors, as support needs. "Own blame" is none of them, and nothing here is a cause.
NEEDS = (
    "safe_place", "income", "food", "school", "work", "papers", "language", "disability_support", "family_contact",
    "distance_from_somebody", "legal_help", "online_safety", "community", "own_child_care",
)  # fmt: skip
#: What care is needed. Results, diagnoses and pregnancy stay with the treating service.
CARE = (
    "urgent_health_care",
    "health_check",
    "psychological_care",
    "dental_care",
    "substance_support",
    "sleep_and_food",
)
SUICIDE = ("not_asked", "no_sign", "thoughts", "plan", "attempt")

SHEETS = (
    Sheet(
        "case",
        {
            "summary": TEXT, "representative_name": LINE, "representative_contact": LINE,
            "representative_role": LINE, "representative_independent": Sealing("yes_no"), "protection_file": LINE,
        },
        careful=frozenset({"risk", "guardian", "state", "representative_name", "representative_contact"}),
    ),
    Sheet(
        "assessment",
        {
            "suicide_risk": Sealing("code", SUICIDE), "safe_tonight": Sealing("yes_no"),
            "needs": Sealing("codes", NEEDS), "care_needs": Sealing("codes", CARE),
            "wishes": TEXT, "situation": TEXT,
        },
        careful=frozenset({"risk", "suicide_risk", "safe_tonight"}),
        revised=False,
    ),
    Sheet(
        "safety_plan",
        {"tonight": TEXT, "warning_signs": TEXT, "people": TEXT, "places": TEXT, "words": LINE},
        careful=frozenset({"tonight", "warning_signs", "people", "places", "words", "good_until"}),
    ),
    Sheet("plan_item", {"goal": TEXT, "how": TEXT, "provider": LINE}, careful=frozenset({"state"})),
    Sheet("task", {"note": TEXT}, careful=frozenset({"state"})),
    Sheet("follow_up", {"note": TEXT, "wishes": TEXT}),
    Sheet("outcome", {"words": TEXT}),
    Sheet("determination", {"reasons": TEXT, "wishes": TEXT}, revised=False),
    Sheet("sibling", {"name": LINE, "note": TEXT}, careful=frozenset({"at_risk"})),
)  # fmt: skip
