"""`make demo`: a made-up retail world, five zones, one customer asked for, erased, and proven gone.

Everything it shows is what the product says; nothing of it is arranged. Texts are shown redacted,
as an agent's tool gets them; of personal data only kinds and counts are shown.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
import typer
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipelines.landing.participants import participants_in
from pipelines.run import RunReport, run_zone
from pipelines.stages.runtime import ZoneAccess
from pipelines.synthetic.world import WorldReport, generate
from privacy.access.model import Caller, Role
from privacy.audit.log import AuditLog
from privacy.detection.config import DetectionConfig
from privacy.detection.executor import Workers
from privacy.erasure.certificate import verify_file
from privacy.erasure.needles import Value
from privacy.errors import ConfigurationError, NotFound, Refused
from privacy.ids import ZoneId
from privacy.keys.public import read_public_keys
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.residency.report import check_report_file
from privacy.residency.verify import verify_residency
from privacy.signed import file_of
from privacy.warehouse.open import open_warehouse
from privacy.zones.model import Purpose
from serving.answers import CustomerContext, TimelinePage
from serving.erasures import Proven, execute_and_prove, planned
from serving.query import CustomerQueries

ZONES = tuple(map(ZoneId, ("eu", "uk", "br", "cn", "us")))
ASKED = ZoneId("eu")
"""The zone whose customer is asked for and erased."""

AGENT = Caller("demo-desk-7", Role.AGENT)
OFFICER = Caller("demo-privacy-officer", Role.COMPLIANCE)

MARKER = ".demo"
"""Says that a folder is the demo's own, and may be made anew."""

STAGES = 11
"""Steps of one zone's job, for the progress bars."""

CHANNELS = """
select channel, count(*)
from (select channel from core.interactions union all select channel from core.orders)
group by channel
"""

app = typer.Typer(add_completion=False)
console = Console(highlight=False)


@app.command()
def demo(
    home: Annotated[Path, typer.Option(help="Folder for everything; made anew each time.")] = Path(
        ".c360/demo"
    ),
    messages: Annotated[int, typer.Option(help="Size of the world.")] = 2_000,
    seed: Annotated[int, typer.Option(help="Which world.")] = 20,
    workers: Annotated[int, typer.Option(help="Detection processes.")] = 2,
) -> None:
    """Generate a retail world, run five zones, ask for a customer, erase, prove."""
    started = time.monotonic()
    _anew(home)
    world = _generated(home / "world", messages=messages, seed=seed)
    reports = _ran(home, home / "world", workers)
    _show_came_in(home, reports)
    _show_found(reports)
    _show_customers(home)
    _show_kpis(home)
    with open_zone(home, ASKED) as zone:
        customer_id, handle = _somebody(zone, world.truth)
        _show_customer(zone, customer_id)
        proven, certificate = _erased(zone, customer_id, world.truth, handle, home)
        _show_proof(zone, proven, certificate)
        _show_refused(zone, customer_id, handle)
    _show_residency(home)
    console.print(
        Panel(
            f"[bold]{time.monotonic() - started:.0f} seconds.[/] What to look at next:\n"
            "  make ui          Dagster, five code locations, the graph\n"
            "  make notebooks   a day in one zone, an audit, the KPIs\n"
            f"  .venv/bin/c360 --home {home} customer find --zone uk --purpose service …\n"
            f"  .venv/bin/c360 --home {home} quarantine list --zone eu",
            title="done",
            expand=False,
        )
    )


def _anew(home: Path) -> None:
    """Make the demo's folder, taking away what an earlier demo left; nobody else's."""
    if home.exists():
        if not (home / MARKER).is_file() and any(home.iterdir()):
            raise ConfigurationError(f"{home} holds something that is not the demo's")
        shutil.rmtree(home)
    home.mkdir(parents=True)
    (home / MARKER).write_text("made anew by every `make demo`\n")


def _generated(folder: Path, *, messages: int, seed: int) -> WorldReport:
    console.rule("[bold]1  a retail world of people who do not exist")
    until = datetime.now(UTC).date() - timedelta(days=1)
    world = generate(folder, seed=seed, messages=messages, zones=ZONES, until=until)
    console.print(
        f"{world.count_messages:,} messages of {world.count_people:,} people, as vendors deliver"
        f" them: {world.count_bytes / 1e6:.1f} MB in [bold]{folder / 'inbox'}[/]"
    )
    return world


