"""What the command line shows: bars while it works, then one calm summary or plain JSON."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from typer.exceptions import TyperException

from cobijo.engine.progress import Progress as Report
from cobijo.engine.progress import silent
from cobijo.errors import CobijoError, WrongUsage
from cobijo.sentences import render, say
from cobijo.sentences.marks import N_

if TYPE_CHECKING:
    from cobijo.engine.disclosure.attackers import Survey
    from cobijo.engine.lists.schema import AgencyList
    from cobijo.engine.population.shape import Estimate

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
THIN = "\u202f"


def number(value: float | None) -> str:
    """A count for reading: thin spaces between thousands, the suppression symbol where there is none."""
    return "·" if value is None else f"{round(value):,}".replace(",", THIN)


@contextmanager
def bars(language: str, *, quiet: bool) -> Iterator[Report]:
    """A progress bar per stage of work; nothing at all under --json."""
    if quiet:
        yield silent
        return
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err) as display:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for earlier in tasks.values():  # stages follow one another: the next one ends the last
                    whole = display.tasks[earlier].total or 1
                    display.update(earlier, total=whole, completed=whole)
                tasks[stage] = display.add_task(render(stage, {}, language), total=total or None)
            display.update(tasks[stage], completed=done, total=total or None)

        yield report
        for task in tasks.values():
            whole = display.tasks[task].total or 1
            display.update(task, total=whole, completed=whole)


def show_json(value: object) -> None:
    """Plain JSON on standard output, nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False, default=str) + "\n")


def show_facts(facts: Mapping[str, Any], language: str, *, as_json: bool) -> None:
    """Name and value, a line each."""
    if as_json:
        show_json(facts)
        return
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        shown = number(value) if isinstance(value, int) and not isinstance(value, bool) else value
        table.add_row(render(f"fact.{name}", {}, language).removeprefix("fact."), f"[bold]{shown}[/]")
    out.print(table)


def show_error(problem: CobijoError, language: str, *, as_json: bool) -> int:
    """One sentence; returns the exit code."""
    sentence = render(problem.code, problem.params, language)
    if as_json:
        show_json({"error": {"code": problem.code, "params": problem.params, "sentence": sentence}})
    else:
        err.print(sentence, markup=False, soft_wrap=True)
    return problem.exit_code


def show_usage(wrong: TyperException, language: str, *, as_json: bool) -> int:
    """Words that make no command, in one sentence; help where a command was asked for without any."""
    context = getattr(wrong, "ctx", None)
    command = context.command_path if context is not None else "cobijo"
    kind = type(wrong).__name__
    if kind == "NoArgsIsHelpError":
        err.print(wrong.format_message(), markup=False)
        return 2
    params = {"command": command, "name": _name_of(wrong)}
    code = USAGE.get(kind, "cli.wrong_words")
    possible = getattr(wrong, "possibilities", None)
    if kind == "NoSuchOption" and possible:
        code, params = "cli.no_such_option_but", params | {"possible": ", ".join(sorted(possible))}
    elif kind == "UsageError" and "No such command" in wrong.format_message():
        code = "cli.no_such_word"
    return show_error(WrongUsage(code, **params), language, as_json=as_json)


USAGE = {
    "NoSuchOption": "cli.no_such_option",
    "MissingParameter": "cli.missing",
    "BadParameter": "cli.bad_value",
    "BadOptionUsage": "cli.no_value",
}


def _name_of(wrong: TyperException) -> str:
    """The option or word that is meant, as it is typed."""
    option = getattr(wrong, "option_name", None)
    if option:
        return str(option)
    param = getattr(wrong, "param", None)
    if param is not None:
        options = [one for one in param.opts if one.startswith("-")]
        return options[0] if options else str(param.name).upper()
    return wrong.format_message().rpartition(" ")[2].strip("'.")


def show_bug(bug: Exception, language: str, *, as_json: bool) -> int:
    """A bug says where it is, never what was in a list: the message of an exception may hold a name."""
    last = traceback.extract_tb(bug.__traceback__)[-1]
    params = {"kind": type(bug).__name__, "place": f"{Path(last.filename).name}:{last.lineno}"}
    if os.environ.get("COBIJO_DEBUG"):
        traceback.print_exception(bug)
    sentence = render("cli.bug", params, language)
    if as_json:
        show_json({"error": {"code": "cli.bug", "params": params, "sentence": sentence}})
    else:
        err.print(sentence, markup=False, soft_wrap=True)
    return 1


