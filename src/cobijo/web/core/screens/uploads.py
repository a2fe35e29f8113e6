"""Files that people hand in. Whatever their size, none lies open on the disk: from memory they go into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cobijo.errors import InputProblem
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs.models import StoredFile
from cobijo.web.core.screens import sheets


class InMemory(MemoryFileUploadHandler):
    """Takes every upload, and stops reading where it is larger than any table may be."""

    def handle_raw_input(self, *_asked: Any, **_named: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > sheets.MOST_BYTES:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload
        return super().receive_data_chunk(raw_data, start)


def uploading(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that takes a file. Where it goes is chosen before anything reads the request, the guard of forms too."""
    guarded = csrf_protect(page)

    @wraps(page)
    def view(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [InMemory(request)]
        return guarded(request, *args, **named)

    return csrf_exempt(view)


def content_of(request: HttpRequest, name: str, *, most: int | None = None) -> bytes:
    """What was handed in; empty where nobody chose a file."""
    most = sheets.MOST_BYTES if most is None else most
    upload = request.FILES.get(name)
    content: bytes = b"" if upload is None else upload.read()
    if getattr(request, "too_large", False) or len(content) > most:
        raise InputProblem("screens.file_too_large", most=most // 2**20)
    return content


def kept(request: HttpRequest, content: bytes, name: str) -> StoredFile:
    """Sealed, for the next step. `name` is what the site calls it, not what the person did."""
    account: Any = request.user
    return outbox.keep_upload(
        by=account, source=BytesIO(content), name=name, media_type="application/octet-stream"
    )
