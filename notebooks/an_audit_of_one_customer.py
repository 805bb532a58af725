"""An audit of one customer: why do we hold it, who saw it, and, when asked to, erase and prove it.

For compliance. Pseudonyms, codes and counts: nobody's name or words are on this page.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="An audit of one customer")

with app.setup(hide_code=True):
    import copy
    import json
    from datetime import UTC, datetime, time, timedelta
    from itertools import pairwise

    import altair as alt
    import frame
    import marimo as mo
    import pandas as pd
    import pyarrow as pa
    from sqlalchemy import func, select

    from privacy.access.model import Action, Role
    from privacy.audit.log import AuditLog
    from privacy.audit.verify import verify_inclusion, verify_opening
    from privacy.consent.rules import decide
    from privacy.erasure.certificate import is_about, verify_certificate
    from privacy.erasure.targets import Method
    from privacy.errors import NotFound, Tampered
    from privacy.identity.lookup import subjects_of
    from privacy.ids import CustomerId
    from privacy.keys.public import read_public_keys
    from privacy.lineage.basis import grounds_of
    from privacy.signed import file_of
    from privacy.store.tables import SUBJECT_HANDLES
    from privacy.zones.model import Purpose
    from serving.acts import Acts
    from serving.erasures import customer_by, execute_and_prove, planned
    from serving.query import CustomerQueries

    SEARCHED = (Method.SWEEP_FILE, Method.EMPTY_FOLDER, Method.REWRITE_FILE)
    """What is done to whole files and folders; everything else is done to rows and items."""


@app.cell(hide_code=True)
def _():
    mo.md("""
    # An audit of one customer

    Three questions the law lets a person ask, answered from what the system itself keeps: *why do
    you hold this? who has seen it? is it gone?* The customer is a pseudonym here; there is no name,
    no address and no message on this page. Opening it is an access like any other: it is in the log
    below.
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
    caller = frame.caller_as(settings, zone, Role.COMPLIANCE)
    with frame.said_plainly():
        Acts(zone, caller, Purpose.ACCOUNTABILITY).require(Action.READ_CONSENT)
    verify_key = read_public_keys(zone.layout.public_keys, zone.zone).verify_key
    _busiest = frame.read(
        zone,
        {
            "customers": """
                select c.customer_id
                from core.customers c
                left join core.consent_events e using (subject_id)
                left join marts.agent_context a on c.customer_id = a.customer_id
                group by c.customer_id
                order by
                    count(distinct e.action) desc,
                    max(a.count_contacts) desc nulls last,
                    c.customer_id
                limit 200
            """
        },
    )["customers"]
    customers = list(_busiest.customer_id)
    if not customers:
        frame.stop(f"Nobody is known in zone {zone.zone}.")
    _wanted = mo.cli_args().get("customer") or customers[0]
    customer_choice = mo.ui.dropdown(
        list(dict.fromkeys([str(_wanted), *customers])),
        value=str(_wanted),
        label="Customer",
        searchable=True,
    )
    handle_given = mo.ui.text(
        kind="password", label="or by a handle of theirs", placeholder="e-mail, phone, card …"
    )
    return caller, customer_choice, handle_given, verify_key, zone


@app.cell(hide_code=True)
def _(customer_choice, handle_given, zone_choice):
    mo.vstack(
        [
            mo.hstack([zone_choice, customer_choice], justify="start", gap=2),
            handle_given,
        ]
    )
    return


@app.cell(hide_code=True)
def _(caller, customer_choice, handle_given, zone):
    with frame.said_plainly():
        customer_id = (
            customer_by(zone, caller, handle_given.value.strip())
            if handle_given.value.strip()
            else customer_choice.value
        )
        subjects = subjects_of(zone, CustomerId(customer_id))
        acts = Acts(zone, caller, Purpose.ACCOUNTABILITY)
        consents = acts.consents(customer_id)
        journal = acts.identity_history(customer_id)
        looks = CustomerQueries(zone, caller, Purpose.ACCOUNTABILITY).accesses(customer_id).accesses
    with zone.store.connect() as _store:
        _kinds = select(SUBJECT_HANDLES.c.kind, func.count().label("handles")).where(
            SUBJECT_HANDLES.c.subject_id.in_(subjects)
        )
        handle_kinds = {
            row.kind: row.handles for row in _store.execute(_kinds.group_by(SUBJECT_HANDLES.c.kind))
        }
    return acts, consents, customer_id, handle_kinds, journal, looks, subjects


