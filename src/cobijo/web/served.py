"""The door for `cobijo serve`: as `wsgi`, and the process ends when the one that started it is gone.

Killed hard, the server would leave its children behind, and they would keep the port.
"""

from __future__ import annotations

import os
import time
from threading import Thread

from cobijo.web.wsgi import application as application


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


# From the environment, not from the system: the parent may be gone before this line is reached.
Thread(
    target=_end_with,
    args=(int(os.environ.get("COBIJO_SERVED_BY") or os.getppid()),),
    name="parent",
    daemon=True,
).start()
