"""Logs that say what happened and nothing about whom: one JSON a line, on the terminal.

What may be said is what the code itself says: the message as it stands in the source, numbers, and short codes.
What was put into a message, or stands in an exception, comes from people, so only its type and place are kept.
Addresses, query strings, user agents and request bodies never reach a line.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

#: Extra fields that our own code sets, and what they may hold.
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}")
EXTRAS = (
    "clock",
    "failure",
    "tries",
    "job_failure",
    "status",
    "method",
    "view",
    "code",
    "count",
    "milliseconds",
)


class Scrubbed(logging.Formatter):
    """A record as JSON without anything a person wrote."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": message(record),
        }
        for name in EXTRAS:
            if hasattr(record, name):
                said[name] = harmless(getattr(record, name))
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            said["status"] = status
        request = getattr(record, "request", None)
        if request is not None:
            said |= request_facts(request)
        if record.exc_info and record.exc_info[1] is not None:
            said["exception"] = where(record.exc_info[1])
        return json.dumps(said, ensure_ascii=True)


def message(record: logging.LogRecord) -> str:
    """The message as written in the source; its arguments only where they are numbers or codes."""
    text = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
    if not record.args:
        # An f-string or `log.error(str(problem))` has lost the border between text and value: keep its shape only.
        return text if _ours(record.name) and "%" not in text else _first_words(text)
    if isinstance(record.args, tuple):
        try:
            return text % tuple(harmless(one) for one in record.args)
        except (TypeError, ValueError):
            return text
    return text


def harmless(value: Any) -> Any:
    """Numbers and codes as they are; anything else is named by its type."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(name): harmless(one) for name, one in value.items() if CODE.fullmatch(str(name))}
    text = str(value) if isinstance(value, str | Path) else ""
    return text if text and CODE.fullmatch(text) and not _personal(text) else f"<{type(value).__name__}>"


def where(problem: BaseException) -> dict[str, Any]:
    """Type of an exception, and the lines it passed through; not what it says."""
    frames = traceback.extract_tb(problem.__traceback__)[-8:]
    return {
        "type": type(problem).__name__,
        "code": getattr(problem, "code", None) if hasattr(problem, "params") else None,
        "lines": [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames],
    }


def request_facts(request: Any) -> dict[str, Any]:
    """Method and name of the page, which is the same for everybody; the address itself may hold ids or a code."""
    match = getattr(request, "resolver_match", None)
    return {"method": str(getattr(request, "method", "")), "view": getattr(match, "view_name", None)}


def _ours(name: str) -> bool:
    return name == "cobijo" or name.startswith("cobijo.")


def _personal(text: str) -> bool:
    """Paths after a slash, long digits and addresses of machines are not codes."""
    return text.startswith("/") or "//" in text or bool(re.fullmatch(r"[\d.:]{7,}", text))


def _first_words(text: str) -> str:
    """Of a message that another library has already put together: up to the first thing that may be a value."""
    kept = re.match(r"(?:[A-Za-z][a-z]{1,20}[ ,]?){1,6}", text)
    return (kept.group(0).strip(" ,") if kept else "") + "…"


def configuration() -> dict[str, Any]:
    """For `settings.LOGGING`."""
    quiet = {"handlers": ["terminal"], "level": "WARNING", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"scrubbed": {"()": "cobijo.web.operations.logs.Scrubbed"}},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "scrubbed"}},
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {
            "django": quiet,
            "django.request": quiet | {"level": "ERROR"},
            "django.security.DisallowedHost": quiet | {"level": "CRITICAL"},
            "django_tasks": quiet,
            "axes": quiet | {"level": "ERROR"},
        },
    }
