"""What every command is given, and the options that several commands share."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacy.errors import ConfigurationError
from serving.settings import Settings

if TYPE_CHECKING:
    from privacy.access.model import Action, Caller, Role
    from privacy.opened import OpenZone
    from serving.acts import Acts


LONGEST_CALLER = 80
"""Characters; what the log has room for."""


@dataclass(frozen=True, slots=True)
class State:
    """The settings, and whether tracebacks are wanted."""

    settings: Settings
    debug: bool


def writable(path: Path | None) -> Path | None:
    """Refuse a file that cannot be written, before anything is done that cannot be undone.

    Raises:
        BadParameter: Its folder is not there, or it may not be written.
    """
    if path is None:
        return None
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise typer.BadParameter(f"{path} may not be written")
    return path


Zone = Annotated[
    str, typer.Option("--zone", "-z", help="Zone id, as in `c360 zones`.", metavar="ZONE")
]
Purpose = Annotated[
    str, typer.Option("--purpose", help="What for, such as service; decides what is shown.")
]
CallerName = Annotated[
    str | None,
    typer.Option(
        "--caller", help="Who asks, for the log; absent, the caller of the token in C360_TOKEN."
    ),
]
CallerRole = Annotated[
    str,
    typer.Option("--role", help="agent, ai_agent, analyst, compliance or engineer."),
]
ComplianceRole = Annotated[str, typer.Option("--role", help="Role of who asks.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")]
Customer = Annotated[
    str, typer.Option("--customer", help="Opaque id of the customer.", metavar="CUSTOMER")
]
Known = Annotated[
    Path | None,
    typer.Option(
        "--known",
        help="File of what you know of the person, to be searched for too: a kind and a value a"
        " line, as in `name Mia Lang`; - reads standard input.",
    ),
]
Also = Annotated[
    list[Path] | None,
    typer.Option("--also", help="Search this folder too: logs, exports.", exists=True),
]
Out = Annotated[Path, typer.Option("--out", help="File to write it to.", callback=writable)]
CertificateOut = Annotated[
    Path | None,
    typer.Option("--out", help="File to write the certificate to.", callback=writable),
]
Wait = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait for a warehouse that is in use.")
]
PublicKeys = Annotated[
    Path,
    typer.Option(
        "--key",
        help="The zone's public keys, from a source you trust: public_keys/ZONE.json.",
        exists=True,
        dir_okay=False,
    ),
]


def state_of(context: typer.Context) -> State:
    """Give what the command line began with."""
    found = context.find_object(State)
    if found is None:
        raise ConfigurationError("the settings were not read")
    return found


def opened(context: typer.Context, zone_id: str, *, even_if_restored: bool = False) -> "OpenZone":
    """Open a zone with the settings, until the command ends; see `Settings.open`."""
    zone = state_of(context).settings.open(zone_id, even_if_restored=even_if_restored)
    context.call_on_close(zone.close)
    return zone


def caller_named(context: typer.Context, zone: "OpenZone", name: str | None, role: str) -> "Caller":
    """Give who runs the command: as named, else as the token says.

    Raises:
        ConfigurationError: Neither is given, or there is no such role.
        AccessDenied: The token is unknown, expired or revoked.
    """
    from privacy.access.model import Caller
    from privacy.access.tokens import resolve

    token = state_of(context).settings.token
    if name is None and token is not None:
        return resolve(zone, token)
    if not name:
        raise ConfigurationError("say who asks: --caller NAME, or a token in C360_TOKEN")
    if len(name) > LONGEST_CALLER or not name.isprintable():
        raise ConfigurationError(f"--caller has at most {LONGEST_CALLER} printable characters")
    return Caller(name, role_named(role))


def role_named(name: str) -> "Role":
    """Read a role.

    Raises:
        ConfigurationError: There is no such role.
    """
    from privacy.access.model import Role

    try:
        return Role(name)
    except ValueError:
        roles = ", ".join(each.value for each in Role)
        raise ConfigurationError(f"there is no such role; the roles are {roles}") from None


def acts(context: typer.Context, zone_id: str, caller: str | None, role: str) -> "Acts":
    """Give what compliance may do, as whoever runs the command."""
    from privacy.zones.model import Purpose
    from serving.acts import Acts

    zone = opened(context, zone_id)
    return Acts(zone, caller_named(context, zone, caller, role), Purpose.ACCOUNTABILITY)


def permitted(
    context: typer.Context,
    zone_id: str,
    caller: str | None,
    role: str,
    action: "Action",
    *,
    even_if_restored: bool = False,
) -> tuple["OpenZone", "Caller"]:
    """Open a zone for an act whose room keeps its own record, and give who runs the command.

    Raises:
        ConfigurationError: It is not said who asks.
        AccessDenied: The policy says no; that is in the log.
    """
    from privacy.zones.model import Purpose
    from serving.acts import Acts

    zone = opened(context, zone_id, even_if_restored=even_if_restored)
    asker = caller_named(context, zone, caller, role)
    Acts(zone, asker, Purpose.ACCOUNTABILITY).require(action)
    return zone, asker


def is_terminal() -> bool:
    """Tell whether a person sees what we say."""
    return sys.stderr.isatty()


def line_given() -> str:
    """Read one line from standard input."""
    return sys.stdin.readline().strip()


def handle_given(text: str) -> str:
    """Give a handle from the command line, or from standard input when it is ``-``.

    What stands on a command line stays in the shell's history and is seen in the list of processes.
    """
    if text == "-":
        return line_given()
    if is_terminal():
        typer.echo(
            "c360: the handle is in your shell's history now; give - to read it from standard"
            " input.",
            err=True,
        )
    return text
