"""What must never be said of where a shelter lies, and what a row of a 4W table must have."""

from __future__ import annotations

from cobijo.engine.pack.shape import plain_word
from cobijo.web.directory.services.models import Service, ServiceKind

SHORTEST = 5  # letters below which an address is too common a word to be looked for
WITHHELD = "···"


def keeps_place_secret(service: Service) -> bool:
    """Whether nothing finer than the state may leave the house.

    Every shelter does, whether or not somebody remembered the tick: a forgotten tick must not lead anybody to its door.
    """
    return service.hidden_address or service.kind == ServiceKind.SHELTER


def betrays_place(service: Service, text: str) -> bool:
    """Whether a text repeats the address that must stay hidden ("Refuge, Secret Street 7")."""
    address = plain_word(service.address)
    return keeps_place_secret(service) and len(address) >= SHORTEST and address in plain_word(text)


def without_place(service: Service, text: str) -> str:
    """The text, or three dots where it would betray the place."""
    return WITHHELD if betrays_place(service, text) else text
