"""The frame around the pages: health, problems, proxy, data folder, commands, static files."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory

from cobijo.errors import WrongUsage
from cobijo.web import problems
from cobijo.web.data import make_ready, secret_key
from cobijo.web.serve import address, public_folder, serve


@pytest.mark.django_db
def test_health_tells_machines_what_works(public: Path, reader: Client) -> None:
    answer = reader.get("/health")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json().items() >= {"status": "ok", "database": "ok", "picture": "ready"}.items()


def test_health_fails_when_the_database_does(public: Path, reader: Client) -> None:
    with patch("cobijo.web.publication.public.views.connection") as connection:
        connection.cursor.side_effect = DatabaseError("no")
        answer = reader.get("/health")
    assert (answer.status_code, answer.json()["database"]) == (503, "failing")


@pytest.mark.django_db
def test_health_fails_when_the_picture_is_broken(public: Path, reader: Client) -> None:
    (public / "picture.json").write_text("{")
    assert reader.get("/health").status_code == 503


def test_search_engines_stay_out(reader: Client) -> None:
    assert "Disallow: /" in reader.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("path", "words"), [("/es/qwxyz", "Esta página no está aquí"), ("/en/qwxyz", "This page is not here")]
)
def test_a_missing_page_is_calm_and_leads_on(public: Path, reader: Client, path: str, words: str) -> None:
    answer = reader.get(path)
    body = answer.content.decode()
    assert answer.status_code == 404
    assert words in body
    assert f'href="{path[:4]}"' in body
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert path.rpartition("/")[2] not in body


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_bug_has_a_page_that_says_nothing_of_it(public: Path, reader: Client, language: str) -> None:
    with patch("cobijo.web.publication.public.words.seen_share", side_effect=RuntimeError("a secret")):
        answer = reader.get(f"/{language}/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert {"es": "Algo falló", "en": "Something broke"}[language] in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_bug_in_the_frame_itself_still_has_a_page(public: Path, reader: Client) -> None:
    with patch("cobijo.web.context.get_language", side_effect=RuntimeError("a secret")):
        answer = reader.get("/es/")
    assert answer.status_code == 500
    assert "Algo falló" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_foreign_host_is_refused_with_a_page(public: Path) -> None:
    answer = Client(headers={"host": "evil.example"}).get("/es/")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_closed_door_has_a_page(public: Path) -> None:
    answer = problems.forbidden(RequestFactory().get("/es/"))
    assert answer.status_code == 403


def ask_settings(tmp_path: Path, code: str, **environment: str) -> str:
    """Run a line in a fresh process with these settings in the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COBIJO_")}
    run = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); from django.conf import settings\n{code}"],
        env=clean
        | {"COBIJO_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cobijo.web.settings"}
        | {"PYTHONPATH": os.pathsep.join(sys.path)}
        | environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout.strip()


def test_the_proxy_is_believed_only_when_told(tmp_path: Path) -> None:
    code = (
        "from django.test import RequestFactory\n"
        "request = RequestFactory().get('/', headers={'x-forwarded-proto': 'https'})\n"
        "print(request.is_secure(), settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0)"
    )
    assert ask_settings(tmp_path, code) == "False False False"
    assert ask_settings(tmp_path, code, COBIJO_BEHIND_PROXY="1") == "True True True"


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    ask_settings(tmp_path / "data", "print(settings.SECRET_KEY)")
    assert not (tmp_path / "data").exists()


def test_the_database_runs_in_wal(tmp_path: Path) -> None:
    code = (
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    print(cursor.execute('PRAGMA journal_mode').fetchone()[0])"
    )
    assert ask_settings(tmp_path, code) == "wal"


def test_the_secret_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    make_ready(folder)
    first = secret_key(folder, {})
    make_ready(folder)
    assert secret_key(folder, {}) == first
    assert len(first) >= 50
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]
    assert secret_key(folder, {"COBIJO_SECRET_KEY": "given"}) == "given"


def test_the_address_is_a_name(tmp_path: Path) -> None:
    assert address("127.0.0.1", 8000) == "http://localhost:8000"
    assert address("cobijo.example", 80) == "http://cobijo.example:80"


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WrongUsage, match="port_not_free"):
            serve(tmp_path, port=taken.getsockname()[1], data=tmp_path / "data")


def test_the_public_part_of_a_folder_is_found(tmp_path: Path) -> None:
    assert public_folder(tmp_path) == tmp_path
    (tmp_path / "public").mkdir()
    assert public_folder(tmp_path) == tmp_path / "public"


def test_static_files_are_gathered_quickly_hashed_and_small(tmp_path: Path) -> None:
    code = (
        "from cobijo.web.serve import prepare\nfrom pathlib import Path\n"
        f"prepare(None, data=Path({str(tmp_path)!r}))\n"
        "from django.templatetags.static import static\n"
        "print(static('cobijo/cobijo.css'))"
    )
    run = [sys.executable, "-c", code]
    own = {name: value for name, value in os.environ.items() if name != "COBIJO_TEST_DATABASE"}
    shown = subprocess.run(
        run,
        env=own
        | {"PYTHONPATH": os.pathsep.join(sys.path)},  # a site of its own: its folder, and SQLite in it
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.startswith("/static/cobijo/cobijo.")
    assert shown.strip() != "/static/cobijo/cobijo.css"
    manifest = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    sent = {
        plain: (tmp_path / "static" / f"{name}.gz").stat().st_size
        for plain, name in manifest.items()
        if plain.endswith(".css")
    }
    # A page loads Bootstrap, ours, and at most two of its wing and room.
    everywhere = {one for one in sent if "bootstrap" in one or one == "cobijo/cobijo.css"}
    assert len(everywhere) == 2
    rooms = sorted((size for one, size in sent.items() if one not in everywhere), reverse=True)
    assert sum(sent[one] for one in everywhere) + sum(rooms[:2]) < 40_000


def test_manage_runs_the_checks(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cobijo.web", "check"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "COBIJO_DATA_DIR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "secret.key").exists()
