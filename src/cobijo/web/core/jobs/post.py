"""Mail leaves by the worker: asked for inside a transaction, kept sealed, tried until it has left.

So a page never waits for a mail server, a rolled-back transaction sends nothing, and while the mail server is down
nothing is lost. `settings.EMAIL_BACKEND` names `Queue`; `settings.MAIL_DELIVERY` names Django's backend that delivers.
"""

from __future__ import annotations

import base64
import json
import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from cobijo.web.core.jobs.models import Post
from cobijo.web.core.jobs.sealing import Damaged, unwrap, wrap

log = logging.getLogger(__name__)
LONGEST = timedelta(hours=1)  # between two tries
GIVEN_UP = timedelta(days=7)  # an invitation that old is no longer valid either


class Queue(BaseEmailBackend):
    """Django's `send_mail` and everything above it puts mail here."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        rows = []
        for message in email_messages:
            identity = uuid.uuid4()
            sealed = wrap(_packed(message), f"post|{identity}")
            rows.append(Post(id=identity, sealed=sealed, next_try_at=now))
        Post.objects.bulk_create(rows)
        return len(rows)


def deliver(limit: int = 20) -> int:
    """Try the mail that is due; returns how many left. Two workers never send the same one at once."""
    sent = 0
    for _ in range(limit):
        if not Post.objects.filter(next_try_at__lte=timezone.now()).exists():
            break
        left = _deliver_one()
        if left is None:
            break
        sent += left
    return sent


def _deliver_one() -> int | None:
    """The row is first put aside for five minutes, then sent, then removed: no transaction is open meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        row = Post.objects.select_for_update(skip_locked=_skips()).filter(next_try_at__lte=now).first()
        if row is None:
            return None
        tries = row.tries + 1
        Post.objects.filter(pk=row.pk).update(tries=tries, next_try_at=now + timedelta(minutes=5))
    try:
        message = _unpacked(unwrap(row.sealed, f"post|{row.pk}"))
        get_connection(settings.MAIL_DELIVERY).send_messages([message])
    except Exception as problem:
        wait = min(LONGEST, timedelta(seconds=15 * 2 ** min(tries, 10)))
        if isinstance(problem, Damaged) or now - row.made_at > GIVEN_UP:
            log.error("a mail was given up", extra={"failure": type(problem).__name__, "tries": tries})
            Post.objects.filter(pk=row.pk).delete()
            return 0
        log.warning("a mail could not leave", extra={"failure": type(problem).__name__, "tries": tries})
        Post.objects.filter(pk=row.pk).update(next_try_at=now + wait, trouble=type(problem).__name__[:60])
        return None  # the server is down: the others wait too
    Post.objects.filter(pk=row.pk).delete()
    return 1


_PLAIN = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers")


def _packed(message: EmailMessage) -> bytes:
    said = {name: getattr(message, name) for name in _PLAIN}
    said["subtype"] = message.content_subtype
    said["alternatives"] = [[str(one[0]), one[1]] for one in getattr(message, "alternatives", ())]
    said["attachments"] = []
    for one in message.attachments:
        name, content, media_type = one
        raw = content.encode() if isinstance(content, str) else bytes(content)
        said["attachments"].append([name, base64.b64encode(raw).decode(), media_type])
    return json.dumps(said, default=str).encode()


def _unpacked(packed: bytes) -> EmailMessage:
    said = json.loads(packed)
    extra = {"headers" if name == "extra_headers" else name: said[name] for name in _PLAIN}
    message = EmailMultiAlternatives(**extra)
    message.content_subtype = said["subtype"]
    for content, media_type in said["alternatives"]:
        message.attach_alternative(content, media_type)
    for name, content, media_type in said["attachments"]:
        message.attach(name, base64.b64decode(content), media_type)
    return message


def _skips() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def stuck(age: timedelta = timedelta(minutes=2)) -> int:
    """How many mails have waited for longer than they should."""
    return Post.objects.filter(made_at__lt=timezone.now() - age).count()