def _ran(home: Path, world: Path, workers: int) -> dict[ZoneId, RunReport]:
    """Run every zone's Dagster job, one after the other, in this process."""
    console.rule("[bold]2  five zones, each with its own keys, stores and law")
    for zone in ZONES:
        create_zone(home, zone).close()
    reports: dict[ZoneId, RunReport] = {}
    with Workers(workers, DetectionConfig()) as executor, _bars() as step:
        for zone in ZONES:
            with step(zone) as progress:
                reports[zone] = run_zone(
                    ZoneAccess(home=home, zone_id=zone, workers=workers),
                    world / "inbox" / zone,
                    progress=progress,
                    executor=executor,
                )
    return reports


@contextmanager
def _bars() -> Iterator[Any]:
    """Show one bar a zone: the stage it is in, and how many it has passed."""
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("[bold]{task.fields[zone]}"),
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:

        @contextmanager
        def step(zone: ZoneId) -> Iterator[Any]:
            task = progress.add_task("", zone=zone, total=STAGES)
            seen: set[str] = set()

            def advance(stage: str, count: int) -> None:
                seen.add(stage)
                progress.update(task, completed=len(seen), description=stage)

            yield advance
            progress.update(task, total=len(seen), completed=len(seen), description="published")

        yield step


def _show_came_in(home: Path, reports: dict[ZoneId, RunReport]) -> None:
    console.rule("[bold]3  what came in, and what was set aside")
    counts = {zone: dict(_asked(home, zone, CHANNELS)) for zone in reports}
    by_channel = Table(title="Messages and orders, by channel and zone", title_justify="left")
    by_channel.add_column("channel")
    for zone in reports:
        by_channel.add_column(zone, justify="right")
    for channel in sorted({channel for of_zone in counts.values() for channel in of_zone}):
        row = (f"{counts[zone].get(channel, 0):,}" for zone in reports)
        by_channel.add_row(channel, *row)
    console.print(by_channel)
    sources = sorted(
        {source for report in reports.values() for source in report.landed["by_source"]}
    )
    table = Table(title="Every item accounted for, by source and zone", title_justify="left")
    table.add_column("source")
    for zone in reports:
        table.add_column(zone, justify="right")
    for source in sources:
        items = [sum(r.landed["by_source"].get(source, {}).values()) for r in reports.values()]
        table.add_row(source, *(f"{count:,}" for count in items))
    table.add_section()
    for outcome in ("landed", "sealed", "duplicate", "quarantined", "suppressed", "handed_over"):
        items = [report.landed[outcome] for report in reports.values()]
        style = "bold" if outcome == "landed" else ""
        table.add_row(
            f"{outcome.replace('_', ' ')}", *(f"{count:,}" for count in items), style=style
        )
    console.print(table)
    reasons: dict[str, int] = {}
    for report in reports.values():
        for by_reason in report.landed["quarantined_by_reason"].values():
            for reason, count in by_reason.items():
                reasons[reason] = reasons.get(reason, 0) + count
    held = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    console.print(f"Quarantined, sealed, to be replayed after a fix: {held or 'nothing'}.")
    console.print("Handed over: met in the wrong zone, sealed to the right zone's public key.")


def _show_found(reports: dict[ZoneId, RunReport]) -> None:
    console.rule("[bold]4  personal data found in the texts: kinds and counts, never values")
    totals: dict[str, int] = {}
    for report in reports.values():
        for entity, count in report.spans.items():
            totals[entity] = totals.get(entity, 0) + count
    table = Table(show_header=False, box=None, padding=(0, 3, 0, 0))
    cells = [f"{name} [bold]{count:,}[/]" for name, count in sorted(totals.items(), key=_by_count)]
    for start in range(0, len(cells), 4):
        table.add_row(*cells[start : start + 4])
    console.print(table)


def _by_count(item: tuple[str, int]) -> int:
    return -item[1]


def _show_customers(home: Path) -> None:
    console.rule("[bold]5  handles resolved to customers")
    table = Table()
    for name in ("zone", "handles", "customers", "on two or more channels", "messages"):
        table.add_column(name, justify="left" if name == "zone" else "right")
    for zone in ZONES:
        row = _asked(
            home,
            zone,
            """
            select
                (select count(*) from core.customers),
                (select count(distinct customer_id) from core.customers),
                (select count(*) from marts.agent_context where len(channels) > 1),
                (select count(*) from core.interactions)
            """,
        )[0]
        table.add_row(zone, *(f"{value:,}" for value in row))
    console.print(table)


