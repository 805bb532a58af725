"""The marts of a small warehouse, told as a story whose figures can be counted by hand.

c1 asks about a delivery in the web chat, is answered by a bot, then by staff, and calls the next
day about the same. c2 is helped by a bot on WhatsApp. c3's story is c1's, but quality is withdrawn.
c4's ticket is escalated, handed over, solved, and opened again.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from privacy.erasure.person import Person
from privacy.erasure.warehouse_rows import erase_rows, looking_for
from privacy.ids import CustomerId
from privacy.warehouse.open import Warehouse, attach, connect

pytestmark = pytest.mark.slow

PURPOSES = ("service", "quality", "analytics", "personalisation", "marketing")
PEOPLE = {"s1": "c1", "s2": "c1", "s3": "c2", "s4": "c3", "s5": "c4"}
CANARY = "zanzibar-canary-4711"


def at(clock: str, day: int = 2) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), UTC)


def said(
    identity: str,
    thread: str,
    subject: str | None,
    channel: str,
    speaker: str,
    when: datetime,
    **more: Any,
) -> dict[str, Any]:
    return {
        "interaction_id": identity,
        "thread_id": thread,
        "subject_id": subject,
        "channel": channel,
        "speaker": speaker,
        "direction": "inbound" if speaker == "customer" else "outbound",
        "language": "und",
        "text_redacted": f"{CANARY} {identity}",
        "occurred_at": when,
        **more,
    }  # fmt: skip


def did(
    identity: str,
    thread: str,
    subject: str | None,
    channel: str,
    kind: str,
    when: datetime,
    value: str | None = None,
    actor: str = "system",
) -> dict[str, Any]:
    return {
        "event_id": identity,
        "thread_id": thread,
        "subject_id": subject,
        "channel": channel,
        "kind": kind,
        "value": value,
        "actor": actor,
        "occurred_at": when,
    }  # fmt: skip


def delivery(subject: str, caller: str, prefix: str) -> tuple[list[Any], list[Any]]:
    """A chat and a call about one delivery."""
    chat, call = f"{prefix}chat", f"{prefix}call"
    messages = [
        said(f"{prefix}1", chat, subject, "web_chat", "customer", at("10:00:00"),
             language="de", country="DE", sentiment=-0.5),
        said(f"{prefix}2", chat, None, "web_chat", "bot", at("10:00:20"), language="de"),
        said(f"{prefix}3", chat, None, "web_chat", "agent", at("10:02:00"), agent_token="a_1"),
        said(f"{prefix}4", call, caller, "phone", "agent", at("09:00:05", 3),
             agent_token="a_2", duration_seconds=5.0),
        said(f"{prefix}5", call, caller, "phone", "customer", at("09:00:10", 3),
             duration_seconds=30.0, sentiment=-1.0),
    ]  # fmt: skip
    events = [
        did(f"{prefix}a", chat, None, "web_chat", "opened", at("10:00:00")),
        did(f"{prefix}b", chat, None, "web_chat", "reason_set", at("10:03:00"), "delivery"),
        did(f"{prefix}c", chat, None, "web_chat", "solved", at("10:05:00"), actor="agent"),
        did(f"{prefix}d", chat, None, "web_chat", "rated", at("10:06:00"), "4", "customer"),
        did(f"{prefix}e", call, caller, "phone", "opened", at("09:00:00", 3)),
        did(f"{prefix}f", call, caller, "phone", "reason_set", at("09:01:00", 3), "delivery"),
        did(f"{prefix}g", call, caller, "phone", "solved", at("09:10:00", 3), actor="agent"),
    ]
    return messages, events


def decisions(**refused: str) -> list[dict[str, Any]]:
    return [
        {
            "subject_id": subject,
            "purpose": purpose,
            "legal_basis": "consent" if purpose == "analytics" else "contract",
            "consent_event_id": f"e_{customer}" if purpose == "analytics" else None,
            "rule_source": "GDPR Art. 6(1)",
            "is_permitted": refused.get(customer) != purpose,
        }
        for subject, customer in PEOPLE.items()
        for purpose in PURPOSES
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, world_of: Callable[[Path], Any]) -> Any:
    world = world_of(tmp_path_factory.mktemp("zone"))
    c1_messages, c1_events = delivery("s1", "s2", "x")
    c3_messages, c3_events = delivery("s4", "s4", "y")
    ticket = "ticket"
    world.fill(
        {
            "customers": [{"subject_id": s, "customer_id": c} for s, c in PEOPLE.items()],
            "handles": [
                {"subject_id": s, "segment_id": g, "kind": "email", "handle_index": f"h_{s}"}
                for s in PEOPLE
                for g in ("g1", "g2")
            ],
            "decisions": decisions(c3="quality"),
            "consent_events": [
                {"consent_event_id": f"e_{c}", "subject_id": s, "action": "given"}
                for c, s in {c: s for s, c in PEOPLE.items()}.items()
            ],
            "interactions": [
                *c1_messages,
                *c3_messages,
                said("w1", "wa", "s3", "whatsapp", "customer", at("11:00:00"),
                     language="en", country="AT"),
                said("w2", "wa", "s3", "whatsapp", "bot", at("11:00:30"), language="en"),
                said("m1", ticket, "s5", "help_desk", "customer", at("12:00:00"),
                     language="fr", country="FR", sentiment=-0.25),
                said("m2", ticket, "s5", "help_desk", "agent", at("13:00:00"), agent_token="a_1"),
                said("n1", "campaign", "s5", "email", "system", at("08:00:00")),
                said("n2", "stranger", None, "email", "customer", at("08:00:00")),
            ],
            "thread_events": [
                *c1_events,
                *c3_events,
                did("t1", ticket, "s5", "help_desk", "opened", at("12:00:00")),
                did("t2", ticket, "s5", "help_desk", "reason_set", at("12:00:01"), "return"),
                did("t3", ticket, "s5", "help_desk", "escalated", at("12:30:00")),
                did("t4", ticket, "s5", "help_desk", "transferred", at("12:31:00"), "tier_2"),
                did("t5", ticket, "s5", "help_desk", "solved", at("14:00:00"), actor="agent"),
                did("t6", ticket, "s5", "help_desk", "reopened", at("15:00:00"), actor="customer"),
            ],
            "orders": [
                {"order_id": "o1", "subject_id": "s1", "channel": "store", "country": "DE",
                 "currency": "EUR", "total_amount": Decimal("19.90"), "ordered_at": at("09:00:00")},
                {"order_id": "o2", "subject_id": "s1", "channel": "store", "country": "DE",
                 "currency": "EUR", "total_amount": Decimal("-5.00"), "is_return": True,
                 "ordered_at": at("18:00:00")},
                {"order_id": "o4", "channel": "store", "country": "DE", "currency": "EUR",
                 "total_amount": Decimal("1.00"), "ordered_at": at("09:30:00")},
                {"order_id": "o3", "subject_id": "s4", "channel": "store", "country": "DE",
                 "currency": "EUR", "total_amount": Decimal("7.00"), "ordered_at": at("09:00:00")},
            ],
        }
    )  # fmt: skip
    run = world.dbt("build")
    assert run.code == 0, run.output
    return world, run


def kpis(world: Any, **where: str) -> dict[str, Any]:
    condition = " and ".join(f"{column} = '{value}'" for column, value in where.items())
    (row,) = world.rows(f"select * from marts.resolution_kpis where {condition}")
    return dict(row)


def test_every_test_and_unit_test_passes(built: Any) -> None:
    _, run = built
    failed = [r["unique_id"] for r in run.results if r["status"] not in ("pass", "success")]
    assert not failed
    assert sum(r["unique_id"].startswith("unit_test.") for r in run.results) >= 19


def test_a_problem_on_two_channels_is_one_resolution_thread(built: Any) -> None:
    row = kpis(built[0], channel="web_chat")
    expected = {
        "day": date(2026, 3, 2), "language": "de", "country": "DE", "reason": "delivery",
        "count_resolution_threads": 1, "count_contacts": 2, "count_messages": 5,
        "count_solved": 1, "count_solved_at_first_contact": 0, "count_self_service": 0,
        "count_repeated_explanation": 1, "count_asked": 1, "count_answered": 1,
        "count_answered_fast": 1, "count_handoffs": 0, "count_ratings": 1, "sum_rating": 4,
        "count_sentiments": 2, "sum_sentiment": -1.5, "sum_handling_seconds": 20 + 100 + 35,
        "median_first_answer_seconds": 20, "median_first_agent_answer_seconds": 120,
        "median_solve_seconds": timedelta(hours=23, minutes=10).total_seconds(),
        "share_solved_at_first_contact": 0, "share_repeated_explanation": 1,
        "share_answered_fast": 1, "average_rating": 4, "average_sentiment": -0.75,
    }  # fmt: skip
    assert {column: row[column] for column in expected} == expected


def test_a_bot_alone_is_self_service_solved_at_first_contact(built: Any) -> None:
    row = kpis(built[0], channel="whatsapp")
    assert (row["country"], row["language"], row["reason"]) == ("AT", "en", "unknown")
    assert row["share_self_service"] == row["share_solved_at_first_contact"] == 1
    assert row["median_first_answer_seconds"] == 30
    assert row["median_first_agent_answer_seconds"] is None


def test_a_reopened_ticket_is_open_and_every_step_is_counted(built: Any) -> None:
    row = kpis(built[0], channel="help_desk")
    assert row["count_finished"] == row["count_solved"] == 0
    assert row["share_solved_at_first_contact"] is None
    assert (row["count_escalations"], row["count_handoffs"], row["count_reopenings"]) == (1, 1, 1)
    assert (row["count_asked"], row["count_answered"], row["count_answered_fast"]) == (1, 1, 0)
    assert row["sum_handling_seconds"] == 300


def test_orders_of_nobody_count_and_those_of_the_withdrawn_do_not(built: Any) -> None:
    row = kpis(built[0], channel="store")
    assert (row["count_orders"], row["count_contacts"], row["country"]) == (2, 0, "DE")
    assert (row["language"], row["reason"]) == ("und", "unknown")


def test_what_only_we_sent_is_no_contact_and_a_stranger_is_nobodys(built: Any) -> None:
    world, _ = built
    assert not world.rows("select * from marts.resolution_threads where channel = 'email'")
    assert not world.rows("select * from marts.contact_history where thread_id = 'stranger'")


def test_a_customer_who_withdrew_one_purpose_is_still_in_the_marts_of_another(built: Any) -> None:
    world, _ = built
    for mart, people in {
        "resolution_threads": {"c1", "c2", "c4"},
        "agent_context": {"c1", "c2", "c3", "c4"},
        "customer_360": {"c1", "c2", "c3", "c4"},
        "contact_history": {"c1", "c2", "c3", "c4"},
    }.items():
        found = world.rows(f"select distinct customer_id from marts.{mart}")
        assert {row["customer_id"] for row in found} == people, mart


def test_an_agent_sees_what_is_open_and_that_it_was_explained_twice(built: Any) -> None:
    world, _ = built
    rows = world.rows("select * from marts.agent_context order by customer_id")
    c1, _, _, c4 = rows
    assert c1["has_repeated_explanation"] is True
    assert (c1["country"], c1["preferred_language"], c1["preferred_channel"]) == (
        "DE",
        "de",
        "phone",
    )
    assert c1["channels"] == ["phone", "web_chat"]
    assert (c1["count_contacts"], c1["count_orders"], c1["last_rating"]) == (2, 1, 4)
    assert c1["average_sentiment"] == -0.75
    assert c1["open_threads"] == []
    (ticket,) = c4["open_threads"]
    assert (ticket["thread_id"], ticket["status"], ticket["reason"]) == ("ticket", "open", "return")
    assert (c4["count_contacts"], c4["count_threads"], c4["count_open_threads"]) == (1, 2, 1)


def test_history_is_in_order_of_customer_and_time(built: Any) -> None:
    world, _ = built
    rows = world.rows("select customer_id, occurred_at, entry_id from marts.contact_history")
    assert rows == sorted(rows, key=lambda r: (r["customer_id"], r["occurred_at"], r["entry_id"]))
    assert len(rows) == 12 + 12 + 2 + 9 + 3
    kinds = world.rows(
        "select entry_kind, event_kind, amount, currency from marts.contact_history"
        " where entry_id = 'o2'"
    )
    assert kinds == [
        {
            "entry_kind": "order",
            "event_kind": "return",
            "amount": Decimal("-5.00"),
            "currency": "EUR",
        }
    ]


def test_a_row_of_nobody_is_told_under_the_subject_of_its_thread(built: Any) -> None:
    (row,) = built[0].rows("select * from marts.contact_history where entry_id = 'x2'")
    assert (row["subject_id"], row["customer_id"], row["reason"]) == ("s1", "c1", "delivery")


def test_lineage_gives_the_ground_of_every_row_of_every_mart_of_people(built: Any) -> None:
    world, _ = built
    keys = {
        "agent_context": "customer_id",
        "customer_360": "customer_id",
        "contact_history": "entry_id",
        "resolution_threads": "resolution_thread_id",
    }
    for mart, key in keys.items():
        untraced = world.rows(
            f"select {key} from marts.{mart} anti join marts.consent_lineage as lineage"
            f" on lineage.mart = '{mart}' and lineage.row_key = {mart}.{key}"
        )
        assert not untraced, mart
    (row,) = world.rows(
        "select * from marts.consent_lineage where mart = 'customer_360' and row_key = 'c2'"
    )
    assert (row["legal_basis"], row["consent_event_id"]) == ("consent", "e_c2")


def test_neither_text_nor_key_is_in_dbts_files(built: Any) -> None:
    world, run = built
    secrets = [
        CANARY.encode(),
        world.key,
        world.key.hex().encode(),
        world.key.hex().upper().encode(),
    ]
    files = [
        p for place in ("target", "logs") for p in (world.root / place).rglob("*") if p.is_file()
    ]
    assert any(p.name == "manifest.json" for p in files)
    for path in files:
        held = path.read_bytes()
        assert not any(secret in held for secret in secrets), path
    assert CANARY not in run.output
    assert world.key.hex() not in run.output


MEDIANS = (
    "median_handling_seconds",
    "median_first_answer_seconds",
    "median_first_agent_answer_seconds",
    "median_solve_seconds",
)
TOTALS = f"""
    select * exclude ({", ".join(MEDIANS)}) from marts.resolution_kpis
    order by day, channel, language, country, reason
