"""What the pages of the care wing say besides their templates."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "care_pages.notice_here": N_("Did you notice something that worries you? Write it down here."),
}