@app.cell(hide_code=True)
def _(subjects, zone):
    lineage = frame.read(
        zone,
        {
            "rows": "select * from marts.consent_lineage"
            " where subject_id in (select unnest($1::varchar[]))"
        },
        list(subjects),
    )["rows"]
    grounds = (
        grounds_of(pa.Table.from_pandas(lineage, preserve_index=False), subjects)
        if len(lineage)
        else []
    )
    return grounds, lineage


@app.cell(hide_code=True)
def _(acts, caller, customer_id, zone):
    # A dry run of an erasure finds everything there is of somebody, so it comes first.
    with frame.said_plainly():
        acts.require(Action.PLAN_ERASURE)
        erasure = planned(zone, customer_id, caller, is_anew=True, wait_seconds=frame.WAIT_SECONDS)
    plan = erasure.plan
    places = pd.DataFrame(plan["places"])
    searched_places = places[places.method.isin(SEARCHED)]
    held_places = places[~places.method.isin(SEARCHED) & (places["count"] > 0)].sort_values(
        "count", ascending=False
    )
    return erasure, held_places, plan, searched_places


@app.cell(hide_code=True)
def _(consents, customer_id, grounds, held_places, looks, subjects, zone):
    figures = {
        "zone": zone.zone,
        "customer": customer_id,
        "count_subjects": len(subjects),
        "count_rows_held": int(held_places["count"].sum()),
        "count_places": len(held_places),
        "count_purposes_permitted": sum(
            decision.is_permitted for decision in consents.decisions.values()
        ),
        "count_consent_events": len(consents.events),
        "count_lineage_rows": sum(ground.count_rows for ground in grounds),
        "count_looks": len(looks),
    }
    frame.tell(figures)
    frame.tiles(
        (
            f"{figures['count_rows_held']:,}",
            "rows are about them",
            f"in {figures['count_places']} places",
        ),
        (
            f"{figures['count_purposes_permitted']} of {len(Purpose)}",
            "purposes permitted",
            f"{figures['count_consent_events']} events in the ledger",
        ),
        (
            f"{figures['count_looks']:,}",
            "accesses on record",
            f"by {len({look.caller_id for look in looks})} callers",
        ),
        (
            f"{figures['count_subjects']:,}",
            "subjects taken for one person",
            "",
        ),
    )
    return (figures,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Who this is believed to be

    A *subject* is the owner of a handle; a *customer* is the subjects that some item showed to be one
    person. The journal says when, and on what evidence; each line can be undone.
    """)
    return


@app.cell(hide_code=True)
def _(handle_kinds, journal):
    mo.vstack(
        [
            mo.md(
                "Known by "
                + ", ".join(
                    f"{count} × {kind.replace('_', ' ')}"
                    for kind, count in sorted(handle_kinds.items())
                )
                + "; only keyed hashes of them are kept."
                if handle_kinds
                else "No handle of theirs is kept."
            ),
            frame.table(
                [
                    {
                        "decided": line.decided_at,
                        "what": line.kind.value,
                        "subjects": len(line.subject_ids),
                        "evidence": ", ".join(
                            f"{count} × {kind.replace('_', ' ')}"
                            for kind, count in line.evidence.get("links", {}).items()
                        ),
                        "by": line.decided_by,
                    }
                    for line in journal
                ]
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## What we hold

    Every place that holds something of theirs, and what an erasure would do to it there.
    """)
    return


@app.cell(hide_code=True)
def _(held_places):
    _chart = (
        alt.Chart(held_places.assign(method=held_places.method.str.replace("_", " ")))
        .mark_bar()
        .encode(
            y=alt.Y("place:N", sort="-x", title=None),
            x=alt.X(
                "count:Q", title="rows, items or files", axis=alt.Axis(tickCount=8, format="d")
            ),
            color=alt.Color("method:N", title="an erasure would"),
            tooltip=["place", "area", "method", "count", "reason"],
        )
        .properties(width="container", height=alt.Step(20))
    )
    _table = frame.table(
        held_places[["place", "count", "method", "reason"]].assign(
            method=lambda table: table.method.str.replace("_", " ")
        )
    )
    mo.vstack([_chart, mo.accordion({"Place by place, with the reason": _table})])
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Why do we hold it?

    For each purpose: may we, on what ground, by which article. The ledger is asked now, not at the
    last run: a withdrawal of a minute ago counts.
    """)
    return


@app.cell(hide_code=True)
def _(consents):
    frame.table(
        [
            {
                "purpose": purpose.value.replace("_", " "),
                "permitted": "● yes" if decision.is_permitted else "○ no",
                "basis": str(decision.basis).replace("_", " "),
                "rests on": decision.rule_source,
                "since": decision.valid_from,
                "decided by event": decision.consent_event_id,
            }
            for purpose, decision in consents.decisions.items()
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ### Which rows exist on which ground

    The lineage of every row that was built from their data: which mart, how many rows, on whose word
    or by which article. A row without a ground would not be here, because the macro that lets rows in
    is the one that writes this.
    """)
    return


