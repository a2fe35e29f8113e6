"""The `cobijo` command: read the words, call the engine or the site once, say what came of it, return the exit code.

Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 the input has problems, 4 refused on purpose, with the reason.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from cobijo import __version__, terminal
from cobijo.errors import WrongUsage
from cobijo.sentences import reader_language, say
from cobijo.sentences.marks import N_
from cobijo.terms_commands import add_to as add_terms
from cobijo.web.operations.commands import add_to as add_operations
from cobijo.web.operations.serving import add_to as add_serving
from cobijo.web.operations.troubles import named

LANGUAGE = reader_language()


def _(message: str) -> str:
    return say(message, LANGUAGE)


app = typer.Typer(
    name="cobijo",
    help=_(N_("Count each child once, estimate the hidden ones, publish without exposing anyone.")),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Lists = Annotated[
    list[Path], typer.Argument(help=_(N_("The agencies' lists: CSV, XLSX, Parquet or JSON Lines.")))
]
Out = Annotated[Path, typer.Option("--out", help=_(N_("Where the result goes.")))]
PackName = Annotated[str, typer.Option("--pack", help=_(N_("Country pack: a name, or a folder.")))]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", help=_(N_("TOML file: which header is which field.")))
]
Truth = Annotated[
    Path | None, typer.Option("--truth", help=_(N_("CSV of record_id,person_id to measure against.")))
]
Seed = Annotated[int, typer.Option("--seed", min=0, help=_(N_("Same seed, same result.")))]
Quick = Annotated[bool, typer.Option("--quick", help=_(N_("Fewer resamples: a first look.")))]
Json = Annotated[bool, typer.Option("--json", help=_(N_("Print the result as JSON.")))]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_(N_("A day, as 2025-12-31.")))]
FAMILIES = (
    "independence, chapman, chao, loglinear, stepwise, bic, bayes, decomposable, latent, closedp, ensemble"
)
Method = Annotated[str, typer.Option("--method", help=f"{_(N_('Which family of estimators.'))} {FAMILIES}.")]


@app.command(help=_(N_("The main job: lists in, one honest picture out.")))
def picture(
    lists: Lists,
    out: Out,
    pack: PackName = "mexico",
    mapping: Mapping = None,
    truth: Truth = None,
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=_(N_("First day.")))
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help=_(N_("Last day.")))
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help=_(N_("Language of the report: es or en.")))] = LANGUAGE,
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.output import whole_folder
    from cobijo.engine.picture import make_picture

    with terminal.bars(LANGUAGE, quiet=json) as progress, whole_folder(out) as folder:
        made = make_picture(
            lists,
            folder,
            pack=_pack(pack),
            mapping=mapping,
            truth=truth,
            period=_period(start, end),
            language=lang,
            seed=seed,
            quick=quick,
            progress=progress,
        )
    terminal.show_picture(made, out, LANGUAGE, as_json=json)


@app.command(help=_(N_("What is wrong with a list, row by row, and how to mend it.")))
def check(
    lists: Lists,
    pack: PackName = "mexico",
    mapping: Mapping = None,
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.lists.reading import read_list

    with terminal.bars(LANGUAGE, quiet=json) as progress:
        read = [read_list(path, mapping=mapping, pack=_pack(pack), progress=progress) for path in lists]
    wrong = terminal.show_problems(read, LANGUAGE, as_json=json)
    raise typer.Exit(3 if wrong else 0)


@app.command(help=_(N_("Find the records that belong to one person.")))
def link(
    lists: Lists,
    out: Out,
    pack: PackName = "mexico",
    mapping: Mapping = None,
    truth: Truth = None,
    one_to_one: Annotated[
        bool, typer.Option("--one-to-one", help=_(N_("Each person is at most once on each list.")))
    ] = False,
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.linking import link_files

    with terminal.bars(LANGUAGE, quiet=json) as progress:
        summary = link_files(
            lists,
            out,
            pack=_pack(pack),
            mapping=mapping,
            truth=truth,
            one_to_one=one_to_one,
            seed=seed,
            progress=progress,
        )
    terminal.show_facts(summary, LANGUAGE, as_json=json)


@app.command(help=_(N_("Estimate how many nobody saw, from a table of capture histories.")))
def estimate(
    table: Annotated[Path, typer.Argument(help=_(N_("CSV: one column a list (0 or 1), and the count.")))],
    method: Method = "stepwise",
    model: Annotated[
        str | None,
        typer.Option(
            "--model", help=_(N_("loglinear: pairs, or effects as A:B,B:C; closedp: Mt, Mth Darroch, …"))
        ),
    ] = None,
    pair: Annotated[str | None, typer.Option("--pair", help=_(N_("chapman: two lists, as A,B.")))] = None,
    resamples: Annotated[int, typer.Option("--resamples", min=1, help=_(N_("Bootstrap resamples.")))] = 1000,
    resamples_from: Annotated[
        Path | None,
        typer.Option("--resamples-from", help=_(N_("Resamples made elsewhere: CSV, may be .gz."))),
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help=_(N_("p to enter the model.")))
    ] = 0.02,
    level: Annotated[
        float, typer.Option("--level", min=0.5, max=0.999, help=_(N_("How sure the interval is.")))
    ] = 0.95,
    report: Annotated[
        Path | None,
        typer.Option("--report", help=_(N_("Write a page (HTML) with every method beside it and checks."))),
    ] = None,
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.population import estimate_file

    drawn = min(resamples, 200) if quick else resamples
    named: dict[str, object] = {"model": model, "lists": pair and [name.strip() for name in pair.split(",")]}
    with terminal.bars(LANGUAGE, quiet=json) as progress:
        answer = estimate_file(
            table,
            method=method,
            resamples=resamples_from or drawn,
            threshold=threshold,
            level=level,
            seed=seed,
            progress=progress,
            **{name: value for name, value in named.items() if value},
        )
        if report is not None:
            from cobijo.engine.report.estimating import report_file

            how = {"threshold": threshold, "resamples": drawn, "seed": seed, "quick": quick}
            report_file(report, table, answer, LANGUAGE, progress=progress, **how)
    raise typer.Exit(terminal.show_estimate(answer, LANGUAGE, as_json=json))


@app.command(help=_(N_("Protect a table before it is published.")))
def protect(
    table: Annotated[Path, typer.Argument(help=_(N_("CSV of counts.")))],
    plan: Annotated[Path, typer.Option("--plan", help=_(N_("TOML file: dimensions, counts, thresholds.")))],
    out: Out,
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.disclosure import load_plan, protect_file
    from cobijo.engine.output import whole_folder

    with whole_folder(out) as folder:
        summary = protect_file(table, load_plan(plan), folder)
    terminal.show_facts(summary.as_dict(), LANGUAGE, as_json=json)


@app.command(help=_(N_("Attack a folder of published tables as a stranger would.")))
def attack(
    folder: Annotated[Path, typer.Argument(help=_(N_("The folder to attack.")))],
    pack: PackName = "mexico",
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.disclosure.attackers import survey

    names = {area.code: [area.short, *area.names.values()] for area in _pack(pack).areas}
    found = survey(folder, names=names)
    terminal.show_findings(found, LANGUAGE, as_json=json)
    raise typer.Exit(3 if found.findings else 0)


@app.command(help=_(N_("Invent a country: lists of invented children, with the truth beside them.")))
def simulate(
    out: Out,
    children: Annotated[
        int, typer.Option("--children", min=100, max=5_000_000, help=_(N_("How many.")))
    ] = 20_000,
    lists: Annotated[int, typer.Option("--lists", min=2, max=10, help=_(N_("How many agencies.")))] = 5,
    pack: PackName = "mexico",
    seed: Seed = 0,
    quick: Quick = False,
    json: Json = False,
) -> None:
    from cobijo.engine.output import whole_folder
    from cobijo.engine.simulate import simulate as invent

    with terminal.bars(LANGUAGE, quiet=json) as progress, whole_folder(out) as folder:
        truth = invent(folder, children=children, lists=lists, pack=_pack(pack), seed=seed, progress=progress)
    facts = {"children": truth.children, "seen": truth.seen, "records": sum(truth.records.values())}
    terminal.show_facts(facts, LANGUAGE, as_json=json)


add_terms(app)
add_serving(app)
add_operations(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"cobijo {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_(N_("Say the version."))),
    ] = False,
) -> None:
    """Options of the whole command."""


def _pack(name: str):  # type: ignore[no-untyped-def]
    from cobijo.engine.pack import load_pack

    return load_pack(name)


def _period(start: datetime | None, end: datetime | None) -> tuple[date, date] | None:
    if (start is None) != (end is None):
        raise WrongUsage("cli.half_a_period")
    return None if start is None or end is None else (start.date(), end.date())


def main() -> None:
    """Run the command; whatever happens, the reader gets a sentence and the shell an exit code."""
    as_json = "--json" in sys.argv
    try:
        sys.exit(app(prog_name="cobijo", standalone_mode=False) or 0)
    except TyperException as wrong:
        sys.exit(terminal.show_usage(wrong, LANGUAGE, as_json=as_json))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as trouble:
        problem = named(trouble)
        if problem is None:
            sys.exit(terminal.show_bug(trouble, LANGUAGE, as_json=as_json))
        sys.exit(terminal.show_error(problem, LANGUAGE, as_json=as_json))