def _show_kpis(home: Path) -> None:
    console.rule("[bold]6  how well customers were helped")
    table = Table()
    names = (
        "zone",
        "problems",
        "solved\nfirst time",
        "answered\nin 90 s",
        "explained\ntwice",
        "self-\nservice",
        "escala-\ntions",
        "handling\nminutes",
        "rating",
    )
    for name in names:
        table.add_column(name, justify="left" if name == "zone" else "right")
    for zone in ZONES:
        row = _asked(
            home,
            zone,
            """
            select
                sum(count_resolution_threads),
                sum(count_solved_at_first_contact) / nullif(sum(count_finished), 0),
                sum(count_answered_fast) / nullif(sum(count_asked), 0),
                sum(count_repeated_explanation) / nullif(sum(count_asked), 0),
                sum(count_self_service) / nullif(sum(count_finished), 0),
                sum(count_escalations),
                sum(sum_handling_seconds) / nullif(sum(count_resolution_threads), 0) / 60,
                sum(sum_rating) / nullif(sum(count_ratings), 0)
            from marts.resolution_kpis
            """,
        )[0]
        table.add_row(
            zone,
            f"{row[0] or 0:,}",
            *(_share(value) for value in row[1:5]),
            f"{row[5] or 0:,}",
            "–" if row[6] is None else f"{row[6]:.1f}",
            "–" if row[7] is None else f"{row[7]:.2f}",
        )
    console.print(table)
    console.print(
        "Counted are customers whom the purpose [bold]quality[/] is permitted for: in cn it needs"
        " consent. Definitions: docs/kpis.md."
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _asked(home: Path, zone_id: ZoneId, query: str) -> list[tuple[Any, ...]]:
    with open_zone(home, zone_id) as zone:
        key = zone.keyring.warehouse_keys
        with open_warehouse(zone.layout, key) as warehouse:
            return warehouse.connection.execute(query).fetchall()


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    handles: Sequence[str]


def _people(truth: Path) -> list[_Person]:
    """Give the world's people of the asked zone, those with most messages first."""
    people = pq.read_table(truth / "people.parquet").to_pylist()
    handles: dict[str, list[str]] = {}
    for row in pq.read_table(truth / "handles.parquet").to_pylist():
        handles.setdefault(row["person_id"], []).append(row["value"])
    counts: dict[str, int] = {}
    for row in pq.read_table(truth / "messages.parquet", columns=["person_id"]).to_pylist():
        counts[row["person_id"]] = counts.get(row["person_id"], 0) + 1
    here = [row for row in people if row["zone"] == ASKED]
    here.sort(key=lambda row: (-row["count_channels"], -counts.get(row["person_id"], 0)))
    return [_Person(row["full_name"], handles.get(row["person_id"], [])) for row in here]


def _somebody(zone: OpenZone, truth: Path) -> tuple[str, _Person]:
    """Find a customer the way an agent's tool does, by an e-mail address."""
    queries = CustomerQueries(zone, AGENT, Purpose.SERVICE)
    for person in _people(truth):
        for handle in person.handles:
            if "@" not in handle:
                continue
            try:
                return queries.find(handle).customer_id, person
            except (NotFound, Refused):
                continue
    raise NotFound("nobody of this world can be found by e-mail")


def _show_customer(zone: OpenZone, customer_id: str) -> None:
    console.rule("[bold]7  one customer's context, as an agent's tool gets it")
    queries = CustomerQueries(zone, AGENT, Purpose.SERVICE)
    started = time.perf_counter()
    context = queries.context(customer_id)
    milliseconds = (time.perf_counter() - started) * 1000
    page = queries.timeline(customer_id, limit=6)
    console.print(_context_table(context))
    console.print(_timeline_table(page))
    looks = AuditLog(zone).entries_for(customer_id)
    console.print(
        f"Answered in {milliseconds:.1f} ms, decided by policy and consent;"
        f" {len(looks)} accesses are in the audit log, this one too."
    )


def _context_table(context: CustomerContext) -> Table:
    table = Table(show_header=False, title=context.customer_id, title_justify="left")
    for name, value in context.model_dump(exclude={"customer_id"}).items():
        if name == "open_threads":
            value = [f"{thread['channel']}/{thread['reason']}" for thread in value or []]
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(value, datetime):
            shown = f"{value:%Y-%m-%d %H:%M}Z"
        if isinstance(value, float):
            shown = f"{value:.2f}"
        table.add_row(name.replace("_", " "), "–" if shown in (None, "") else str(shown))
    return table


def _timeline_table(page: TimelinePage) -> Table:
    table = Table(title="the latest of the timeline", title_justify="left")
    for name in ("when", "channel", "who", "what"):
        table.add_column(name, overflow="fold")
    for entry in page.entries:
        said = entry.text_redacted or " ".join(filter(None, (entry.event_kind, entry.value)))
        when = f"{entry.occurred_at:%m-%d %H:%M}" if entry.occurred_at else "–"
        if len(said) > 180:
            said = f"{said[:180]}…"
        table.add_row(when, entry.channel or "–", entry.speaker or entry.entry_kind or "–", said)
    return table


def _erased(
    zone: OpenZone, customer_id: str, truth: Path, person: _Person, home: Path
) -> tuple[Proven, Path]:
    console.rule("[bold]8  erase this customer: plan, execute, verify, certify")
    erasure = planned(zone, customer_id, OFFICER, is_anew=True, wait_seconds=60)
    touched = [place for place in erasure.plan["places"] if place["count"]]
    table = Table(title="plan", title_justify="left")
    for name in ("place", "method", "rows"):
        table.add_column(name, justify="right" if name == "rows" else "left")
    for place in touched:
        table.add_row(place["place"], place["method"], f"{place['count']:,}")
    console.print(table)
    for what, why in erasure.plan["remains"].items():
        console.print(f"  stays: {what}: {why}")
    values = [Value("name", person.name), *(Value("handle", value) for value in person.handles)]
    started = time.perf_counter()
    proven = execute_and_prove(zone, erasure.erasure_id, OFFICER, values=values, wait_seconds=60)
    path = home / f"certificate-{erasure.erasure_id}.json"
    path.write_bytes(file_of(proven.certificate))
    search = proven.certificate["search"]
    console.print(
        f"Executed and verified in {time.perf_counter() - started:.1f} s:"
        f" {search['count_files']:,} files, {search['count_searched_bytes'] / 1e6:.1f} MB searched"
        f" byte by byte for the person's name and handles: [bold]{search['count_found']} found[/];"
        f" {proven.certificate['keys']['count_tried']} keys tried, none opens."
    )
    return proven, path


def _show_proof(zone: OpenZone, proven: Proven, certificate: Path) -> None:
    keys = read_public_keys(zone.layout.public_keys, zone.zone)
    checked = verify_file(certificate, keys.verify_key)
    console.print(
        f"Certificate [bold]{certificate}[/]\nchecked offline, with the file and the zone's public"
        f" key alone: signature, Merkle proof and contents hold; {checked.count_erased:,} rows in"
        f" {checked.count_places} places, logged {checked.logged_at:%Y-%m-%d %H:%M:%S}Z."
    )


def _show_refused(zone: OpenZone, customer_id: str, person: _Person) -> None:
    console.rule("[bold]9  the same question again")
    queries = CustomerQueries(zone, AGENT, Purpose.SERVICE)
    again: list[tuple[str, Callable[[], object]]] = [
        ("context by id", partial(queries.context, customer_id)),
        *(
            ("find by e-mail", partial(queries.find, handle))
            for handle in person.handles
            if "@" in handle
        ),
    ]
    for asked, ask in again:
        try:
            ask()
        except (NotFound, Refused) as refusal:
            console.print(f"{asked}: [bold]{type(refusal).__name__}[/]: {refusal}")
        else:
            raise ConfigurationError(f"{asked}: an erased customer was answered for")


def _show_residency(home: Path) -> None:
    """Open all five zones in one process, which only a demo may, and try every key on everything."""
    console.rule("[bold]10  whose keys open what, and whose people are where")
    started = time.perf_counter()
    with ExitStack() as opened:
        zones = [opened.enter_context(open_zone(home, zone)) for zone in ZONES]
        report = verify_residency(zones, by=OFFICER.caller_id, reader=participants_in).report
    path = home / "residency.json"
    path.write_bytes(file_of(report))
    keys = {str(zone): read_public_keys(home / "public_keys", zone).verify_key for zone in ZONES}
    checked = check_report_file(path, keys)
    places = [each for part in report["zones"].values() for each in part["keys"]["places"]]
    refused = sum(each["count_refused"] for each in places)
    console.print(
        f"{checked.count_checked:,} sealed things opened with their own zone's keys and held against"
        f" the other four's: {refused:,} refusals; {checked.count_files:,} files classed; in"
        f" {time.perf_counter() - started:.1f} s: [bold]{checked.count_findings} findings[/].\n"
        f"Report [bold]{path}[/], signed by every zone and checked offline. What it does not prove"
        " stands in it: docs/residency.md."
    )


if __name__ == "__main__":
    app()
