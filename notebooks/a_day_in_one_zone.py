"""A day in one zone: what came in, what was set aside, what was found, what was built from it.

For the data engineer. Counts only: an engineer reads nobody's data.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A day in one zone")

with app.setup(hide_code=True):
    from datetime import date

    import altair as alt
    import dagster as dg
    import frame
    import marimo as mo
    import pandas as pd
    import yaml
    from sqlalchemy import func, select

    from pipelines.defs.checks import GATES, PARTITION_TAG
    from pipelines.defs.instance import instance_at
    from pipelines.landing.manifest import account
    from pipelines.landing.reasons import MEANINGS
    from pipelines.landing.report import OUTCOMES
    from privacy.access.model import Role
    from privacy.records.tables import TABLES
    from privacy.store.tables import LANDING_SEGMENTS, PROFILES, QUARANTINE, TIMELINE_PAGES


@app.cell(hide_code=True)
def _():
    mo.md("""
    # A day in one zone

    What the vendors delivered, what became of every item, which personal data stood in it, what was
    built from it, which gates it passed, and where the time went. There is no message and no person
    on this page: whoever runs the pipelines sees counts.
    """)
    return


@app.cell(hide_code=True)
def _():
    settings = frame.settings_given()
    zones = frame.zones_run(settings)
    zone_choice = mo.ui.dropdown(zones, value=frame.asked("zone", zones), label="Zone")
    return settings, zone_choice


@app.cell(hide_code=True)
def _(settings, zone_choice):
    zone = frame.opened(settings, zone_choice.value)
    frame.totals_allowed(zone, frame.caller_as(settings, zone, Role.ENGINEER))
    with zone.store.connect() as _store:
        days = [
            str(day)
            for day in _store.execute(
                select(LANDING_SEGMENTS.c.day).distinct().order_by(LANDING_SEGMENTS.c.day.desc())
            ).scalars()
        ]
    if not days:
        frame.stop(f"Nothing has landed in zone {zone.zone} yet.")
    day_choice = mo.ui.dropdown(days, value=frame.asked("day", days), label="Landed on")
    return day_choice, zone


@app.cell(hide_code=True)
def _(day_choice, zone, zone_choice):
    mo.hstack(
        [
            zone_choice,
            day_choice,
            mo.md(f"{zone.policy.name} · {zone.policy.regime} · {zone.policy.suite}"),
        ],
        justify="start",
        gap=2,
        align="center",
    )
    return


@app.cell(hide_code=True)
def _(day_choice, zone):
    day = date.fromisoformat(day_choice.value)
    landing = account(zone, day=day)
    with zone.store.connect() as _store:
        held = pd.DataFrame(
            _store.execute(
                select(
                    QUARANTINE.c.source,
                    QUARANTINE.c.reason,
                    QUARANTINE.c.stage,
                    QUARANTINE.c.status,
                    func.count().label("items"),
                ).group_by(
                    QUARANTINE.c.source,
                    QUARANTINE.c.reason,
                    QUARANTINE.c.stage,
                    QUARANTINE.c.status,
                )
            ).all(),
            columns=["source", "reason", "stage", "status", "items"],
        )
        count_profiles = _store.scalar(select(func.count()).select_from(PROFILES))
        count_pages = _store.scalar(select(func.count()).select_from(TIMELINE_PAGES))
    return count_pages, count_profiles, day, held, landing


@app.cell(hide_code=True)
def _(day, zone):
    # Every question to the warehouse in one visit, so that no run waits for a reader.
    _of_day = f"semi join (select segment_id from core.loaded_segments where day = '{day}') d"
    _counted = [
        *(("core", name, "segment_id" in table.columns) for name, table in TABLES.items()),
        *(
            ("marts", name, False)
            for name in (
                "contact_history",
                "agent_context",
                "customer_360",
                "resolution_threads",
                "resolution_kpis",
                "consent_lineage",
            )
        ),
    ]
    answers = frame.read(
        zone,
        {
            "spans": f"""
                select
                    m.entity,
                    m.recognizer,
                    i.language,
                    count(*)::bigint as count_spans,
                    count(distinct m.interaction_id)::bigint as count_texts,
                    avg(m.score) as average_score
                from core.mentions m
                inner join core.interactions i using (interaction_id)
                {_of_day} on m.segment_id = d.segment_id
                group by all
            """,
            "texts": f"""
                select
                    count(*)::bigint as count_texts,
                    count(*) filter (where count_spans > 0)::bigint as count_texts_with_spans
                from core.interactions i
                {_of_day} on i.segment_id = d.segment_id
            """,
            "loaded": f"""
                select
                    coalesce(sum(count_items), 0)::bigint as items,
                    coalesce(sum(count_quarantined), 0)::bigint as quarantined,
                    coalesce(sum(count_suppressed), 0)::bigint as suppressed
                from core.loaded_segments
                where day = '{day}'
            """,
            "rows": " union all ".join(
                f"""
                select
                    '{schema}' as layer,
                    '{name}' as table_name,
                    (select count(*) from {schema}.{name})::bigint as rows_in_zone,
                    {
                    f"(select count(*) from {schema}.{name} t {_of_day}"
                    " on t.segment_id = d.segment_id)::bigint"
                    if is_of_a_day
                    else "null"
                } as rows_of_day
                """
                for schema, name, is_of_a_day in _counted
            ),
        },
    )
    return (answers,)


@app.cell(hide_code=True)
def _(answers, day, held, landing, run, zone):
    figures = {
        "zone": zone.zone,
        "day": day,
        "count_landed": landing.count_landed,
        "count_sealed": landing.count("sealed"),
        "count_duplicate": landing.count("duplicate"),
        "count_quarantined": landing.count("quarantined"),
        "count_held_now": int(held.loc[held.status == "held", "items"].sum()),
        "count_texts": int(answers["texts"].count_texts[0]),
        "count_spans": int(answers["spans"].count_spans.sum()),
        "count_checks": len(run["checks"]),
        "count_checks_passed": int(run["checks"]["passed"].sum()) if len(run["checks"]) else 0,
    }
    frame.tell(figures)
    _checks = f"{figures['count_checks_passed']} of {figures['count_checks']}"
    frame.tiles(
        (f"{figures['count_landed']:,}", "items met", f"{len(landing.sources)} sources"),
        (
            f"{figures['count_quarantined']:,}",
            "quarantined",
            f"{figures['count_duplicate']:,} delivered twice",
        ),
        (
            f"{figures['count_spans']:,}",
            "pieces of personal data",
            f"in {figures['count_texts']:,} texts",
        ),
        (_checks, "checks passed", f"run took {run['seconds']:.0f} s" if run["seconds"] else ""),
    )
    return (figures,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## What came in, and what became of it

    Every item is accounted for: *landed = sealed + duplicate + quarantined + suppressed + handed
    over*. Sealed means written under its owner's key; suppressed means its owner was erased, and
    nothing from before may come back; handed over means it belongs to another zone, and was sealed
    to that zone's public key before anything was written here.
    """)
    return


