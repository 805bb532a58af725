"""`c360 run`, `c360 config`, `c360 version`."""

import io
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from serving.commands.state import AsJson, Wait, Zone, state_of


def run(
    context: typer.Context,
    zone: Zone,
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox",
            help="Folder of what vendors delivered; absent, the zone's own inbox.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="Day to land under; absent, today (UTC)."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=0, help="Detection processes; 0 detects in the main one."),
    ] = None,
    consume: Annotated[
        bool, typer.Option("--consume", help="Delete from the inbox what was taken in.")
    ] = False,
    wait: Wait = 600,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show on standard error what dbt says.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in an inbox and run every stage, from landing to published profiles."""
    from pipelines.run import run_zone
    from serving.present import show_json, stages_shown
    from serving.run_report import show_run

    access = replace(state_of(context).settings.access(zone, workers=workers), wait_seconds=wait)
    # dbt tells its story on standard output, which is for the report.
    with stages_shown() as progress, redirect_stdout(sys.stderr if verbose else io.StringIO()):
        report = run_zone(
            access,
            inbox,
            day=day.date() if day else None,
            consume=consume,
            progress=progress,
            notice=lambda line: typer.echo(f"c360: {line}", err=True),
        )
    if as_json:
        show_json(report)
    else:
        show_run(report)


def config(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the settings that hold; secrets only as set or not set."""
    from serving.present import show, show_json
    from serving.settings import settings_shown

    rows = settings_shown(state_of(context).settings)
    if as_json:
        show_json(rows)
    else:
        show(rows, title="Settings")
    for name in state_of(context).settings.unknown:
        typer.echo(f"c360: {name} is no setting of ours: mistyped?", err=True)


def version() -> None:
    """Show the version of the program."""
    from importlib.metadata import version as version_of

    typer.echo(f"c360 {version_of('c360')}")
