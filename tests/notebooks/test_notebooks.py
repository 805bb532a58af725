"""The notebooks run headless, show what the warehouse says, name nobody, and save nothing."""

import ast
import html
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import func, select

from privacy.audit.log import AuditLog
from privacy.consent.decision import permitted_customer
from privacy.errors import NotFound
from privacy.identity.lookup import subjects_of
from privacy.ids import CustomerId
from privacy.keys.zone_secrets import has_secrets
from privacy.opened import OpenZone, open_zone
from privacy.store.tables import (
    CONSENT_EVENTS,
    CUSTOMER_MEMBERS,
    ERASURES,
    LANDING_SEGMENTS,
    QUARANTINE,
)
from privacy.warehouse.open import open_warehouse
from privacy.zones.model import Purpose
from tests.notebooks.running import NAMES, NOTEBOOKS, ZONE, Page, figures_of, files_of, run

pytestmark = pytest.mark.slow

SECRETS = ("warehouse", "landing", "quarantine", "profiles-digest")


def answer(zone: OpenZone, query: str, *parameters: Any) -> Any:
    """Ask the warehouse one thing."""
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        row = warehouse.connection.execute(query, list(parameters)).fetchone()
    assert row is not None
    return row if len(row) > 1 else row[0]


def planted(home: Path) -> set[str]:
    """Give every name, handle and number of the world that stands for somebody."""
    truth = home / "world" / "truth"
    people = pq.read_table(truth / "people.parquet").to_pylist()
    handles = pq.read_table(truth / "handles.parquet").to_pylist()
    messages = pq.read_table(truth / "messages.parquet").to_pylist()
    found = {person["full_name"] for person in people}
    found |= {handle["value"].split(":", 1)[-1] for handle in handles}
    for message in messages:
        for span in message["spans"]:
            if span["entity"] not in {"DATE_TIME", "LOCATION", "ORGANIZATION"}:
                found.add(message["text"][span["start"] : span["end"]])
    # A first name alone may be a word of the page's own.
    return {value for value in found if len(value) > 7}


def found_in(page: str, values: Iterable[str]) -> set[str]:
    """Give which values stand in a page, however it is escaped."""
    escaped = html.unescape(page)
    readings = [page, escaped, page.encode().decode("unicode_escape", "ignore"), unquoted(escaped)]
    texts = [reading.casefold() for reading in readings]
    forms = {value: {value.casefold(), json.dumps(value)[1:-1].casefold()} for value in values}
    return {
        value
        for value, written in forms.items()
        if any(form in text for form in written for text in texts)
    }


def unquoted(text: str) -> str:
    """Undo JSON's escapes, twice: the page holds JSON within JSON."""
    for _ in range(2):
        text = text.replace('\\"', '"').replace("\\\\", "\\")
        pieces = text.split("\\u")
        text = pieces[0] + "".join(
            chr(int(piece[:4], 16)) + piece[4:]
            if len(piece) >= 4 and all(letter in "0123456789abcdefABCDEF" for letter in piece[:4])
            else f"\\u{piece}"
            for piece in pieces[1:]
        )
    return html.unescape(text)


def test_the_day_shows_what_store_and_warehouse_say(
    page: Callable[[str], Page], zone: OpenZone
) -> None:
    figures = page("a_day_in_one_zone").figures
    segments = LANDING_SEGMENTS.c
    with zone.store.connect() as store:
        for outcome in ("landed", "sealed", "duplicate", "quarantined"):
            count = store.scalar(select(func.sum(segments[f"count_{outcome}"])))
            assert figures[f"count_{outcome}"] == count, outcome
        held = store.scalar(
            select(func.count()).select_from(QUARANTINE).where(QUARANTINE.c.status == "held")
        )
    assert figures["count_landed"] > 100
    assert figures["count_held_now"] == held
    assert figures["count_texts"] == answer(zone, "select count(*) from core.interactions")
    assert figures["count_spans"] == answer(zone, "select count(*) from core.mentions")
    assert 0 < figures["count_checks_passed"] == figures["count_checks"]