@app.cell(hide_code=True)
def _(answers, landing):
    _rows = [
        {"source": source, "outcome": outcome, "items": landing.count(outcome, source)}
        for source in landing.sources
        for outcome in OUTCOMES
    ]
    _chart = (
        alt.Chart(pd.DataFrame(_rows))
        .mark_bar()
        .encode(
            y=alt.Y("source:N", sort="-x", title=None),
            x=alt.X("sum(items):Q", title="items", axis=alt.Axis(tickCount=8)),
            color=alt.Color(
                "outcome:N",
                title=None,
                scale=alt.Scale(
                    domain=list(OUTCOMES),
                    range=[frame.INK, frame.PALE, frame.ALARM, "#8a6fa8", "#d08c3c"],
                ),
            ),
            order=alt.Order("rank:Q"),
            tooltip=["source", "outcome", "items"],
        )
        .transform_calculate(rank=f"indexof({list(OUTCOMES)}, datum.outcome)")
        .properties(width="container", height=alt.Step(26))
    )
    _header, *_lines = landing.rows()
    _table = frame.table(
        [
            {
                name: value if name == "source" else int(value)
                for name, value in zip(_header, line, strict=True)
            }
            for line in _lines
        ]
    )
    _loaded = answers["loaded"].iloc[0]
    _is_whole = landing.count("sealed") == int(_loaded["items"])
    mo.vstack(
        [
            _chart,
            _table,
            frame.mark(
                _is_whole,
                f"{landing.count('sealed'):,} items were sealed, {int(_loaded['items']):,} of them "
                f"were loaded: {int(_loaded['quarantined']):,} set aside while loading, "
                f"{int(_loaded['suppressed']):,} dropped because their owner was erased meanwhile.",
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Quarantine: what could not be taken in, and why

    What is held is sealed and waits for a fix: `c360 quarantine replay` tries it again. This is what
    is held now, from whatever day; a settled entry keeps its reason and loses its content.
    """)
    return


@app.cell(hide_code=True)
def _(held):
    _rows = [
        {
            "reason": row["reason"],
            "source": row["source"],
            "found_by": row["stage"],
            "status": row["status"],
            "items": row["items"],
            "what_it_means": MEANINGS.get(row["reason"], ""),
        }
        for row in held.sort_values("items", ascending=False).to_dict("records")
    ]
    frame.table(_rows) if _rows else mo.md(
        "*Nothing is held: all that was delivered could be read.*"
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Personal data found in the texts

    Types and counts, never values. A span becomes a typed stand-in, the same one throughout a
    conversation, before a text reaches the warehouse; the original lies sealed under its owner's key.
    `KnownValues` is what needs no guessing: the names and handles of those who speak, wherever they
    occur.
    """)
    return


@app.cell(hide_code=True)
def _(answers):
    _ways = {"KnownValues": "known beforehand", "EntityModel": "language model"}
    spans = answers["spans"].assign(
        way=lambda table: table.recognizer.map(_ways).fillna("pattern, checksum, context")
    )
    _base = alt.Chart(spans).properties(height=alt.Step(20))
    _bars = (
        _base.mark_bar()
        .encode(
            y=alt.Y("entity:N", sort="-x", title=None),
            x=alt.X("sum(count_spans):Q", title="found", axis=alt.Axis(tickCount=8)),
            color=alt.Color(
                "way:N",
                title="found by",
                scale=alt.Scale(
                    domain=["known beforehand", "pattern, checksum, context", "language model"],
                    range=frame.PALETTE[:3],
                ),
            ),
            detail="recognizer:N",
            tooltip=[
                "entity",
                "recognizer",
                alt.Tooltip("sum(count_spans):Q", title="found"),
                alt.Tooltip("mean(average_score):Q", title="score", format=".2f"),
            ],
        )
        .properties(width="container")
    )
    _heat = (
        _base.mark_rect(cornerRadius=2)
        .encode(
            y=alt.Y("entity:N", title=None),
            x=alt.X("language:N", title=None, axis=alt.Axis(orient="top", labelAngle=0)),
            color=alt.Color("sum(count_spans):Q", title="found", scale=alt.Scale(type="log")),
            tooltip=["entity", "language", alt.Tooltip("sum(count_spans):Q", title="found")],
        )
        .properties(width=alt.Step(44))
    )
    _texts = answers["texts"].iloc[0]
    (
        mo.vstack(
            [
                mo.md(
                    f"{int(_texts.count_texts_with_spans):,} of {int(_texts.count_texts):,} texts "
                    "hold some."
                ),
                mo.ui.tabs({"By recognizer": _bars, "By language": _heat}),
            ]
        )
        if len(spans)
        else mo.md("*No text of this day holds any.*")
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## What was built

    The same day, table by table: what is in the zone now and, where a row can be traced to the
    segment it came from, how much of it this day brought.
    """)
    return


@app.cell(hide_code=True)
def _(answers, count_pages, count_profiles):
    def _grain(layer: str, name: str) -> str:
        if layer == "core":
            return TABLES[name].grain
        path = frame.REPOSITORY / "dbt" / "models" / "marts" / f"{name}.yml"
        description = yaml.safe_load(path.read_text("utf-8"))["models"][0]["description"]
        sentence = description.strip().split(". ")[0].rstrip(".").replace("`", "")
        return f"{sentence}."

    stages = [
        {
            "layer": row["layer"],
            "table": row["table_name"],
            "of_this_day": row["rows_of_day"],
            "in_the_zone": row["rows_in_zone"],
            "a_row_is": _grain(row["layer"], row["table_name"]),
        }
        for row in answers["rows"].to_dict("records")
    ]
    stages += [
        {
            "layer": "published",
            "table": "profiles",
            "of_this_day": None,
            "in_the_zone": count_profiles,
            "a_row_is": "One row per customer: the sealed context.",
        },
        {
            "layer": "published",
            "table": "timeline_pages",
            "of_this_day": None,
            "in_the_zone": count_pages,
            "a_row_is": "One row per page of a customer's sealed history.",
        },
    ]
    frame.table(stages)
    return (stages,)


@app.cell(hide_code=True)
def _(day, zone):
    # What Dagster has on record of the day's last run.
    def _last_run() -> dict:
        found = {"steps": [], "checks": [], "seconds": 0.0, "status": None, "at": None}
        with instance_at(zone.layout) as instance:
            records = instance.get_run_records(
                dg.RunsFilter(job_name=f"run_{zone.zone}", tags={PARTITION_TAG: day.isoformat()}),
                limit=1,
            )
            if not records:
                return found
            record = records[0]
            kinds = dg.DagsterEventType
            entries = instance.all_logs(
                record.dagster_run.run_id,
                of_type={kinds.STEP_START, kinds.STEP_SUCCESS, kinds.ASSET_CHECK_EVALUATION},
            )
        found["status"] = record.dagster_run.status.value.lower()
        found["at"] = pd.Timestamp(record.start_time, unit="s", tz="UTC")
        found["seconds"] = (record.end_time or record.start_time) - record.start_time
        begun = {}
        for entry in entries:
            event = entry.dagster_event
            if event.event_type is kinds.STEP_START:
                begun[event.step_key] = entry.timestamp - record.start_time
            elif event.event_type is kinds.STEP_SUCCESS:
                start = begun.get(event.step_key, 0.0)
                seconds = event.event_specific_data.duration_ms / 1000
                found["steps"].append(
                    {
                        "step": event.step_key.removeprefix(f"{zone.zone}__").replace("__", " / "),
                        "start": start,
                        "end": start + seconds,
                        "seconds": seconds,
                    }
                )
            else:
                check = event.event_specific_data
                facts = {name: value.value for name, value in check.metadata.items()}
                found["checks"].append(
                    {
                        "check": check.check_name,
                        "of": "/".join(check.asset_key.path[1:]),
                        "passed": check.passed,
                        "rows": facts.get("rows"),
                        "failures": facts.get("failures")
                        or facts.get("dagster_dbt/failed_row_count"),
                    }
                )
        return found

    _found = _last_run()
    run = {
        **_found,
        "steps": pd.DataFrame(_found["steps"], columns=["step", "start", "end", "seconds"]),
        "checks": pd.DataFrame(
            _found["checks"], columns=["check", "of", "passed", "rows", "failures"]
        ),
    }
    return (run,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Gates

    Four gates can stop publication: on the landed batch, on the day's interactions (no plaintext
    identifier may be left), and on what is about to be published, twice. When one fails, yesterday's
    profiles stay up. dbt's own tests, keys and relationships among them, count as checks too.
    """)
    return


@app.cell(hide_code=True)
def _(run):
    _suites = [gate.suite for gate in GATES]
    _checks = run["checks"]
    _gates = _checks[_checks.check.isin(_suites)]
    _tests = _checks[~_checks.check.isin(_suites)]
    _failed = _checks[~_checks.passed.astype(bool)]
    (
        mo.vstack(
            [
                frame.mark(
                    _failed.empty,
                    "Every check passed."
                    if _failed.empty
                    else f"{len(_failed)} checks failed: " + ", ".join(_failed.check),
                ),
                frame.table(
                    [
                        {
                            "gate": row["check"],
                            "guards": row["of"],
                            "rows looked at": row["rows"],
                            "passed": bool(row["passed"]),
                        }
                        for row in _gates.to_dict("records")
                    ]
                ),
                mo.accordion(
                    {
                        "dbt's tests, model by model": frame.table(
                            _tests.groupby("of")
                            .agg(tests=("check", "size"), passed=("passed", "sum"))
                            .reset_index()
                            .rename(columns={"of": "dbt_model"})
                            .assign(passed=lambda table: table.passed.astype(int))
                        )
                    }
                ),
            ]
        )
        if len(_checks)
        else mo.md("*Dagster has no run of this day on record.*")
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Where the time went
    """)
    return


@app.cell(hide_code=True)
def _(run):
    _steps = alt.Chart(run["steps"]).encode(
        y=alt.Y("step:N", sort=alt.SortField("start"), title=None)
    )
    _bars = _steps.mark_bar(cornerRadius=2).encode(
        x=alt.X("start:Q", title="seconds since the run began"),
        x2="end:Q",
        tooltip=["step", alt.Tooltip("seconds:Q", format=".2f")],
    )
    _numbers = _steps.mark_text(align="left", dx=5, color="#8a8f8e").encode(
        x="end:Q", text=alt.Text("seconds:Q", format=".1f")
    )
    (
        mo.vstack(
            [
                mo.md(
                    f"The last run of this day began at {run['at']:%Y-%m-%d %H:%M:%S} UTC, took "
                    f"{run['seconds']:.1f} s, and ended as a {run['status']}."
                ),
                (_bars + _numbers).properties(width="container", height=alt.Step(24)),
            ]
        )
        if len(run["steps"])
        else mo.md("*Dagster has no run of this day on record.*")
    )
    return


if __name__ == "__main__":
    app.run()
