"""The words of the command line that show a site: `demo`, `demo-code`, `serve`, `manage`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cobijo import terminal
from cobijo.errors import WrongUsage
from cobijo.sentences import reader_language, render, say
from cobijo.sentences.marks import N_
from cobijo.web.data import DEMONSTRATION

LANGUAGE = reader_language()
DEMO = Path("demo")


def _(message: str) -> str:
    return say(message, LANGUAGE)


Json = Annotated[bool, typer.Option("--json", help=_(N_("Print the result as JSON.")))]
Folder = Annotated[Path, typer.Option("--dir", help=_(N_("Where the demonstration goes.")))]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help=_(N_("Where a browser finds it.")))]


def add_to(app: typer.Typer) -> None:
    """Give the command its words for showing a site."""
    words: dict[str, tuple[Callable[..., None], str]] = {
        "demo": (demo, N_("Build the demonstration country and show it.")),
        "demo-code": (demo_code, N_("How to sign in to the demonstration as one role.")),
        "serve": (serve, N_("Run the site on this machine, or show a picture.")),
    }
    for name, (function, sentence) in words.items():
        app.command(name, help=_(sentence))(function)
    app.command(
        "manage",
        help=_(N_("The site's own commands: vault (the key), check --deploy, help (all of them).")),
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(manage)


def demo(
    folder: Folder = DEMO,
    no_serve: Annotated[bool, typer.Option("--no-serve", help=_(N_("Build only.")))] = False,
    children: Annotated[
        int, typer.Option("--children", min=1000, max=200_000, help=_(N_("How many.")))
    ] = 20_000,
    port: Port = 8000,
    lang: Annotated[str, typer.Option("--lang", help=_(N_("Language of the report: es or en.")))] = LANGUAGE,
    seed: Annotated[int, typer.Option("--seed", min=0, help=_(N_("Same seed, same result.")))] = 2025,
    quick: Annotated[bool, typer.Option("--quick", help=_(N_("Fewer resamples: a first look.")))] = False,
    json: Json = False,
) -> None:
    from cobijo.demonstration import build
    from cobijo.web.operations import demo as site
    from cobijo.web.serve import address, check_free

    if not no_serve:
        check_free("127.0.0.1", port)  # said now, not after a minute of building
    with terminal.bars(LANGUAGE, quiet=json) as progress:
        made, truth = build(
            folder, children=children, seed=seed, quick=quick, language=lang, progress=progress
        )
    os.umask(0o077)
    data = site.begin(folder)
    site.enter(data)
    os.environ["COBIJO_PUBLIC_DIR"] = str(
        (folder / "public").absolute()
    )  # its reports show the picture's tables
    known = site.make_elsewhere()
    terminal.show_picture(made, folder, LANGUAGE, as_json=json, truth=truth)
    if no_serve:
        return
    door = f"{address('127.0.0.1', port)}/{lang}/demonstration/"
    if not json:
        _say("operations.demo_door", count=len(known), address=door)
        _say("operations.demo_sign_in")
    _serve(folder, data, "127.0.0.1", port)


def demo_code(
    role: Annotated[str, typer.Argument(help=_(N_("A role, as caseworker or administrator.")))],
    folder: Folder = DEMO,
    json: Json = False,
) -> None:
    from cobijo.web.operations import demo as site

    known = {one["role"]: one for one in site.accounts(folder / site.SITE)}
    if role not in known:
        raise WrongUsage("operations.demo_role_unknown", role=role, roles=", ".join(known))
    one = known[role]
    facts: dict[str, str | int] = {"email": one["email"], "password": one["password"]}
    if one["totp_secret"]:
        facts["code"], facts["seconds_left"] = site.code_now(one["totp_secret"])
    terminal.show_facts(facts, LANGUAGE, as_json=json)


def serve(
    folder: Annotated[
        Path | None, typer.Option("--dir", help=_(N_("The folder that `picture` or `demo` wrote.")))
    ] = None,
    host: Annotated[
        str,
        typer.Option("--host", help=_(N_("Address to listen on; a proxy on this machine needs no other."))),
    ] = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[
        int | None, typer.Option("--processes", min=1, max=64, help=_(N_("How many answer at once.")))
    ] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help=_(N_("The long work is done elsewhere, by `cobijo work`.")))
    ] = False,
) -> None:
    from cobijo.web.operations import demo as site

    own = bool(
        os.environ.get("COBIJO_DATA_DIR")
    )  # a site of one's own is served, and not a demonstration beside it
    shown = folder or (DEMO if not own and (DEMO / "public").is_dir() else None)
    data = None
    if shown is not None and not own and (shown / site.SITE / DEMONSTRATION).is_file():
        data = shown / site.SITE
        site.enter(data)
    _serve(shown, data, host, port, processes, not no_worker)


def manage(context: typer.Context) -> None:
    from cobijo.web.manage import main as manage_site

    raise typer.Exit(manage_site(context.args))


def _serve(
    shown: Path | None,
    data: Path | None,
    host: str,
    port: int,
    processes: int | None = None,
    worker: bool = True,
) -> None:
    from cobijo.web.serve import serve as serve_site

    serve_site(shown, host=host, port=port, data=data, processes=processes, worker=worker)


def _say(code: str, **params: object) -> None:
    terminal.out.print(render(code, params, LANGUAGE), markup=False, soft_wrap=True)
