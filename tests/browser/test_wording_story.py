"""The note on words appears while a text is written, and a wide table goes its way, at the desk and on a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitors
from tests.browser.looking import look
from tests.browser.test_stories import press, text

pytestmark = pytest.mark.needs("chromium")
SAID = "Trabaja contra la prostitución infantil."


@pytest.mark.parametrize("width", [1280, 360])
def test_the_note_comes_when_the_field_is_left_and_goes_with_the_word(visit: Visitors, width: int) -> None:
    cora = visit("coordinator", width=width)
    cora.open("/en/directory/networks/new/")
    field, note = cora.page.locator("#id_about"), cora.page.locator("#words-id_about")
    field.fill(SAID)
    field.blur()
    note.get_by_text("One word to look at.").wait_for()
    assert "“prostitución infantil”" in note.inner_text()
    look(cora, "wording-note")
    field.fill("La niña estudia.")
    field.blur()
    note.get_by_text("One word to look at.").wait_for(state="detached")
    assert note.inner_text().strip() == ""


@pytest.mark.parametrize("width", [1280, 360])
def test_a_wide_table_is_chosen_mapped_and_said_to_be_wrong(visit: Visitors, width: int) -> None:
    ada = visit("analyst", width=width)
    ada.open("/en/knowledge/wide/")
    look(ada, "wide")
    table = {
        "name": "t.csv",
        "mimeType": "text/csv",
        "buffer": b"Entidad,2015,2016\nOaxaca,many,1\nTuxtepec,2,3\n",
    }
    ada.page.locator("#table").set_input_files(table)  # type: ignore[arg-type]
    press(ada, "Go on")
    look(ada, "wide-columns")
    ada.page.locator("#id_begins_with").fill("calls")
    ada.page.locator("#id_source").select_option(index=1)
    ada.page.locator("#id_concept").select_option(index=1)
    press(ada, "Go on")
    look(ada, "wide-wrong")
    assert "Row 3, “Entidad”: “Tuxtepec” is neither a state nor the country" in text(ada)