@app.cell(hide_code=True)
def _(grounds):
    frame.table(
        [
            {
                "mart": ground.mart,
                "rows": ground.count_rows,
                "purpose": ground.purpose.replace("_", " "),
                "basis": ground.legal_basis.replace("_", " "),
                "rests on": ground.rule_source,
                "let in by event": ground.consent_event_id,
            }
            for ground in grounds
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ### The ledger, and the two times of it

    An event has two times: when it *holds* (what the person said, from when) and when we *knew* of it.
    Both are kept, so that two different questions have answers: was it permitted then, and could we
    have known? The bars show when each purpose was open, as we know it today.
    """)
    return


@app.cell(hide_code=True)
def _(consents, zone):
    ledger = consents.events
    now = zone.clock()
    _bounds = sorted(
        {
            moment
            for event in ledger
            for moment in (event.valid_from, event.valid_to)
            if moment is not None and moment < now
        }
    )
    _start = (_bounds[0] if _bounds else now) - timedelta(days=7)

    def periods(known_at: datetime) -> pd.DataFrame:
        """Give every stretch of time in which a purpose was open or closed, as known then."""
        edges = [_start, *_bounds, now]
        rows = []
        for purpose in Purpose:
            for begin, end in pairwise(edges):
                decision = decide(zone.policy, purpose, ledger, at=begin, known_at=known_at)
                rows.append(
                    {
                        "purpose": purpose.value.replace("_", " "),
                        "begin": begin,
                        "end": end,
                        "state": "permitted" if decision.is_permitted else "closed",
                        "rests on": decision.rule_source,
                    }
                )
        return pd.DataFrame(rows)

    _names = [purpose.value.replace("_", " ") for purpose in Purpose]
    _y = alt.Y("purpose:N", sort=_names, title=None)
    _bars = (
        alt.Chart(periods(now))
        .mark_bar(height=11, cornerRadius=2)
        .encode(
            y=_y,
            x=alt.X("begin:T", title=None),
            x2="end:T",
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=["permitted", "closed"], range=[frame.INK, frame.PALE]),
            ),
            tooltip=["purpose", "state", "rests on", "begin:T", "end:T"],
        )
    )
    _points = (
        alt.Chart(
            pd.DataFrame(
                [
                    {
                        "purpose": event.purpose.replace("_", " "),
                        "action": event.action,
                        "holds from": event.valid_from,
                        "known from": event.recorded_at,
                        "how": event.method,
                    }
                    for event in ledger
                ],
                columns=["purpose", "action", "holds from", "known from", "how"],
            )
        )
        .mark_point(filled=True, size=85, stroke="white", strokeWidth=1, opacity=1)
        .encode(
            y=_y,
            x="holds from:T",
            shape=alt.Shape("action:N", title="the person said"),
            color=alt.value("#1d2b2c"),
            tooltip=["purpose", "action", "holds from:T", "known from:T", "how"],
        )
    )
    (_bars + _points if ledger else _bars).properties(width="container", height=alt.Step(24))
    return ledger, now


@app.cell(hide_code=True)
def _(ledger):
    mo.accordion(
        {
            f"The ledger's {len(ledger)} events": frame.table(
                [
                    {
                        "purpose": event.purpose.replace("_", " "),
                        "action": event.action,
                        "how": event.method,
                        "notice": f"{event.notice_version} ({event.notice_language})",
                        "holds_from": event.valid_from,
                        "holds_until": event.valid_to,
                        "known_from": event.recorded_at,
                    }
                    for event in ledger
                ]
            )
        }
    )
    return


@app.cell(hide_code=True)
def _(ledger, now):
    _asked = max((event.valid_from for event in ledger), default=now) + timedelta(days=1)
    at_choice = mo.ui.date(value=min(_asked, now).date(), label="What held on")
    known_choice = mo.ui.date(value=now.date(), label="as we knew it on")
    return at_choice, known_choice


@app.cell(hide_code=True)
def _(at_choice, known_choice, ledger, now, zone):
    def _end_of(day) -> datetime:
        return min(datetime.combine(day, time.max, UTC), now)

    _at, _known = _end_of(at_choice.value), _end_of(known_choice.value)
    _rows = []
    for _purpose in Purpose:
        _as_known = decide(zone.policy, _purpose, ledger, at=_at, known_at=_known)
        _that_day = decide(zone.policy, _purpose, ledger, at=_at, known_at=_at)
        _rows.append(
            {
                "purpose": _purpose.value.replace("_", " "),
                f"on {_at:%d %B %Y}, as known on {_known:%d %B %Y}": "● yes"
                if _as_known.is_permitted
                else "○ no",
                "as known on that very day": "● yes" if _that_day.is_permitted else "○ no",
                "rests on": _as_known.rule_source,
                "": "we learned of it later"
                if _as_known.is_permitted != _that_day.is_permitted
                else "",
            }
        )
    mo.vstack(
        [
            mo.hstack([at_choice, known_choice], justify="start", gap=1.5),
            frame.table(_rows),
        ]
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Who saw it?

    Every question about this customer, through whatever door, answered or refused: who, what for,
    when. What was shown to them is sealed under the customer's key and goes with it.
    """)
    return


@app.cell(hide_code=True)
def _(looks):
    _rows = pd.DataFrame(
        [
            {
                "when": look.happened_at,
                "who": look.caller_id,
                "did": look.action,
                "purpose": look.purpose,
                "outcome": look.outcome,
            }
            for look in looks
        ],
        columns=["when", "who", "did", "purpose", "outcome"],
    )
    _chart = (
        alt.Chart(_rows.assign(did=_rows.did.str.replace("_", " ")))
        .mark_bar()
        .encode(
            y=alt.Y("who:N", sort="-x", title=None),
            x=alt.X("count():Q", title="accesses", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("did:N", title=None),
            tooltip=["who", "did", "purpose", "outcome", "count()"],
        )
        .properties(width="container", height=alt.Step(26))
    )
    mo.vstack([_chart, frame.table(_rows)]) if len(_rows) else mo.md("*Nobody has asked yet.*")
    return


@app.cell(hide_code=True)
def _():
    mo.md("""
    ### Is that list complete and true?

    Each entry is a leaf of a Merkle tree whose head the zone signs. Below, every entry about this
    customer is checked as a stranger would check it: with the proof and the zone's public key, and
    nothing else.
    """)
    return


@app.cell(hide_code=True)
def _(customer_id, looks, verify_key, zone):
    _log = AuditLog(zone)
    _head = _log.seal()
    _proven, _broken = 0, []
    for _entry in _log.entries_for(customer_id):
        _proof = json.loads(json.dumps(_log.inclusion_proof(_entry.entry_id)))
        try:
            verify_inclusion(_proof, verify_key)
            verify_opening(_proof, _log.opening(_entry.entry_id))
            _proven += 1
        except Tampered as _tampered:
            _broken.append(f"{_entry.entry_id}: {_tampered}")
    count_proven = _proven
    mo.vstack(
        [
            frame.mark(
                not _broken,
                f"{_proven} of {_proven + len(_broken)} entries are in the log the zone signed, and "
                f"say what they said when they were written. {' '.join(_broken)}",
            ),
            mo.md(
                f"The log has {_head.size:,} entries; its head `{_head.root.hex()[:24]}…` was signed on "
                f"{_head.sealed_at:%Y-%m-%d at %H:%M:%S} UTC. Keep a copy of the head elsewhere: it is "
                "what shows that nobody wrote another log since."
            ),
        ]
    )
    return (count_proven,)


@app.cell(hide_code=True)
def _():
    mo.md("""
    ## Erase, and prove it

    The plan first: it changes nothing. It can be approved, and executed by its id here or with
    `c360 erase`.
    """)
    return


@app.cell(hide_code=True)
def _(held_places, plan, searched_places):
    mo.vstack(
        [
            mo.md(
                f"Plan `{plan['erasure_id']}`: {int(held_places['count'].sum()):,} rows and items in "
                f"{len(held_places)} places would go; {len(searched_places)} places would be searched byte by "
                f"byte; it takes about {plan['estimate_seconds']} s."
            ),
            mo.callout(mo.md("**A legal hold stands in the way.**"), kind="warn")
            if plan["holds"]
            else mo.md("✓ No legal hold stands in the way."),
            frame.table(plan["holds"]) if plan["holds"] else mo.md(""),
            mo.accordion(
                {
                    "What stays, and why": frame.table(
                        [{"place": place, "why": why} for place, why in plan["remains"].items()]
                    ),
                    "Where the product cannot look": frame.table(
                        [{"place": place, "why": why} for place, why in plan["not_reached"].items()]
                    ),
                }
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _(customer_id):
    # Both are made anew for every customer, so that a choice never carries over to the next one.
    erase_switch = mo.ui.switch(value=False, label="Erase this customer for good")
    confirmation = mo.ui.text(label="and type the customer's id", placeholder=customer_id)
    mo.hstack([erase_switch, confirmation], justify="start", gap=1.5, align="center")
    return confirmation, erase_switch


@app.cell(hide_code=True)
def _(confirmation, customer_id, erase_switch):
    is_erasing = erase_switch.value and confirmation.value.strip() == customer_id
    return (is_erasing,)


@app.cell(hide_code=True)
def _(acts, caller, count_proven, erasure, figures, is_erasing, zone):
    # After everything above has been read: `figures` and `count_proven` are only waited for.
    _ = figures, count_proven
    proven = None
    if is_erasing:
        with frame.said_plainly():
            acts.require(Action.EXECUTE_ERASURE)
            proven = execute_and_prove(
                zone, erasure.erasure_id, caller, wait_seconds=frame.WAIT_SECONDS
            )
    mo.md(
        "*Nothing was erased: the switch is off.*"
        if proven is None
        else "**Erased.** The keys went first, so nobody could read anything from that moment on; then "
        "the rows, then the bytes; then everything was searched."
    )
    return (proven,)


@app.cell(hide_code=True)
def _(caller, customer_id, proven, verify_key, zone):
    mo.stop(proven is None)
    _certificate = json.loads(json.dumps(proven.certificate))
    with frame.said_plainly():
        _checked = verify_certificate(_certificate, verify_key)
    _forged = copy.deepcopy(_certificate)
    _forged["places"][0]["before"] += 1
    try:
        verify_certificate(_forged, verify_key)
        _refusal = None
    except Tampered as _tampered:
        _refusal = str(_tampered)
    try:
        CustomerQueries(zone, caller, Purpose.ACCOUNTABILITY).accesses(customer_id)
        _answer = None
    except NotFound as _nobody:
        _answer = str(_nobody)
    _search = _certificate["search"]
    frame.tell(
        {
            "erased_rows": _checked.count_erased,
            "erased_places": _checked.count_places,
            "keys_that_open": _certificate["keys"]["count_that_open"],
            "found_by_search": _search["count_found"],
            "is_forgery_refused": _refusal is not None,
            "is_nobody_now": _answer is not None,
        }
    )
    mo.vstack(
        [
            frame.tiles(
                (
                    f"{_checked.count_erased:,}",
                    "rows and items erased",
                    f"in {_checked.count_places} places",
                ),
                (
                    f"{_certificate['keys']['count_that_open']} of "
                    f"{_certificate['keys']['count_tried']}",
                    "keys still open anything",
                    "every one was tried",
                ),
                (
                    f"{_search['count_found']:,}",
                    "traces found",
                    f"in {_search['count_searched_bytes'] / 1e6:,.1f} MB and "
                    f"{_search['count_files']:,} files",
                ),
            ),
            frame.mark(
                True,
                f"The certificate is the zone's word: checked offline with the public key in "
                f"`{zone.layout.public_keys.name}/{zone.zone}.json`. The audit log took the erasure in "
                f"at {_checked.logged_at:%Y-%m-%d %H:%M:%S} UTC.",
            ),
            frame.mark(
                is_about(_certificate, customer_id, proven.salt),
                "It is about this customer: the person, who is given the salt, can show that; nobody "
                "else can.",
            ),
            frame.mark(_refusal is not None, f"A copy with one number changed: *{_refusal}*."),
            frame.mark(_answer is not None, f"The same question, asked again: *{_answer}*."),
            frame.table(
                [
                    {**place, "method": place["method"].replace("_", " ")}
                    for place in _certificate["places"]
                    if place["before"]
                ]
            ),
            mo.download(
                file_of(_certificate),
                filename=f"erasure-{proven.erasure_id}.json",
                mimetype="application/json",
                label="The certificate",
            ),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