def show_problems(lists: Sequence[AgencyList], language: str, *, as_json: bool) -> bool:
    """Every problem of every list; True where a row or a field needs mending (a note does not)."""
    from cobijo.engine.lists.problems import describe

    rows = [row for one in lists for row in one.problems.to_pylist()]
    wrong = any(row["severity"] != "note" for row in rows)
    if as_json:
        show_json([{**row, "params": json.loads(row["params"])} for row in rows])
        return wrong
    for row in rows[:MOST_SHOWN]:
        wrong_here, mend = describe(row, language)
        out.print(f"{row['file']}: {wrong_here} {mend}", markup=False, soft_wrap=True)
    if len(rows) > MOST_SHOWN:
        more = say(N_("… and {count} more; `--json` lists all."), language)
        out.print(more.format(count=number(len(rows) - MOST_SHOWN)), markup=False)
    for one in lists:
        line = say(
            N_("{file}: {good} rows can be linked, {bad} cannot, {problems} things to look at."), language
        )
        counts = {"good": number(one.records.num_rows), "bad": number(one.rejected.num_rows)}
        out.print(line.format(file=one.file, **counts, problems=number(one.problems.num_rows)), markup=False)
    return wrong


MOST_SHOWN = 40


def show_findings(found: Survey, language: str, *, as_json: bool) -> None:
    """What the attackers found, or that they found nothing; and what nobody could read."""
    if as_json:
        show_json([finding.as_dict() for finding in found.findings])
        return
    for finding in found.findings:
        out.print(f"✗ {render(finding.code, finding.params, language)}", markup=False, soft_wrap=True)
    for name in found.unread:
        out.print(
            say(N_("{file} could not be read and was not attacked."), language).format(file=name),
            markup=False,
        )
    if not found.findings:
        line = say(
            N_("✓ The attackers recovered nothing: {tables} tables, {hidden} hidden counts."), language
        )
        out.print(line.format(tables=found.tables, hidden=found.hidden))


def show_estimate(answer: Estimate, language: str, *, as_json: bool) -> int:
    """One estimate; returns the exit code (4 where it was refused)."""
    from cobijo.engine.population import as_dict

    if as_json:
        show_json(as_dict(answer))
    elif answer.refused is not None:
        err.print(render(answer.refused[0], answer.refused[1], language), markup=False, soft_wrap=True)
    else:
        _show_figure(answer, language)
    return 4 if answer.refused is not None else 0


def _show_figure(answer: Estimate, language: str) -> None:
    """The figure as what it is: a range, a floor, or a number without an interval; and what an ensemble says of it."""
    low, high = answer.interval or (None, None)
    floor = bool(answer.diagnostics.get("lower_bound"))
    first = N_("Between {low} and {high} in all ({level} % interval, {method}); best guess {total}.")
    second = N_("The lists saw {observed}; about {hidden} were seen by none of them.")
    if answer.interval is None:
        first = N_("About {total} in all ({method}); this model gives no interval.")
    elif floor:
        first = N_(
            "At least {total} in all: a floor, not an answer ({level} % interval of the floor {low} to {high}, "
            "{method})."
        )
        second = N_("The lists saw {observed}; at least {hidden} were seen by none of them.")
    params = {
        "low": number(low), "high": number(high), "level": f"{100 * answer.level:g}", "method": answer.method,
        "total": number(answer.total), "observed": number(answer.observed), "hidden": number(answer.hidden),
    }  # fmt: skip
    for line in (first, second):
        out.print(say(line, language).format(**params), markup=False, soft_wrap=True)
    sentence = answer.diagnostics.get("sentence")
    if isinstance(sentence, Mapping):
        told = {name: number(value) for name, value in sentence["params"].items()}
        out.print(render(sentence["code"], told, language), markup=False, soft_wrap=True)


def show_picture(
    made: Any, folder: Path, language: str, *, as_json: bool, truth: Mapping[str, Any] | None = None
) -> None:
    """The picture in a few lines: what was read, who was counted, how many are hidden, where to look."""
    if as_json:
        show_json({**made.public, **({"truth": truth} if truth else {})})
        return
    public, estimate = made.public, made.public["estimate"]
    table = Table(show_header=False, box=None, padding=(0, 2))

    def line(label: str, value: str, **params: object) -> None:
        table.add_row(say(label, language).format(**params), f"[bold]{value}[/]")

    line(
        N_("Records read, from {lists} lists"), number(public["records"]["read"]), lists=len(public["lists"])
    )
    line(N_("Children, each counted once"), number(public["observed"]))
    if "refused" in estimate:
        refused = estimate["refused"]
        line(N_("No estimate is given"), render(refused["code"], refused["params"], language))
    else:
        low, high = estimate["interval"]
        line(N_("Children in all, most likely between"), f"{number(low)} – {number(high)}")
        line(N_("of whom no list saw about"), number(estimate["hidden"]))
    if truth:
        line(N_("True number in this invented country"), number(truth["children"]))
    out.print(table)
    out.print(
        say(N_("Look at {report}"), language).format(report=folder / "public" / "report.html"), soft_wrap=True
    )