def test_the_kpis_are_those_of_the_mart(page: Callable[[str], Page], zone: OpenZone) -> None:
    figures = page("a_look_at_the_kpis").figures
    counts = answer(
        zone,
        """
        select
            sum(count_contacts)::bigint,
            sum(count_resolution_threads)::bigint,
            sum(count_escalations)::bigint,
            sum(count_solved_at_first_contact)::bigint,
            sum(count_finished)::bigint
        from marts.resolution_kpis
        """,
    )
    contacts, threads, escalations, solved_at_first, finished = counts
    assert threads > 10
    assert figures["contacts"] == contacts
    assert figures["resolution_threads"] == threads
    assert figures["escalations"] == escalations
    assert figures["solved_at_first_contact"] == pytest.approx(solved_at_first / finished, abs=1e-5)
    threads_in_mart = answer(zone, "select count(*) from marts.resolution_threads")
    assert figures["resolution_threads"] == threads_in_mart


def test_every_figure_of_the_document_is_on_the_page_of_kpis(page: Callable[[str], Page]) -> None:
    document = (NOTEBOOKS.parent / "docs" / "kpis.md").read_text("utf-8")
    headings = [line[3:] for line in document.splitlines() if line.startswith("## ")]
    shown = unquoted(page("a_look_at_the_kpis").html)
    assert len(headings) > 10
    for heading in headings:
        if heading != "Columns":
            assert heading in shown, heading


def test_the_kpis_stand_beside_the_truth_of_a_made_up_world(page: Callable[[str], Page]) -> None:
    assert "Measured beside the truth" in unquoted(page("a_look_at_the_kpis").html)


def test_the_audit_shows_what_ledger_log_and_lineage_say(
    visited: str, home: Path, zone: OpenZone
) -> None:
    logged = len(AuditLog(zone).entries_for(visited))
    printed = run(
        NOTEBOOKS / "an_audit_of_one_customer.py", "--", "--customer", visited, home=home
    ).stdout
    figures = figures_of(printed)
    subjects = list(subjects_of(zone, CustomerId(visited)))
    now = zone.clock()
    with zone.store.connect() as store:
        events = store.scalar(
            select(func.count())
            .select_from(CONSENT_EVENTS)
            .where(CONSENT_EVENTS.c.subject_id.in_(subjects))
        )
    assert figures["customer"] == visited
    assert figures["count_subjects"] == len(subjects)
    assert figures["count_consent_events"] == events > 0
    assert figures["count_purposes_permitted"] == sum(
        permitted_customer(zone, visited, purpose, at=now, known_at=now).is_permitted
        for purpose in Purpose
    )
    assert figures["count_lineage_rows"] == answer(
        zone,
        "select count(distinct (mart, row_key)) from marts.consent_lineage"
        " where subject_id in (select unnest($1::varchar[]))",
        subjects,
    )
    # Reading the consents is logged before the log is read; reading the log, after.
    assert figures["count_looks"] == logged + 1


def test_the_audit_shows_who_looked_and_that_each_entry_is_proven(
    visited: str, page: Callable[[str], Page]
) -> None:
    shown = unquoted(page("an_audit_of_one_customer").html)
    assert visited in shown
    assert "desk-7" in shown
    assert "read_timeline" in shown
    assert "are in the log the zone signed" in shown
    assert "✗" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_rendered_whole_and_without_an_error(
    name: str, page: Callable[[str], Page]
) -> None:
    shown = page(name).html
    assert "vega-lite" in shown.lower(), "no chart"
    for trace in ("Traceback", "MarimoExceptionRaisedError", "marimo-error"):
        assert f'"{trace}' not in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_page_names_nobody(name: str, page: Callable[[str], Page], home: Path) -> None:
    values = planted(home)
    assert len(values) > 100
    assert found_in(page(name).html, values) == set()


