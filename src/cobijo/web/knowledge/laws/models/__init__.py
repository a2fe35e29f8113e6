"""What the room keeps."""

from __future__ import annotations

from cobijo.web.knowledge.laws.models.instruments import Amendment, Article, Instrument, InstrumentKind
from cobijo.web.knowledge.laws.models.penalties import Penalty
from cobijo.web.knowledge.laws.models.proposals import NEXT_STAGES, OPEN_STAGES, Position, Proposal, Stage
from cobijo.web.knowledge.laws.models.studies import Ethics, Study

__all__ = [
    "NEXT_STAGES",
    "OPEN_STAGES",
    "Amendment",
    "Article",
    "Ethics",
    "Instrument",
    "InstrumentKind",
    "Penalty",
    "Position",
    "Proposal",
    "Stage",
    "Study",
]
