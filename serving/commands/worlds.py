"""`c360 world`: a retail world of nobody, to try the product with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from serving.commands.state import AsJson


def world(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.", file_okay=False)],
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same world.")] = 1,
    messages: Annotated[
        int, typer.Option("--messages", min=1, help="How many, all zones together.")
    ] = 10_000,
    zone: Annotated[
        list[str] | None, typer.Option("--zone", "-z", help="Only these zones; else all five.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=2, help="How long the world lasts.")] = 30,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="The day after its last; else today."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a made-up retail world in vendors' formats, and the truth about it beside it."""
    from pipelines.synthetic.world import ZONES, generate
    from privacy.ids import ZoneId
    from serving.present import messages_shown, show, show_facts, show_json

    wanted = [ZoneId(each) for each in zone] if zone else ZONES
    with messages_shown(messages) as progress:
        report = generate(
            out,
            seed=seed,
            messages=messages,
            until=(until or datetime.now(UTC)).date(),
            zones=wanted,
            days=days,
            progress=progress,
        )
    if as_json:
        show_json(report)
        return
    rows = [
        {"zone": each, "source": source, **outcomes}
        for each, sources in report.items.items()
        for source, outcomes in sources.items()
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    show([{name: row.get(name, 0) for name in names} for row in rows], title="Delivered")
    facts = {
        "messages": report.count_messages,
        "people": report.count_people,
        "bytes": report.count_bytes,
        "inboxes": report.inbox,
        "truth": report.truth,
    }
    show_facts(facts, title=f"World {seed}")
