"""The command line: a few lines a command, each calls what the screens call."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from civicdesk.errors import Refusal, Unavailable
from civicdesk.hub_cli import hub

app = typer.Typer(
    help="The front desk of a civic centre.", add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(hub, name="hub")

Years = Annotated[int, typer.Option(min=1, max=50, help="How many years until the demo day.")]
Seed = Annotated[int, typer.Option(help="The same seed makes the same centre.")]
Database = Annotated[Path | None, typer.Option(help="The database file, if not the usual one.")]
Out = Path | None
_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
_USAGE = ("no_report", "bad_period", "wrong_period", "no_reason", "no_organisation")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="Open the demo centre.")] = False,
    database: Database = None,
) -> None:
    """Open the desk, if nothing else is asked."""
    if context.invoked_subcommand is None:
        _open(demo=demo, database=database)


@app.command("open")
def open_(
    demo: Annotated[bool, typer.Option("--demo", help="Open the demo centre.")] = False,
    database: Database = None,
) -> None:
    """Open the desk."""
    _open(demo=demo, database=database)


@app.command()
def rehearse(
    out: Annotated[Path, typer.Option(help="Where pictures, documents and the database go.")] = Path(
        "var/rehearsal"
    ),
) -> None:
    """Play a day at the desk on the real screens, without a display, and check every step."""
    from civicdesk.rehearsal import rehearse as play  # noqa: PLC0415

    raise typer.Exit(play(out))


@app.command()
def pictures(
    out: Annotated[Path, typer.Option(help="Where the pictures go.")] = Path("docs/manual/pictures"),
) -> None:
    """Take the manual's pictures from the real screens."""
    from civicdesk.pictures import take  # noqa: PLC0415

    raise typer.Exit(take(out))


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="The database file to make.")],
    years: Years = 3,
    seed: Seed = 2026,
) -> None:
    """Make the demo centre."""
    from civicdesk import demo as centre  # noqa: PLC0415

    if out.exists():
        typer.echo(f"{out} is there already; choose another name.", err=True)
        raise typer.Exit(1)
    with typer.progressbar(length=100, label="Making the demo centre") as bar:

        def progress(done: int, total: int) -> bool:
            bar.update(done * 100 // max(1, total) - bar.pos)
            return True

        try:
            centre.make(out, years=years, seed=seed, progress=progress)
        except (OSError, Unavailable) as trouble:
            typer.echo(f"\n{trouble}", err=True)
            raise typer.Exit(1) from trouble
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.0f} MB")


@app.command()
def doctor(
    database: Database = None,
    try_printer: Annotated[
        str | None, typer.Option("--try-printer", help="Print a test card on this printer instead.")
    ] = None,
) -> None:
    """Look at display, fonts, database, disk, clock, printers and readers, and say what to do."""
    from civicdesk import doctor as the_doctor  # noqa: PLC0415

    if try_printer is not None:
        raise typer.Exit(0 if the_doctor.try_printer(try_printer, typer.echo) else 1)
    findings = the_doctor.look(database)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.is_well else 'LOOK'} {finding.subject}: {finding.sentence}")
    raise typer.Exit(0 if all(finding.is_well for finding in findings) else 1)


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="The folder; else the places of the settings.")] = None,
    database: Database = None,
) -> None:
    """Back the desk's file up, sealed for the recovery key of the settings. The desk may be open meanwhile."""
    from civicdesk import backups  # noqa: PLC0415

    _say_or_fail(lambda: backups.back_up(to, database))


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="The backup.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="A file with the recovery key; - reads it from the input.")
    ] = None,
    from_hub: Annotated[
        str, typer.Option("--from-hub", help="Instead: the hub's code, - to read it, or the hub's file.")
    ] = "",
    certificate: Annotated[
        Path | None, typer.Option(help="The hub's certificate, where its code has none.")
    ] = None,
    database: Database = None,
) -> None:
    """Put a backup, or what the hub has, in the place of the desk's file; that is moved aside. The desk is closed."""
    from civicdesk import backups  # noqa: PLC0415

    if from_hub and file is None:
        _say_or_fail(lambda: backups.from_hub(from_hub, certificate, database, typer.echo))
    elif from_hub or file is None or key is None:
        _usage("Say the backup and its key: restore FILE --key FILE; or the hub: restore --from-hub CODE")
    else:
        _say_or_fail(partial(backups.restore, file, key, database))


@app.command()
def report(
    name: Annotated[str, typer.Argument(help="Which report; `list` names them all.")] = "list",
    *,
    on: Annotated[datetime | None, typer.Option(formats=_DAYS, help="The day; else today.")] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAYS, help="The first day.")] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_DAYS, help="The last day; else today.")
    ] = None,
    year: Annotated[str, typer.Option(help="A year, as 2026.")] = "",
    month: Annotated[str, typer.Option(help="A month, as 2026-11.")] = "",
    period: Annotated[
        str, typer.Option(help="Also 2026-W47, 2026-Q4, 2026-H2, 2026-11-01..2026-11-24.")
    ] = "",
    organisation: Annotated[str, typer.Option(help="Of this organisation only, by its whole name.")] = "",
    reason: Annotated[str, typer.Option(help="Why the visitor log is opened; it is written down.")] = "",
    inside: Annotated[
        bool,
        typer.Option("--inside", help="It stays in the centre: show also figures of fewer than five people."),
    ] = False,
    pdf: Annotated[Out, typer.Option("--pdf", help="Write it here, as it comes out on paper.")] = None,
    xlsx: Annotated[Out, typer.Option("--xlsx", help="Write its numbers here, as a workbook.")] = None,
    csv: Annotated[Out, typer.Option("--csv", help="Write its numbers here, as a plain table.")] = None,
    database: Database = None,
) -> None:
    """Write a report into files, for other programs and for cron; `-` is the screen.

    The desk may be open meanwhile; nothing is changed. 0: written, 1: it could not be, 2: asked for in a wrong way.
    """
    from civicdesk import reports  # noqa: PLC0415

    if name == "list":
        typer.echo("\n".join(reports.names()))
        return
    files = {ending: file for ending, file in (("pdf", pdf), ("xlsx", xlsx), ("csv", csv)) if file}
    said = [each for each in (year, month, period) if each]
    if not files:
        _usage("Say what to write: --pdf, --xlsx or --csv with the name of a file.")
    if len(said) > 1:
        _usage("Say the days in one way only.")
    wanted = reports.Wanted(
        name=name,
        files=files,
        on=on.date() if on else None,
        first=first.date() if first else None,
        last=last.date() if last else None,
        period=said[0] if said else "",
        organisation=organisation,
        reason=reason,
        is_inside=inside,
    )
    try:
        written = reports.write(wanted, database)
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        is_usage = isinstance(trouble, Refusal) and trouble.reason in _USAGE
        raise typer.Exit(2 if is_usage else 1) from trouble
    for file in written:
        typer.echo(str(file), err=file == reports.TO_THE_SCREEN)


def _say_or_fail(work: Callable[[], list[str]]) -> None:
    try:
        for line in work():
            typer.echo(line)
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(1) from trouble


def _usage(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _open(*, demo: bool, database: Path | None) -> None:
    from civicdesk.app import open_desk  # noqa: PLC0415

    try:
        sys.exit(open_desk(is_demo=demo, database=database))
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        sys.exit(1)
