"""How this room compiles: one decorator, so that every kernel has the same few settings.

Cached on disk (the first use of a process takes a fraction of a second), without the interpreter lock
(threads really run side by side) and with exact floating-point rules: no reordering, no assumption that NaN
cannot occur. numba does not notice when a kernel that another *file* calls changes: kernels that call each
other stand together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function of numbers and arrays; it keeps its name, its documentation and its types."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
