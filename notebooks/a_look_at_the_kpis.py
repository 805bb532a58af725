"""A look at the KPIs: how well problems are solved, by channel, language, reason and day.

For analysts, and whoever answers for service. Totals only, over customers who permit it.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A look at the KPIs")

with app.setup(hide_code=True):
    import json
    import re

    import altair as alt
    import duckdb
    import frame
    import marimo as mo
    import pandas as pd

    from privacy.access.model import Role


@app.cell(hide_code=True)
def _():
    mo.md("""
    # A look at the KPIs

    Every figure on this page is the formula that `docs/kpis.md` gives for it, applied to
    `marts.resolution_kpis`: a row there is a UTC day, channel, language, country and reason, and names
    nobody. Only customers whom the purpose *quality* is permitted for are counted. A figure is of the
    problems that *opened* on a day, not of what happened on it.
    """)
    return


@app.cell(hide_code=True)
def _():
    settings = frame.settings_given()
    zones = frame.zones_run(settings)
    zone_choice = mo.ui.dropdown(zones, value=frame.asked("zone", zones), label="Zone")
    return settings, zone_choice


@app.cell(hide_code=True)
def _():
    # The document is the one place where a figure is defined; a test keeps it in step with dbt.
    _text = (frame.REPOSITORY / "docs" / "kpis.md").read_text("utf-8")
    definitions = {
        name: {"definition": definition, "formula": formula}
        for name, definition, formula in re.findall(
            r"^## (.+)\n\n(.+)\n\n`(.+)`$", _text, flags=re.MULTILINE
        )
    }
    # A median is given by row and cannot be had over several.
    formulas = {
        name: kpi["formula"] for name, kpi in definitions.items() if "sum(" in kpi["formula"]
    }
    # What a ratio is taken over: how many cases it rests on.
    bases = {
        name: formula.split(" / ")[1] for name, formula in formulas.items() if " / " in formula
    }
    PERCENT = {
        "Solved at first contact",
        "Answered within 90 seconds",
        "Repeated explanation",
        "Solved",
        "Self-service",
    }

    def shown(name: str, value: float | None) -> str:
        """Write a figure the way it is read."""
        if value is None or pd.isna(value):
            return "–"
        if name in PERCENT:
            return f"{value:.0%}"
        if name == "Handling time":
            return f"{value / 60:.1f} min"
        return f"{value:.2f}" if name in bases else f"{value:,.0f}"

    return PERCENT, bases, definitions, formulas, shown


@app.cell(hide_code=True)
def _(settings, zone_choice):
    zone = frame.opened(settings, zone_choice.value)
    frame.totals_allowed(zone, frame.caller_as(settings, zone, Role.ANALYST))
    kpis = frame.read(zone, {"kpis": "select * from marts.resolution_kpis"})["kpis"]
    if kpis.empty:
        frame.stop(f"Zone {zone.zone} has no KPIs yet: no customer permits them, or none wrote.")
    return kpis, zone


@app.cell(hide_code=True)
def _(formulas, kpis):
    def figures_by(*dimensions: str, rows: pd.DataFrame = kpis) -> pd.DataFrame:
        """Apply every formula that adds up to the rows of each group."""
        columns = ", ".join(
            f'({formula})::double as "{name}"' for name, formula in formulas.items()
        )
        groups = f"group by {', '.join(dimensions)} order by all" if dimensions else ""
        with duckdb.connect() as memory:
            memory.register("resolution_kpis", rows)
            return memory.execute(
                f"select {', '.join([*dimensions, columns])} from resolution_kpis {groups}"
            ).df()

    return (figures_by,)


@app.cell(hide_code=True)
def _(figures_by, kpis, zone):
    overall = figures_by().iloc[0]
    figures = {
        "zone": zone.zone,
        **{
            name.lower().replace(" ", "_").replace("-", "_"): None
            if pd.isna(value)
            else round(value, 6)
            for name, value in overall.items()
        },
    }
    frame.tell(figures)
    first_day, last_day = kpis.day.min(), kpis.day.max()
    return figures, first_day, last_day, overall


@app.cell(hide_code=True)
def _(first_day, last_day, overall, shown, zone_choice):
    def _tile(name: str, caption: str) -> tuple[str, str, str]:
        return shown(name, overall[name]), name.lower(), caption

    mo.vstack(
        [
            mo.hstack(
                [zone_choice, mo.md(f"Problems opened {first_day:%d %B} – {last_day:%d %B %Y}")],
                justify="start",
                gap=2,
            ),
            frame.tiles(
                _tile(
                    "Resolution threads", f"in {shown('Contacts', overall['Contacts'])} contacts"
                ),
                _tile("Solved at first contact", "of those finished"),
                _tile("Answered within 90 seconds", "of those with a question"),
                _tile("Repeated explanation", "had to ask again"),
            ),
            frame.tiles(
                _tile("Solved", "of those finished"),
                _tile("Self-service", "by a bot alone"),
                _tile("Handling time", "a problem, on average"),
                _tile("Satisfaction", "of 5, where rated"),
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Day by day
    """)
    return


