"""Small published tables of capture histories, each with its source and the hash of its file.

The counts are facts taken from the publications named; the files are ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from cobijo.engine.population.histories import from_masks
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem, WrongUsage


@dataclass(frozen=True)
class Dataset:
    """One published table: what it counts, where it was published, and the SHA-256 of its file."""

    title: str
    citation: str
    sha256: str
    note: str = ""


DATASETS: Mapping[str, Dataset] = {
    "UKdat": Dataset(
        "Potential victims of modern slavery, United Kingdom 2013, six lists",
        "Silverman (2014), Modern slavery: an application of multiple systems estimation, Home Office, "
        "London",
        "984ee864b6e17876bd3ba53307442c2b3416816abac460a499d6025d4ba6a86a",
    ),
    "UKdat_5": Dataset(
        "The same with police (PF) and National Crime Agency (NCA) taken as one list",
        "Bales, Hesketh and Silverman (2015), Modern slavery in the UK: how many victims?, Significance "
        "12(3), 16-21",
        "674b7744b02d8b0fefa72c0e223ab0ad751436ddcae0cca3449e272c1cf86630",
    ),
    "NewOrl": Dataset(
        "Victims of modern slavery, Greater New Orleans 2016, eight anonymised lists",
        "Bales, Murphy and Silverman (2020), How many trafficked people are there in Greater New Orleans?, "
        "Journal of Human Trafficking 6(4), 375-384",
        "6eef83af684bb09a363ad8b834fa8f33cab5905c8e538a54bdea61411bb6c970",
        "185 people. A version with 186 is in circulation: it counts two people on lists C and D, the "
        "publication one.",
    ),
    "NewOrl_5": Dataset(
        "The same with the four smallest lists taken as one",
        "Bales, Murphy and Silverman (2020), Journal of Human Trafficking 6(4), 375-384",
        "54491db01af7fcaeb6040e691c544e331a10262c9bc959d6507e2e9fabec7634",
    ),
    "Kosovo": Dataset(
        "Killings in Kosovo, March to June 1999, four lists",
        "Ball, Betts, Scheuren, Dudukovich and Asher (2002), Killings and refugee flow in Kosovo, AAAS, "
        "Washington",
        "5b59f9be7bb6c64db6c63acf50e2e9623d34f74e8833af08bf859dbd33347dad",
    ),
    "Artificial_3": Dataset(
        "An invented table of three lists, two pairs of which share nobody",
        "Chan, Silverman and Vincent (2021), Multiple systems estimation for sparse capture data, "
        "Journal of the American Statistical Association 116, table 2",
        "756a1cba94b0e089001de8b891530db1bbd81daae9e9c29a0043a078b186d6a7",
    ),
    "Korea": Dataset(
        "Women held by the Japanese military in Palembang, Indonesia, three lists",
        "Ball, Shin and Yang (2018), There may have been 14 undocumented Korean comfort women in Palembang, "
        "Indonesia",
        "ead2b2418f8641890d37e2022e390e803c857db045fe4269bb97df2d0b6fb379",
    ),
}


def names() -> tuple[str, ...]:
    """The names `load` knows."""
    return tuple(DATASETS)


def load(name: str) -> Histories:
    """One published table; its file's hash is checked first.

    >>> load("UKdat_5").observed
    2744
    """
    if name not in DATASETS:
        raise WrongUsage("population.dataset_unknown", name=name, names=", ".join(DATASETS))
    raw = files(__name__).joinpath(f"{name}.csv").read_bytes()
    if hashlib.sha256(raw).hexdigest() != DATASETS[name].sha256:
        raise InputProblem("population.dataset_changed", name=name)
    header, *rows = [line.split(",") for line in raw.decode("ascii").splitlines()]
    cells = [sum(1 << j for j, cell in enumerate(row[:-1]) if cell == "1") for row in rows]
    return from_masks(header[:-1], cells, [int(row[-1]) for row in rows])
