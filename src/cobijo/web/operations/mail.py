"""Where mail goes, from `COBIJO_MAIL`: an address such as `smtp://name:password@mail.example.org:587`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends."


def delivery(data_dir: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Settings for Django. Without `COBIJO_MAIL` mail lands in `mail/` of the data folder, to be read there.

    smtp:// begins in plain and turns to TLS (port 587), smtps:// is TLS from the first byte (port 465); both refuse a
    server without a valid certificate. `smtp+plain://` is for a relay on this machine only.
    """
    queue = {"EMAIL_BACKEND": "cobijo.web.core.jobs.post.Queue", "EMAIL_TIMEOUT": 20}
    sender = environment.get("COBIJO_MAIL_FROM", "")
    if sender:
        queue |= {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    url = environment.get("COBIJO_MAIL", "")
    if not url:
        return queue | {
            "MAIL_DELIVERY": f"{BACKENDS}filebased.EmailBackend",
            "EMAIL_FILE_PATH": data_dir / "mail",
        }
    if url == "console":
        return queue | {"MAIL_DELIVERY": f"{BACKENDS}console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ImproperlyConfigured("COBIJO_MAIL must look like smtp://name:password@host:587, or be console")
    if parts.scheme == "smtp+plain" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("COBIJO_MAIL: smtp+plain is for a relay on this machine only")
    return queue | {
        "MAIL_DELIVERY": f"{BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
