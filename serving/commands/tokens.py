"""`c360 token …`: bearer tokens for REST and MCP."""

from datetime import timedelta
from typing import Annotated

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import Zone, opened, role_named

app = typer.Typer(no_args_is_help=True)


@app.command("issue")
def issue_token(
    context: typer.Context,
    zone: Zone,
    caller: Annotated[
        str, typer.Option("--caller", help="Names one person or program, for the log.")
    ],
    role: Annotated[
        str, typer.Option("--role", help="agent, ai_agent, analyst, compliance or engineer.")
    ],
    days: Annotated[int, typer.Option("--days", min=1, help="For how long.")] = 90,
) -> None:
    """Issue a token. It is shown once, here; only its hash is kept."""
    from privacy.access.model import Caller
    from privacy.access.tokens import issue
    from privacy.audit.log import AuditLog

    open_zone = opened(context, zone)
    token = issue(open_zone, Caller(caller, role_named(role)), lasts=timedelta(days=days))
    AuditLog(open_zone).record(
        action="issue_token",
        caller_id=caller,
        purpose=None,
        outcome="done",
        payload={"role": role, "days": days},
    )
    typer.echo(token)


@app.command("revoke")
def revoke_tokens(
    context: typer.Context,
    zone: Zone,
    caller: Annotated[
        str | None, typer.Option("--caller", help="Whose tokens; all of them.")
    ] = None,
    token: Annotated[
        bool, typer.Option("--token", help="One token, read from standard input.")
    ] = False,
) -> None:
    """Revoke tokens, from the next request on."""
    from privacy.access.tokens import revoke, revoke_token
    from privacy.audit.log import AuditLog
    from serving.commands.state import line_given

    if token == (caller is not None):
        raise ConfigurationError("say which: --caller NAME, or --token")
    open_zone = opened(context, zone)
    count = revoke(open_zone, caller) if caller else revoke_token(open_zone, line_given())
    AuditLog(open_zone).record(
        action="revoke_token",
        caller_id=caller or "unnamed",
        purpose=None,
        outcome="done",
        payload={"count": count},
    )
    typer.echo(f"{count} revoked")
