"""`c360` on the command line: where the commands come together, and what an error looks like.

The commands are in `serving.commands`. Nothing heavy is imported before a command runs, so that
`c360 --help` answers at once.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from privacy.errors import PrivacyError
from serving.commands import (
    audit,
    certificates,
    consent,
    customers,
    detection,
    doors,
    erasure,
    handoffs,
    holds,
    identity,
    keys,
    operation,
    quarantine,
    residency,
    tokens,
    worlds,
    zones,
)
from serving.commands.outcome import explain
from serving.commands.state import State
from serving.settings import read_settings

EPILOG = (
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by a rule, 4 nobody found,"
    " 5 busy (try again)."
)


class ClearErrors(TyperGroup):
    """Turns whatever goes wrong below into one line on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            is_ours = isinstance(error, PrivacyError)
            if type(error).__module__.startswith("typer.") or _is_click(error):
                raise
            if isinstance(ctx.obj, State) and ctx.obj.debug:
                raise
            line, code = explain(error, is_ours=is_ours)
            typer.echo(f"c360: {line}", err=True)
            raise typer.Exit(code) from None


def _is_click(error: Exception) -> bool:
    return any(base.__module__.split(".")[-2:-1] == ["_click"] for base in type(error).__mro__)


app = typer.Typer(
    cls=ClearErrors,
    name="c360",
    help="Customer history, kept in its country, erased with proof.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
)


@app.callback()
def settings(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option("--home", help="Folder of everything; instead of C360_HOME.")
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show where an error arose; may show personal data."),
    ] = False,
) -> None:
    """Read the settings once, for the command that follows."""
    environ = dict(os.environ)
    if home is not None:
        environ["C360_HOME"] = str(home)
    context.obj = State(read_settings(environ), debug)


GROUPS: dict[str, tuple[typer.Typer, str]] = {
    "zone": (zones.app, "Make a zone."),
    "customer": (customers.app, "Ask what is known of a customer."),
    "token": (tokens.app, "Let callers in, and out."),
    "quarantine": (quarantine.app, "Look at what could not be taken in, and settle it."),
    "consent": (consent.app, "Look at a person's consents, and withdraw them."),
    "certificate": (certificates.app, "Check a certificate of erasure, or write it again."),
    "transfers": (handoffs.app, "See what left a zone, under which instrument, and what is owed."),
    "residency": (residency.app, "Prove where data lies, and whose keys open it."),
    "holds": (holds.app, "Hold data back from erasure, and let it go."),
    "audit": (audit.app, "Seal and check the log, and see who looked."),
    "keys": (keys.app, "See how old the keys are, rotate them, end old ones."),
    "identity": (identity.app, "Take customers apart, and undo what was decided."),
}
"""Commands of two words."""

COMMANDS: dict[str, Callable[..., None]] = {
    "zones": zones.list_zones,
    "run": operation.run,
    "serve": doors.serve,
    "mcp": doors.mcp,
    "erase": erasure.erase,
    "detect": detection.detect,
    "world": worlds.world,
    "config": operation.config,
    "version": operation.version,
}
"""Commands of one word."""

for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
for _name, (_group, _help) in GROUPS.items():
    app.add_typer(_group, name=_name, help=_help)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
