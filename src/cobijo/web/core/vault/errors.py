"""What can be wrong with the vault. A message never holds what was sealed."""

from __future__ import annotations

from cobijo.errors import CobijoError, Refused


class Locked(Refused):
    """There is no usable key-encryption key: nothing can be sealed or shown. `code` says what is missing."""


class Erased(Refused):
    """The child's key was destroyed; what it sealed cannot be read by anybody, here or in a backup."""


class Altered(CobijoError):
    """Sealed bytes that were changed, or that lie in another row, field or version than they were sealed for."""


class Custody(CobijoError):
    """Something about the key-encryption key or its copies that whoever keeps it can mend."""
