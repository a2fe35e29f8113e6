"""A person at a browser that knows forms and nothing else, against a real server: fills in what is shown, sends it."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """The forms of a page that are posted, with what stands in their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.open: dict[str, Any] | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = {"action": said.get("action", ""), "fields": {}, "file": ""}
            if said.get("method", "get").lower() == "post":
                self.forms.append(self.open)
        elif self.open is None:
            return
        elif tag == "input" and said.get("type") == "file":
            self.open["file"] = said.get("name", "")
        elif (tag == "input" and said.get("type") not in {"checkbox", "radio"}) or tag == "button":
            if said.get("name"):
                self.open["fields"].setdefault(said["name"], said.get("value", ""))
        elif tag == "select":
            self.select = said.get("name", "")
        elif (
            tag == "option" and self.select and ("selected" in said or self.select not in self.open["fields"])
        ):
            self.open["fields"][self.select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


class Browser:
    def __init__(self, port: int, session: str, cookie: str) -> None:
        self.base = f"http://localhost:{port}"
        self.cookies = {cookie: session}
        self.opener = urllib.request.build_opener()

    def get(self, path: str) -> tuple[str, str]:
        return self._send(path, None, {})

    def post(self, path: str, form: dict[str, Any], table: bytes = b"") -> tuple[str, str]:
        """Send a form; gives the address where it led and the page there."""
        mark = "----cobijo-proof"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form["fields"].items()
        ]
        if form["file"]:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{form["file"]}"; filename="t.csv"\r\n'
            parts.append(head.encode() + b"Content-Type: text/csv\r\n\r\n" + table + b"\r\n")
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._send(form["action"] or path, body, headers)

    def _send(self, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[str, str]:
        asked = urllib.request.Request(urllib.parse.urljoin(self.base, path), data=body)
        asked.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        asked.add_header("Accept-Language", "en")
        asked.add_header("Origin", self.base)
        for name, value in headers.items():
            asked.add_header(name, value)
        with _NoRedirect.opener().open(asked, timeout=30) as answer:
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = line.split(";", 1)[0].partition("=")
                self.cookies[name] = value
            if answer.status in {301, 302, 303}:
                return self.get(answer.headers["Location"])
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects and errors are answers: cookies that come with them must be kept."""

    def redirect_request(self, *args: Any) -> None:
        return None

    @classmethod
    def opener(cls) -> urllib.request.OpenerDirector:
        opener = urllib.request.OpenerDirector()
        opener.add_handler(urllib.request.HTTPHandler())
        return opener


def forms_of(page: str) -> list[dict[str, Any]]:
    parser = Forms()
    parser.feed(page)
    return parser.forms


def hand_in(browser: Browser, path: str, table: bytes) -> str:
    """Bring a table in as a person does, page by page until it is long work; the address of the job."""
    where, page = browser.get(path)
    for _step in range(4):
        if "/jobs/" in where:
            return where
        form = next((one for one in forms_of(page) if one["file"] or "file" in one["fields"]), None)
        assert form is not None, f"no form at {where}: {page[:2000]}"
        where, page = browser.post(where, form, table)
    raise AssertionError(f"it never became long work: {where}")
