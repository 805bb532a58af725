"""`c360 customer …`: the query API on the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from serving.commands.state import (
    AsJson,
    CallerName,
    CallerRole,
    Purpose,
    Zone,
    caller_named,
    handle_given,
    opened,
)

if TYPE_CHECKING:
    from serving.query import CustomerQueries

app = typer.Typer(no_args_is_help=True)

CustomerId = Annotated[
    str, typer.Argument(help="Opaque id from `c360 customer find`.", metavar="CUSTOMER")
]


def queries(
    context: typer.Context, zone_id: str, caller: str | None, role: str, purpose: str
) -> "CustomerQueries":
    """Give the query API as whoever runs the command."""
    from privacy.zones.model import purpose_named
    from serving.query import CustomerQueries

    wanted = purpose_named(purpose)
    zone = opened(context, zone_id)
    return CustomerQueries(zone, caller_named(context, zone, caller, role), wanted)


@app.command("find")
def find(
    context: typer.Context,
    handle: Annotated[
        str,
        typer.Argument(
            help="E-mail address, phone number, WhatsApp id, card or user number; - reads it from"
            " standard input, which leaves no trace in the shell's history."
        ),
    ],
    zone: Zone,
    purpose: Purpose,
    caller: CallerName = None,
    role: CallerRole = "agent",
    kind: Annotated[
        str | None, typer.Option("--kind", help="What the handle is; guessed when absent.")
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="Country of a national phone number, as in DE.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the customer a handle belongs to."""
    from serving.present import show_answer

    ask = queries(context, zone, caller, role, purpose)
    show_answer(ask.find(handle_given(handle), kind, region=region), as_json=as_json)


@app.command("context")
def show_context(
    context: typer.Context,
    customer: CustomerId,
    zone: Zone,
    purpose: Purpose,
    caller: CallerName = None,
    role: CallerRole = "agent",
    as_json: AsJson = False,
) -> None:
    """Show what an agent needs to know before the first word."""
    from serving.present import show_answer

    ask = queries(context, zone, caller, role, purpose)
    show_answer(ask.context(customer), as_json=as_json)


@app.command("timeline")
def show_timeline(
    context: typer.Context,
    customer: CustomerId,
    zone: Zone,
    purpose: Purpose,
    caller: CallerName = None,
    role: CallerRole = "agent",
    cursor: Annotated[
        str | None, typer.Option("--cursor", help="As the page before gave it.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", help="Entries wanted.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show a part of a customer's history, newest first."""
    from serving.present import show_answer

    ask = queries(context, zone, caller, role, purpose)
    show_answer(ask.timeline(customer, cursor=cursor, limit=limit), as_json=as_json)


@app.command("open")
def show_open(
    context: typer.Context,
    customer: CustomerId,
    zone: Zone,
    purpose: Purpose,
    caller: CallerName = None,
    role: CallerRole = "agent",
    as_json: AsJson = False,
) -> None:
    """Show what is still open with a customer."""
    from serving.present import show_answer

    ask = queries(context, zone, caller, role, purpose)
    show_answer(ask.open_threads(customer), as_json=as_json)