"""


def erase(world: Any, people: dict[str, str]) -> None:
    """Take people out of the warehouse as an erasure does."""
    connection = connect(world.root / "temporary")
    try:
        attach(connection, world.file, world.key)
        connection.execute("use warehouse; set timezone = 'UTC'")
        warehouse = Warehouse(connection)
        everyone = [
            Person(CustomerId(customer), (), (subject,), (f"h_{subject}",))
            for subject, customer in people.items()
        ]
        for _ in range(2):
            with looking_for(warehouse, *everyone), warehouse.transaction():
                erase_rows(warehouse)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def rebuilt(
    built: Any, tmp_path_factory: pytest.TempPathFactory, world_of: Callable[[Path], Any]
) -> Any:
    """The same zone a day later: c1 has withdrawn, c2 and c3 are erased."""
    before, _ = built
    folder = tmp_path_factory.mktemp("later") / "zone"
    shutil.copytree(before.root, folder)
    world = world_of(folder)
    world.fill({"decisions": decisions(c1="service", c3="quality")})
    erase(world, {"s3": "c2", "s4": "c3"})
    run = world.dbt("build", "--exclude-resource-type", "unit_test")
    assert run.code == 0, run.output
    return world


def test_withdrawal_hides_the_customer_from_the_next_build_and_changes_nobody_else(
    built: Any, rebuilt: Any
) -> None:
    before, world = built[0], rebuilt
    marts = ("agent_context", "contact_history")
    unchanged = "select * from marts.{} where customer_id = 'c4'"
    assert [world.rows(unchanged.format(mart)) for mart in marts] == [
        before.rows(unchanged.format(mart)) for mart in marts
    ]
    for mart in marts:
        assert not world.rows(f"select * from marts.{mart} where customer_id = 'c1'"), mart
    assert not world.rows(
        "select * from marts.consent_lineage where purpose = 'service' and subject_id in ('s1', 's2')"
    )
    assert world.rows("select * from marts.customer_360 where customer_id = 'c1'")


def test_totals_of_past_days_are_what_they_were_before_an_erasure(built: Any, rebuilt: Any) -> None:
    assert rebuilt.rows(TOTALS) == built[0].rows(TOTALS)
    assert not rebuilt.rows("select * from marts.resolution_threads where customer_id = 'c2'")
    (left,) = rebuilt.rows("select * from core.erased_totals")
    assert (left["channel"], left["count_resolution_threads"]) == ("whatsapp", 1)


def test_an_order_of_an_erased_person_who_was_in_no_total_is_in_none(rebuilt: Any) -> None:
    found = rebuilt.rows("select item_id, total_amount from core.orders where item_id != ''")
    assert found == [{"item_id": "withheld", "total_amount": Decimal("7.00")}]
