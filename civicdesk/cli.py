"""The command line: a few lines a command, each calls what the screens call."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from civicdesk.errors import Refusal, Unavailable

app = typer.Typer(
    help="The front desk of a civic centre.", add_completion=False, pretty_exceptions_enable=False
)

report = typer.Typer(help="Write reports into files, for other programs and for cron.", no_args_is_help=True)
app.add_typer(report, name="report")

Years = Annotated[int, typer.Option(min=1, max=50, help="How many years until the demo day.")]
Seed = Annotated[int, typer.Option(help="The same seed makes the same centre.")]
Database = Annotated[Path | None, typer.Option(help="The database file, if not the usual one.")]
On = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y"], help="The day; else today.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", help="Write the sheet here.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write its numbers here, as a workbook.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write its numbers here, as a plain table.")]


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
    file: Annotated[Path, typer.Argument(help="The backup.")],
    key: Annotated[Path, typer.Option(help="A file with the recovery key; - reads it from the input.")],
    database: Database = None,
) -> None:
    """Put a backup in the place of the desk's file, which is moved aside. The desk must be closed."""
    from civicdesk import backups  # noqa: PLC0415

    _say_or_fail(lambda: backups.restore(file, key, database))


@report.command()
def occupancy(
    on: On = None, pdf: Pdf = None, xlsx: Xlsx = None, csv: Csv = None, database: Database = None
) -> None:
    """The daily occupancy sheet. The desk may be open meanwhile; nothing is changed."""
    from civicdesk import reports  # noqa: PLC0415

    wanted = {"pdf": pdf, "xlsx": xlsx, "csv": csv}
    files = {ending: file for ending, file in wanted.items() if file is not None}
    if not files:
        typer.echo("Say what to write: --pdf, --xlsx or --csv with the name of a file.", err=True)
        raise typer.Exit(2)
    try:
        for file in reports.write_occupancy(files, on.date() if on else None, database):
            typer.echo(str(file))
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(1) from trouble


def _say_or_fail(work: Callable[[], list[str]]) -> None:
    try:
        for line in work():
            typer.echo(line)
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(1) from trouble


def _open(*, demo: bool, database: Path | None) -> None:
    from civicdesk.app import open_desk  # noqa: PLC0415

    try:
        sys.exit(open_desk(is_demo=demo, database=database))
    except (Refusal, Unavailable) as trouble:
        typer.echo(str(trouble), err=True)
        sys.exit(1)
