"""The words of the command line about terms; `cli.py` takes them in by `add_to(app)`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cobijo import terminal
from cobijo.errors import WrongUsage
from cobijo.sentences import reader_language, render, say
from cobijo.sentences.marks import N_

if TYPE_CHECKING:
    from cobijo.engine.terms import Finding

LANGUAGE = reader_language()


def _(message: str) -> str:
    return say(message, LANGUAGE)


def add_to(app: typer.Typer) -> None:
    """Give the command its words about terms."""
    terms = typer.Typer(
        help=_(N_("The vocabulary: check the words of a text, write the terms out.")), no_args_is_help=True
    )
    terms.command("check", help=_(N_("Find discouraged words in a text, each with what to write instead.")))(
        check
    )
    terms.command("export", help=_(N_("Write the vocabulary out as SKOS, for other programs.")))(export)
    app.add_typer(terms, name="terms")


def check(
    file: Annotated[
        str, typer.Argument(help=_(N_("A text: .txt, .md, .docx or .html; - reads what is piped in.")))
    ],
    language: Annotated[
        str,
        typer.Option(
            "--lang", help=_(N_("Language of the text: es or en; without it, both are looked for."))
        ),
    ] = "",
    pack: Annotated[str, typer.Option("--pack", help=_(N_("Country pack: a name, or a folder.")))] = "mexico",
    json: Annotated[bool, typer.Option("--json", help=_(N_("Print the result as JSON.")))] = False,
) -> None:
    from cobijo.engine.terms import check as find
    from cobijo.engine.terms import load_vocabulary, with_titles
    from cobijo.engine.terms.pack import titles_of
    from cobijo.engine.terms.reading import plain_text, read_text

    vocabulary = load_vocabulary()
    if language and language not in vocabulary.languages:
        raise WrongUsage("terms.language_unknown", language=language, known=", ".join(vocabulary.languages))
    vocabulary = with_titles(vocabulary, titles_of(pack))
    text = plain_text(sys.stdin.buffer.read(), "-") if file == "-" else read_text(Path(file))
    found = find(text, language, vocabulary=vocabulary)
    if json:
        terminal.show_json([one.as_dict() for one in found])
    else:
        show(text, found)
    raise typer.Exit(3 if found else 0)


def show(text: str, found: tuple[Finding, ...]) -> None:
    """A line for each finding: where, what, what instead, why."""
    for one in found:
        line = text.count("\n", 0, one.start) + 1
        said = render(
            "terms.found",
            {"line": line, "term": " ".join(one.term.split()), "preferred": one.preferred},
            LANGUAGE,
        )
        why = render(f"terms.why_{one.reason}", {}, LANGUAGE)
        terminal.out.print(f"{said} {why}", markup=False, soft_wrap=True)
    code = "terms.none" if not found else "terms.one" if len(found) == 1 else "terms.many"
    terminal.out.print(render(code, {"count": len(found)}, LANGUAGE), markup=False, soft_wrap=True)


def export(
    format: Annotated[str, typer.Option("--format", help=_(N_("turtle or jsonld.")))] = "turtle",
    out: Annotated[Path | None, typer.Option("--out", help=_(N_("Where the result goes.")))] = None,
) -> None:
    from cobijo.engine.terms import export_skos, load_vocabulary

    written = export_skos(load_vocabulary(), format)
    if out is None:
        sys.stdout.write(written)
    else:
        out.write_text(written, encoding="utf-8")
