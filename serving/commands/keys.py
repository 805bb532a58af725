"""`c360 keys`: how old the keys are, a new epoch, and the end of old ones."""

import typer

from serving.commands.state import AsJson, Zone, opened

app = typer.Typer(no_args_is_help=True)


@app.command()
def status(context: typer.Context, zone: Zone, as_json: AsJson = False) -> None:
    """Show the epochs: what each wraps, and from when no backup of it can be read.

    `ends_at` is the day from which a backup can no longer bring back a key that was shredded while
    the epoch stood; `destroyed_at` says that it is done.
    """
    from dataclasses import asdict

    from serving.present import show

    rows = [asdict(one) for one in opened(context, zone).rotation.status()]
    show(rows, title=f"Epochs of zone {zone}", as_json=as_json)


@app.command()
def rotate(context: typer.Context, zone: Zone) -> None:
    """Open a new epoch and wrap every data key again under it, while readers go on.

    No data is sealed again. Cut short, it is finished by running it again.
    """
    from serving.present import stages_shown

    rotation = opened(context, zone).rotation
    with stages_shown() as progress:
        count = rotation.rotate(lambda moved: progress("wrapped again", moved))
    epoch = rotation.terms()[-1].epoch
    typer.echo(f"zone {zone}: epoch {epoch}, {count:,} keys wrapped again")


@app.command()
def end(context: typer.Context, zone: Zone) -> None:
    """Destroy the epochs whose time is up; backups from them can never be read again."""
    ended = opened(context, zone).rotation.end_due()
    told = ", ".join(map(str, ended)) if ended else "none was due"
    typer.echo(f"zone {zone}: epochs ended: {told}")
