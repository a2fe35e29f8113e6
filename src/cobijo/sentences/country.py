"""What is said of the country of this site."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "country.area_unknown": N_(
        "Row {row}, “area”: “{value}” is no state of this country, nor another place that can stand here. Choose one"
        " from the list, or give its code, such as {example}."
    ),
}
