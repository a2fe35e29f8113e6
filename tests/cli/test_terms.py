"""`cobijo terms`: check a text, write the vocabulary out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PARAGRAPH = "Contra el turismo sexual infantil y la pornografía infantil, firmamos el Protocolo."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(*words: str, said: bytes = b"", language: str = "en") -> subprocess.CompletedProcess[bytes]:
    import os

    environment = {**os.environ, "COBIJO_LANG": language, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "cobijo", "terms", *words],
        input=said,
        capture_output=True,
        env=environment,
        check=False,
    )


def docx(*paragraphs: str, part: str = "word/document.xml", head: str = "") -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{one[:9]}</w:t></w:r><w:r><w:t>{one[9:]}</w:t></w:r></w:p>" for one in paragraphs
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(
            part, f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", PARAGRAPH.encode()),
        ("a.md", b"\xef\xbb\xbf# T\n\n" + PARAGRAPH.encode()),
        ("a.txt", PARAGRAPH.encode("utf-16")),
        ("a.docx", docx("Un título", PARAGRAPH)),
        (
            "a.html",
            f"<style>child prostitution</style><h1>T</h1><p>{PARAGRAPH.replace('í', '&iacute;')}</p>".encode(),
        ),
        (
            "a.html",
            f"<p>{PARAGRAPH.replace('sexual', '<b>sexual</b>')}</p><script>niñas prostitutas</script>".encode(),
        ),
    ],
)
def test_a_file_is_checked(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("check", str(tmp_path / name), "--json")
    assert done.returncode == 3, done.stderr
    found = json.loads(done.stdout)
    assert [one["term"] for one in found] == ["turismo sexual infantil", "pornografía infantil"]
    assert set(found[0]) >= {"term", "start", "end", "preferred"}
    assert found[0]["preferred"] == "explotación sexual de niñas, niños y adolescentes en viajes y turismo"


def test_offsets_count_the_characters_of_the_text(tmp_path: Path) -> None:
    text = "Línea uno.\r\n\r\nHay niñas prostitutas aquí."
    (tmp_path / "a.txt").write_bytes(text.encode())
    (found,) = json.loads(run("check", str(tmp_path / "a.txt"), "--json").stdout)
    assert text[found["start"] : found["end"]] == "niñas prostitutas"


def test_piped_text_is_said_in_sentences() -> None:
    done = run("check", "-", said=PARAGRAPH.encode())
    assert done.returncode == 3
    assert "Line 1: “turismo sexual infantil” → explotación sexual" in done.stdout.decode()
    assert "2 discouraged words were found." in done.stdout.decode()
    clean = run("check", "-", said="La niña estudia.".encode())
    assert clean.returncode == 0
    assert "No discouraged word" in clean.stdout.decode()
    assert json.loads(run("check", "-", "--json", said=b"").stdout) == []


def test_only_the_named_language_is_looked_for() -> None:
    said = b"Child pornography, dice el cartel."
    assert json.loads(run("check", "-", "--lang", "es", "--json", said=said).stdout) == []
    assert len(json.loads(run("check", "-", "--json", said=said).stdout)) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("check", "missing.txt"), 3, "cannot be opened"),
        (("check", "a.pdf"), 3, "of a kind that is not read here"),
        (("check", "bad.docx"), 3, "cannot be read as a DOCX"),
        (("check", "bomb.docx"), 3, "cannot be read as a DOCX"),
        (("check", "other.docx"), 3, "cannot be read as a DOCX"),
        (("check", "latin.txt"), 3, "not text in UTF-8"),
        (("check", "-", "--lang", "fr"), 2, "no vocabulary in “fr”"),
        (("check", "-", "--pack", "nowhere"), 3, "nowhere"),
        (("export", "--format", "rdf"), 2, "no format of the vocabulary"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "bad.docx").write_bytes(b"no zip")
    (tmp_path / "bomb.docx").write_bytes(docx("x", head="<!DOCTYPE a [<!ENTITY b 'c'>]>"))
    (tmp_path / "other.docx").write_bytes(docx("x", part="else.xml"))
    (tmp_path / "latin.txt").write_bytes("niñas".encode("latin-1"))
    given = tuple(str(tmp_path / one) if "." in one and one != "-" else one for one in words)
    done = run(*given)
    assert done.returncode == code
    assert said in done.stderr.decode()


def test_the_vocabulary_is_written_out(tmp_path: Path) -> None:
    assert run("export").stdout.decode().startswith("@prefix skos:")
    assert run("export", "--format", "jsonld", "--out", str(tmp_path / "terms.jsonld")).returncode == 0
    assert (
        json.loads((tmp_path / "terms.jsonld").read_text(encoding="utf-8"))["@graph"][0]["@id"]
        == "cobijo:scheme"
    )
