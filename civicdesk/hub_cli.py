"""The command line of whoever looks after a hub: it is set up, brought up to date and looked at from here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import psycopg

    from civicdesk.hub.desks import Credential

hub = typer.Typer(help="The hub of a municipality: set it up and look after it.", no_args_is_help=True)

To = Annotated[
    str,
    typer.Option(
        "--to", help="Where the database is and as whom, as libpq reads it; else what PGHOST … say."
    ),
]
Municipality = Annotated[int, typer.Option(min=1, help="The municipality's number.")]
Centre = Annotated[int, typer.Option(min=1, help="The centre's number in its municipality.")]


@hub.command()
def create(
    to: To = "",
    name: Annotated[str, typer.Option(help="The municipality's name.")] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="Many municipalities in one database: tables in 32 parts.")
    ] = False,
) -> None:
    """Make a hub in an empty database."""
    from civicdesk.hub import desks, making  # noqa: PLC0415

    with _connected(to) as admin:
        if making.version(admin):
            _stop("There is a hub in this database already.")
        making.create(admin, hash_partitions=32 if shared else 0)
        desks.add_municipality(admin, 1, name)
    typer.echo("The hub is made. Now: civicdesk hub enrol-desk")


@hub.command()
def upgrade(to: To = "") -> None:
    """Bring a hub up to this program; desks of the release before are served as before."""
    from civicdesk.hub import making  # noqa: PLC0415

    with _connected(to) as admin:
        if not making.version(admin):
            _stop("There is no hub in this database: civicdesk hub create")
        try:
            making.upgrade(admin)
        except making.HubTooNew:
            _stop("A newer CivicDesk looks after this hub; nothing was changed.")
        typer.echo(f"The hub is at version {making.version(admin)}.")


@hub.command("enrol-desk")
def enrol_desk(  # noqa: PLR0917
    label: Annotated[str, typer.Argument(help="What the desk is called in the list.")],
    ca: Annotated[
        Path, typer.Option(help="The certificate authority's file that desks shall trust.", exists=True)
    ],
    to: To = "",
    municipality: Municipality = 1,
    centre: Centre = 1,
    centre_name: Annotated[str, typer.Option(help="The centre's name, as the counts show it.")] = "",
    host: Annotated[
        str, typer.Option(help="The hub's name as desks reach it; it is in its certificate.")
    ] = "",
) -> None:
    """Make a login for a new desk, and print the one code that the desk scans or pastes. It is shown only once."""
    from civicdesk.hub import desks  # noqa: PLC0415

    with _connected(to) as admin:
        reached = host or admin.info.host
        if reached.startswith("/") or not reached:
            _stop("Say by which name desks reach the hub: --host")
        desks.add_centre(admin, municipality, centre, centre_name)
        credential = desks.enrol(admin, label, municipality, centre)
        code = _code(credential, reached, admin.info.port, admin.info.dbname, ca)
    _show(code)
    typer.echo(
        f"{label} is {credential.role}. Scan this at the desk, or paste it; it will not be shown again:\n\n{code}"
    )


@hub.command("enrol-reader")
def enrol_reader(
    label: Annotated[str, typer.Argument(help="Which program reads the counts.")],
    to: To = "",
    municipality: Municipality = 1,
) -> None:
    """Make a login that reads the counts of a municipality (report.…), and nothing else."""
    from civicdesk.hub import desks  # noqa: PLC0415

    with _connected(to) as admin:
        reader = desks.enrol_reader(admin, label, municipality)
    typer.echo(f"role     {reader.role}\nsecret   {reader.secret}\nIt will not be shown again.")


@hub.command("revoke-desk")
def revoke_desk(
    role: Annotated[str, typer.Argument(help="The desk's role, as the list shows it.")], to: To = ""
) -> None:
    """Shut a desk out, at once."""
    from civicdesk.hub import desks  # noqa: PLC0415

    with _connected(to) as admin:
        if not desks.revoke(admin, role):
            _stop(f"No desk is called {role}: civicdesk hub list")
    typer.echo(f"{role} is shut out.")


@hub.command("list")
def list_(to: To = "") -> None:
    """The desks the hub knows."""
    from civicdesk.hub import desks  # noqa: PLC0415

    with _connected(to) as admin:
        for desk in desks.known(admin):
            seen = f"{desk.last_seen:%Y-%m-%d %H:%M}" if desk.last_seen else "never"
            typer.echo(
                f"{desk.role}  {desk.status:8}  {desk.tenant}/{desk.scope} {desk.centre}  {desk.label}  seen {seen}"
            )


@hub.command()
def doctor(
    to: To = "",
    mend: Annotated[
        bool, typer.Option("--mend", help="Make partitions, let go of what is over (for cron, once a day).")
    ] = False,
) -> None:
    """Look at TLS, roles, rights, partitions, desks and the epoch, and say what to do."""
    from civicdesk.hub import doctor as the_doctor  # noqa: PLC0415
    from civicdesk.hub import keeping, making, partitions  # noqa: PLC0415

    with _connected(to) as admin:
        if mend and making.version(admin):
            made = partitions.tend(admin)
            gone = keeping.purge(admin, datetime.now(UTC) - timedelta(days=keeping.KEPT_DAYS))
            typer.echo(f"{len(made)} partitions made or dropped, {gone} rows let go of.")
        findings = the_doctor.look(admin)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.is_well else 'LOOK'} {finding.subject}: {finding.sentence}")
    raise typer.Exit(0 if all(finding.is_well for finding in findings) else 1)


@hub.command("restore-epoch")
def restore_epoch(to: To = "") -> None:
    """After the database was put back from a backup: let the desks give back what it has lost."""
    from civicdesk.hub import restoring  # noqa: PLC0415

    with _connected(to) as admin:
        epoch = restoring.begin_epoch(admin)
    typer.echo(f"A new epoch begins: {epoch}. Desks hand in what is missing at their next sync.")


@contextmanager
def _connected(to: str) -> Iterator[psycopg.Connection[Any]]:
    import psycopg  # noqa: PLC0415

    try:
        with psycopg.connect(to or os.environ.get("CIVICDESK_HUB", ""), autocommit=True) as admin:
            yield admin
    except psycopg.Error as trouble:
        _stop(str(trouble))


def _code(to: Credential, host: str, port: int, database: str, ca: Path) -> str:
    from civicdesk.sync import invitation  # noqa: PLC0415

    authority = ca.read_text(encoding="utf-8")
    one = invitation.invite(host, port, database, to.tenant, to.scope, to.role, to.secret, authority)
    return invitation.encode(one)


def _show(code: str) -> None:
    """The code as a picture of letters, two rows of it a line, dark on light."""
    from civicdesk.printing.qr import modules  # noqa: PLC0415

    rows = modules(code)
    edge = [(False,) * (len(rows) + 8)] * 4
    framed = [*edge, *((False,) * 4 + row + (False,) * 4 for row in rows), *edge]
    if len(framed) % 2:
        framed.append(edge[0])
    for upper, lower in zip(framed[::2], framed[1::2], strict=True):
        typer.echo("".join(" ▄▀█"[(not a) * 2 + (not b)] for a, b in zip(upper, lower, strict=True)))


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
