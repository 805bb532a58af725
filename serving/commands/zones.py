"""`c360 zones` and `c360 zone …`."""

import typer

from serving.commands.state import AsJson, Zone, state_of

app = typer.Typer(no_args_is_help=True)


@app.command("create")
def create(context: typer.Context, zone: Zone) -> None:
    """Make a zone: folders, keys, store. Doing it again changes nothing."""
    from privacy.opened import create_zone

    settings = state_of(context).settings
    own = settings.of(zone)
    with create_zone(
        settings.home,
        zone,
        store_url=own.store_url,
        key_uri=own.key_uri,
        passphrase=own.passphrase,
        policies_directory=settings.policies,
    ) as made:
        typer.echo(f"zone {made.zone} is ready in {made.layout.root}")


def list_zones(context: typer.Context, as_json: AsJson = False) -> None:
    """List the zones there are policies for, and which of them were made here."""
    from privacy.zones.layout import ZoneLayout
    from privacy.zones.loader import load_policies
    from serving.present import show

    settings = state_of(context).settings
    rows = [
        {
            "zone": policy.id,
            "name": policy.name,
            "regime": policy.regime,
            "countries": " ".join(policy.countries),
            "languages": " ".join(policy.languages),
            "suite": policy.suite,
            "made here": ZoneLayout(settings.home, policy.id).root.is_dir(),
        }
        for policy in load_policies(directory=settings.policies).values()
    ]
    show(rows, title="Zones", as_json=as_json)