def test_a_name_that_is_shown_would_be_found(tmp_path: Path, home: Path) -> None:
    names = sorted(planted(home))
    value = next(name for name in names if not name.isascii())
    leaking = tmp_path / "leaking.py"
    leaking.write_text(
        "import marimo\napp = marimo.App()\n\n\n@app.cell\ndef _():\n    import marimo as mo\n"
        f"    mo.ui.table([dict(who=bytes.fromhex('{value.encode().hex()}').decode())])\n    return\n",
        "utf-8",
    )
    out = tmp_path / "leaking.html"
    run("-m", "marimo", "export", "html", leaking, "-o", out, home=home)
    assert found_in(out.read_text("utf-8"), names) == {value}


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_on_a_page(name: str, page: Callable[[str], Page], zone: OpenZone) -> None:
    assert has_secrets(zone.store)
    shown = page(name).html.lower()
    for secret in SECRETS:
        assert zone.keyring.secret(secret).hex() not in shown


def test_nothing_is_erased_while_the_switch_is_off(
    visited: str, page: Callable[[str], Page], zone: OpenZone
) -> None:
    shown = unquoted(page("an_audit_of_one_customer").html)
    assert "the switch is off" in shown
    assert subjects_of(zone, CustomerId(visited))
    with zone.store.connect() as store:
        states = set(store.scalars(select(ERASURES.c.state)))
    assert states == {"planned"}


def test_an_erasure_is_executed_proven_and_nobody_is_found_afterwards(
    visited: str, home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    switched_on = (
        f"import sys; sys.path.insert(0, {str(NOTEBOOKS)!r}); "
        "import an_audit_of_one_customer as audit; audit.app.run(defs={'is_erasing': True})"
    )
    figures = figures_of(run("-c", switched_on, home=copy).stdout)
    assert figures["customer"] == visited
    assert figures["erased_rows"] > 0
    assert figures["keys_that_open"] == 0
    assert figures["found_by_search"] == 0
    assert figures["is_forgery_refused"]
    assert figures["is_nobody_now"]
    with open_zone(copy, ZONE) as erased_in:
        with pytest.raises(NotFound):
            subjects_of(erased_in, CustomerId(visited))
        with erased_in.store.connect() as store:
            assert store.scalar(
                select(func.count()).select_from(ERASURES).where(ERASURES.c.state == "certified")
            )
            assert not store.scalar(
                select(func.count())
                .select_from(CUSTOMER_MEMBERS)
                .where(CUSTOMER_MEMBERS.c.customer_id == visited)
            )
    again = run(
        NOTEBOOKS / "an_audit_of_one_customer.py",
        "--",
        "--customer",
        visited,
        home=copy,
        expect=1,
    )
    assert again.stderr.strip() == "There is no such customer."


@pytest.mark.parametrize("name", NAMES)
def test_without_a_home_a_notebook_says_so_in_one_line(name: str, tmp_path: Path) -> None:
    done = run(NOTEBOOKS / f"{name}.py", home=tmp_path / "nothing", expect=1)
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert "There is no zone that has been run" in line
    assert "make demo" in line


def test_a_zone_that_was_never_run_is_not_offered(home: Path) -> None:
    done = run(NOTEBOOKS / "a_look_at_the_kpis.py", "--", "--zone", "uk", home=home, expect=1)
    assert done.stderr.strip() == "--zone is one of: eu."


def test_running_saves_nothing_beside_the_notebooks(
    before: dict[str, bytes], page: Callable[[str], Page]
) -> None:
    for name in NAMES:
        page(name)
    assert files_of(NOTEBOOKS) == before


def test_marimo_has_no_place_to_keep_outputs_in() -> None:
    assert (NOTEBOOKS / "__marimo__").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_plain_python_with_nothing_but_code(name: str) -> None:
    source = (NOTEBOOKS / f"{name}.py").read_text("utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert "data:image" not in source
    assert len(source) < 40_000
