"""The child process of a job: `python -m cobijo.web.core.jobs.child`. Imports no Django; see `children`."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO, Any

from cobijo.errors import CobijoError

EVERY = 0.5  # seconds between two lines of progress


def main() -> int:
    os.nice(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    # Answers keep the real stdout; whatever a library prints goes where its complaints go: nowhere.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    asked = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        module, _, function = asked["function"].partition(":")
        result = getattr(import_module(module), function)(**asked["arguments"], progress=_teller(answers))
        _say(answers, result=result)
    except CobijoError as problem:
        _say(answers, problem=problem.code, params=problem.params)
    except Exception as problem:
        frames = traceback.extract_tb(problem.__traceback__)
        inside = [frame for frame in frames if "cobijo" in frame.filename] or list(frames)
        _say(
            answers, bug=type(problem).__name__, place=f"{Path(inside[-1].filename).stem}:{inside[-1].lineno}"
        )
    return 0


def _teller(answers: IO[str]) -> Any:
    last: dict[str, Any] = {"stage": "", "at": 0.0}

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != last["stage"] or done >= total or now - last["at"] >= EVERY:
            last.update(stage=stage, at=now)
            _say(answers, progress=[stage, done, total])

    return tell


def _say(answers: IO[str], **what: Any) -> None:
    answers.write(json.dumps(what, default=str) + "\n")
    answers.flush()


def _end_with_the_parent() -> None:
    while sys.stdin.buffer.readline():
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