@app.cell(hide_code=True)
def _(figures_by):
    _daily = figures_by("day", "channel")
    _bars = (
        alt.Chart(_daily[_daily["Contacts"] > 0].assign(day=lambda t: pd.to_datetime(t.day)))
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            x=alt.X("yearmonthdate(day):T", title=None),
            y=alt.Y("sum(Contacts):Q", title="contacts"),
            color=alt.Color("channel:N", title="brought first by"),
            tooltip=[
                alt.Tooltip("day:T"),
                "channel",
                alt.Tooltip("Contacts:Q", format=",.0f"),
                alt.Tooltip("Resolution threads:Q", format=",.0f"),
            ],
        )
        .properties(width="container", height=220)
    )
    _bars
    return


@app.cell(hide_code=True)
def _(PERCENT, bases, formulas):
    _ratios = [name for name in bases if name != "Contact rate per order"]
    kpi_choice = mo.ui.dropdown(
        [name for name in formulas if name in _ratios],
        value=next(name for name in formulas if name in PERCENT),
        label="Figure",
    )
    least_choice = mo.ui.slider(
        1, 30, value=5, label="Drawn from so many cases on", show_value=True
    )
    return kpi_choice, least_choice


@app.cell(hide_code=True)
def _(definitions, kpi_choice, least_choice, overall, shown):
    _kpi = definitions[kpi_choice.value]
    mo.vstack(
        [
            mo.md("## One figure, cut several ways"),
            mo.hstack([kpi_choice, least_choice], justify="start", gap=2),
            mo.md(
                f"**{kpi_choice.value}: {shown(kpi_choice.value, overall[kpi_choice.value])}.** "
                f"{_kpi['definition']} `{_kpi['formula']}`\n\n"
                f"The line is the zone's figure. What rests on fewer than {least_choice.value} cases "
                "is pale: it says more about a person than about us."
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _(PERCENT, bases, figures_by, kpi_choice, kpis, least_choice, overall):
    _name, _base = kpi_choice.value, bases[kpi_choice.value]
    _format = ".0%" if _name in PERCENT else ",.2f"
    _titles = {"channel": "Channel", "language": "Language", "reason": "Reason"}

    def _with_cases(*dimensions: str) -> pd.DataFrame:
        with duckdb.connect() as memory:
            memory.register("resolution_kpis", kpis)
            cases = memory.execute(
                f"select {', '.join(dimensions)}, ({_base})::double as cases"
                f" from resolution_kpis group by {', '.join(dimensions)}"
            ).df()
        figures = figures_by(*dimensions)[[*dimensions, _name]].rename(columns={_name: "figure"})
        merged = figures.merge(cases, on=list(dimensions)).dropna(subset=["figure"])
        return merged.assign(is_enough=merged.cases >= least_choice.value)

    _tip = [
        alt.Tooltip("figure:Q", title=_name, format=_format),
        alt.Tooltip("cases:Q", format=",.0f"),
    ]

    def _cut(dimension: str) -> alt.LayerChart:
        rows = _with_cases(dimension)
        bars = (
            alt.Chart(rows)
            .mark_bar()
            .encode(
                y=alt.Y(f"{dimension}:N", sort=alt.SortField("cases", "descending"), title=None),
                x=alt.X("figure:Q", title=None, axis=alt.Axis(format=_format, tickCount=4)),
                opacity=alt.condition("datum.is_enough", alt.value(1), alt.value(0.25)),
                tooltip=[dimension, *_tip],
            )
        )
        line = (
            alt.Chart(pd.DataFrame({"figure": [overall[_name]]}))
            .mark_rule(color=frame.PALETTE[1], strokeWidth=2)
            .encode(x="figure:Q")
        )
        return (bars + line).properties(width=210, height=alt.Step(24), title=_titles[dimension])

    alt.hconcat(*map(_cut, _titles), spacing=28)
    return


@app.cell(hide_code=True)
def _(PERCENT, bases, kpi_choice, kpis, least_choice, overall, formulas):
    _name = kpi_choice.value
    _format = ".0%" if _name in PERCENT else ",.2f"
    with duckdb.connect() as _memory:
        _memory.register("resolution_kpis", kpis)
        _weekly = _memory.execute(
            f"""
            select
                date_trunc('week', day)::timestamp as week,
                ({formulas[_name]})::double as figure,
                ({bases[_name]})::double as cases
            from resolution_kpis
            group by week
            having figure is not null
            """
        ).df()
        _cells = _memory.execute(
            f"""
            select
                channel,
                reason,
                ({formulas[_name]})::double as figure,
                ({bases[_name]})::double as cases
            from resolution_kpis
            group by channel, reason
            having figure is not null
            """
        ).df()
    _tip = [
        alt.Tooltip("figure:Q", title=_name, format=_format),
        alt.Tooltip("cases:Q", format=",.0f"),
    ]
    _points = (
        alt.Chart(_weekly)
        .mark_line(point=alt.OverlayMarkDef(size=90, filled=True))
        .encode(
            x=alt.X("week:T", title=None, axis=alt.Axis(format="%d %b")),
            y=alt.Y("figure:Q", title=None, axis=alt.Axis(format=_format, tickCount=5)),
            tooltip=[alt.Tooltip("week:T", title="week of"), *_tip],
        )
    )
    _line = (
        alt.Chart(pd.DataFrame({"figure": [overall[_name]]}))
        .mark_rule(color=frame.PALETTE[1], strokeWidth=2)
        .encode(y="figure:Q")
    )
    _heat = (
        alt.Chart(_cells)
        .mark_rect(cornerRadius=3)
        .encode(
            x=alt.X("reason:N", title=None, axis=alt.Axis(orient="top", labelAngle=-30)),
            y=alt.Y("channel:N", title=None),
            color=alt.condition(
                f"datum.cases >= {least_choice.value}",
                alt.Color("figure:Q", title=_name, legend=alt.Legend(format=_format)),
                alt.value("#8a8f8e22"),
            ),
            tooltip=["channel", "reason", *_tip],
        )
        .properties(width=alt.Step(62), height=alt.Step(26))
    )
    mo.vstack(
        [
            mo.md("**Week by week**"),
            (_points + _line).properties(width="container", height=170),
            mo.md("**Channel by reason**"),
            _heat,
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Every figure, and what it means
    """)
    return


@app.cell(hide_code=True)
def _(definitions, overall, shown):
    frame.table(
        [
            {
                "figure": name,
                "value": shown(name, overall.get(name)),
                "definition": kpi["definition"].replace("`", ""),
                "formula": kpi["formula"],
            }
            for name, kpi in definitions.items()
        ]
    )
    return


@app.cell(hide_code=True)
def _(settings, zone):
    # A made-up world comes with its truth; real deliveries have none.
    _folder = frame.truth_of(settings)
    truth = (
        json.loads((_folder / "totals.json").read_text("utf-8"))["kpis"].get(zone.zone, {})
        if _folder
        else {}
    )
    return (truth,)


@app.cell(hide_code=True)
def _(PERCENT, overall, shown, truth):
    mo.stop(
        not truth,
        mo.md("*This home's deliveries come without a truth to compare with.*"),
    )
    _names = {
        "Resolution threads": "count_problems",
        "Contacts": "count_contacts",
        "Solved": "share_solved",
        "Solved at first contact": "share_solved_at_first_contact",
        "Answered within 90 seconds": "share_answered_fast",
        "Repeated explanation": "share_repeated_explanation",
        "Self-service": "share_self_service",
        "Escalations": "count_escalations",
        "Handoffs": "count_handoffs",
        "Reopenings": "count_reopenings",
        "Satisfaction": None,
    }
    _true = {name: truth.get(key) for name, key in _names.items() if key}
    if truth.get("count_ratings"):
        _true["Satisfaction"] = truth["sum_rating"] / truth["count_ratings"]
    compared = pd.DataFrame(
        [
            {"figure": name, "measured": overall[name], "true": value}
            for name, value in _true.items()
            if value is not None
        ]
    )
    _shares = compared[compared.figure.isin(PERCENT)]
    _base = alt.Chart(_shares).encode(y=alt.Y("figure:N", title=None, sort=list(_names)))
    _axis = alt.Axis(format=".0%", tickCount=6)
    _dumbbells = (
        _base.mark_rule(strokeWidth=3, color=frame.PALE).encode(
            x=alt.X("true:Q", title=None, axis=_axis), x2="measured:Q"
        )
        + alt.Chart(
            _shares.melt("figure", ["measured", "true"], var_name="which", value_name="value")
        )
        .mark_point(filled=True, opacity=1)
        .encode(
            y=alt.Y("figure:N", title=None, sort=list(_names)),
            x=alt.X("value:Q", scale=alt.Scale(domain=[0, 1]), axis=_axis),
            color=alt.Color(
                "which:N",
                title=None,
                scale=alt.Scale(domain=["true", "measured"], range=[frame.PALETTE[1], frame.INK]),
            ),
            size=alt.Size(
                "which:N",
                legend=None,
                scale=alt.Scale(domain=["true", "measured"], range=[240, 70]),
            ),
            tooltip=["figure", "which", alt.Tooltip("value:Q", format=".1%")],
        )
    ).properties(width="container", height=alt.Step(30))
    mo.vstack(
        [
            mo.md("""
            ## Measured beside the truth

            These deliveries are a made-up world's, so we know what really happened. The two differ
            where they should: the truth counts everybody, the mart only those who permit it and whose
            deliveries could be read; and the mart *infers* what no vendor says, such as that a mail's
            problem is solved, or what it was about.
            """),
            _dumbbells,
            frame.table(
                [
                    {
                        "figure": row["figure"],
                        "measured": shown(row["figure"], row["measured"]),
                        "true": shown(row["figure"], row["true"]),
                    }
                    for row in compared.to_dict("records")
                ]
            ),
        ]
    )
    return (compared,)


if __name__ == "__main__":
    app.run()
