"""What the rate limits remember, in the database: the same for every web process.

Django's cache writes the table; signing in, links, codes and complaints use it. Its keys name addresses and accounts,
so they are kept as MACs: who has the table alone learns neither.
"""

from __future__ import annotations

from hmac import digest

from django.conf import settings
from django.core.cache import cache
from django.utils.encoding import force_bytes


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """`KEY_FUNCTION` of the cache."""
    said = f"{key_prefix}:{version}:{key}"
    return digest(force_bytes(settings.SECRET_KEY), b"attempts|" + said.encode(), "sha256").hex()


def too_often(key: str, most: int, seconds: int) -> bool:
    """Count one more, and say whether that is more than may be within so many seconds of the first."""
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ran out between the two lines
        return False


def number_of(key: str, most: int, seconds: int) -> int:
    """Which number this one is; what is beyond `most` is not counted, and makes no rest longer.

    Its caller waited for its turn (`core.turns`), so that many at once are not one.
    """
    number = int(cache.get(key, 0)) + 1
    if number <= most:
        cache.set(key, number, seconds)
    return number
