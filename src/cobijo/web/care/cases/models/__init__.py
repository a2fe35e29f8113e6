"""The case itself, and what is done under it."""

from __future__ import annotations

from cobijo.web.care.cases.models.case import (
    Approval,
    Case,
    CaseRevision,
    Closure,
    Escalation,
    Guardian,
    Risk,
    Transfer,
    TransferReason,
    What,
)
from cobijo.web.care.cases.models.work import (
    Assessment,
    Determination,
    FollowUp,
    Outcome,
    PlanItem,
    SafetyPlan,
    Sibling,
    Task,
)

__all__ = [
    "Approval",
    "Assessment",
    "Case",
    "CaseRevision",
    "Closure",
    "Determination",
    "Escalation",
    "FollowUp",
    "Guardian",
    "Outcome",
    "PlanItem",
    "Risk",
    "SafetyPlan",
    "Sibling",
    "Task",
    "Transfer",
    "TransferReason",
    "What",
]
