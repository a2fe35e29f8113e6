"""What the rate limits remember, in the database: the same for every web process.

Django's cache writes the table; only signing in uses it. Its keys name addresses and accounts, so they are kept as
MACs: who has the table alone learns neither.
"""

from __future__ import annotations

from hmac import digest

from django.conf import settings
from django.utils.encoding import force_bytes


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """`KEY_FUNCTION` of the cache."""
    said = f"{key_prefix}:{version}:{key}"
    return digest(force_bytes(settings.SECRET_KEY), b"attempts|" + said.encode(), "sha256").hex()
