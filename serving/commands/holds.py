"""`c360 holds …`: what must not be erased yet, by whose word, why, and until when."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import AsJson, CallerName, ComplianceRole, Zone, permitted

if TYPE_CHECKING:
    from privacy.access.model import Caller
    from privacy.opened import OpenZone

app = typer.Typer(no_args_is_help=True)

CATEGORIES = ("landing", "interactions", "orders", "profiles", "audit", "consent")


@app.command("place")
def place(
    context: typer.Context,
    zone: Zone,
    reason: Annotated[
        str, typer.Option("--reason", help="Why: the matter's number, not a person's name.")
    ],
    customer: Annotated[
        str | None, typer.Option("--customer", help="Opaque id: every subject of theirs now.")
    ] = None,
    subject: Annotated[
        list[str] | None, typer.Option("--subject", help="Or of one subject; may be repeated.")
    ] = None,
    category: Annotated[
        str | None,
        typer.Option("--category", help=f"Only this of their data: {', '.join(CATEGORIES)}."),
    ] = None,
    thread: Annotated[
        str | None, typer.Option("--thread", help="Only this conversation: a thread id.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            formats=["%Y-%m-%d"],
            help="Day to ask whether it is still needed; it stands until it is released.",
        ),
    ] = None,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Hold something back from erasure and retention, until it is released."""
    from privacy.holds import place_hold
    from privacy.identity.lookup import subjects_of
    from privacy.ids import CustomerId
    from privacy.zones.model import Category

    if (customer is None) == (not subject):
        raise ConfigurationError("say whose: --customer or --subject")
    if category is not None and category not in CATEGORIES:
        raise ConfigurationError(f"--category is one of {', '.join(CATEGORIES)}")
    open_zone, asker = asked(context, zone, caller, role)
    whose = subject or []
    if customer is not None:
        whose = [str(each) for each in subjects_of(open_zone, CustomerId(customer))]
    for each in whose:
        hold_id = place_hold(
            open_zone,
            each,
            reason=reason,
            placed_by=asker.caller_id,
            category=None if category is None else Category(category),
            thread_id=thread,
            review_on=None if until is None else until.date(),
        )
        typer.echo(f"{hold_id}: {each} is held")


@app.command("release")
def release(
    context: typer.Context,
    holds: Annotated[
        list[str], typer.Argument(help="Ids of holds, as `c360 holds list` has them.")
    ],
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Release holds; erasures that waited for them go on by themselves at the next run."""
    from privacy.erasure.waiting import waiting_for
    from privacy.holds import release_hold

    open_zone, asker = asked(context, zone, caller, role)
    waiting: dict[str, None] = {}
    for hold_id in holds:
        released = release_hold(open_zone, hold_id, released_by=asker.caller_id)
        typer.echo(f"{hold_id}: released")
        waiting |= dict.fromkeys(waiting_for(open_zone, released.subject_id))
    for erasure_id in waiting:
        typer.echo(
            f"erasure {erasure_id} goes on by itself at the next run, if nothing else holds it"
        )


@app.command("list")
def list_all(
    context: typer.Context,
    zone: Zone,
    with_released: Annotated[
        bool, typer.Option("--all", help="Those that were released too.")
    ] = False,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """List what is held, by whose word and why; those that are due for review are marked."""
    from privacy.holds import list_holds
    from serving.present import show

    open_zone, _ = asked(context, zone, caller, role)
    today = open_zone.clock().date()
    rows = [
        {
            "hold": hold.hold_id,
            "subject": hold.subject_id,
            "on": hold.datum,
            "reason": hold.reason,
            "placed_by": hold.placed_by,
            "placed_at": hold.placed_at,
            "review_on": hold.review_on,
            "is_due_for_review": hold.review_on is not None
            and hold.released_at is None
            and hold.review_on <= today,
            **(
                {"released_at": hold.released_at, "released_by": hold.released_by}
                if with_released
                else {}
            ),
        }
        for hold in list_holds(open_zone, with_released=with_released)
    ]
    show(rows, title="Legal holds", as_json=as_json)


def asked(
    context: typer.Context, zone_id: str, caller: str | None, role: str
) -> tuple["OpenZone", "Caller"]:
    """Open the zone, restored or not, for whoever may hold data in it."""
    from privacy.access.model import Action

    return permitted(context, zone_id, caller, role, Action.HOLD_DATA, even_if_restored=True)
