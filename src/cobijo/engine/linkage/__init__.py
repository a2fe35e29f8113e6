"""Record linkage: each child once."""

from cobijo.engine.linkage.draws import draw_partitions
from cobijo.engine.linkage.link import link
from cobijo.engine.linkage.quality import Quality, score
from cobijo.engine.linkage.shape import Linked

__all__ = ["Linked", "Quality", "draw_partitions", "link", "score"]
