"""Everything that was written is read by the connectors as the truth has it."""

from collections import Counter
from typing import Any

import pytest

from pipelines.synthetic.world import WorldReport
from privacy.errors import Unroutable
from privacy.records.canonical import (
    ConsentEvent,
    Contact,
    EventKind,
    Handle,
    Interaction,
    Order,
    Record,
    ThreadEvent,
)
from privacy.zones.loader import load_policies
from privacy.zones.routing import CONFLICTING_EVIDENCE, route

Rows = dict[str, list[dict[str, Any]]]


def records_of(seen: Any, kind: type[Record]) -> list[tuple[str, str, Any]]:
    return [
        (zone, source, record)
        for zone, source, _, parsed in seen.parsed
        for record in parsed.records
        if isinstance(record, kind)
    ]


def threads(truth: Rows, kind: str) -> set[tuple[str, str, str]]:
    return {
        (fault["zone"], fault["source"], fault["thread_vendor_id"])
        for fault in truth["faults"]
        if fault["kind"] == kind
    }


def test_every_file_is_recognised_by_the_connector_it_is_for(seen: Any) -> None:
    assert seen.unread == []


@pytest.mark.parametrize(("outcome", "found"), [("malformed", "refused"), ("duplicate", "doubles")])
def test_what_is_broken_or_doubled_is_found_and_nothing_else(
    world: WorldReport, seen: Any, outcome: str, found: str
) -> None:
    made = Counter(
        {
            (zone, source): outcomes.get(outcome, 0)
            for zone, sources in world.items.items()
            for source, outcomes in sources.items()
        }
    )
    assert +made == getattr(seen, found)
    assert made.total() > 5


def test_every_message_is_read_as_it_was_told(truth: Rows, seen: Any) -> None:
    told = {
        (row["delivered_zone"], row["source"], row["vendor_id"]): row for row in truth["messages"]
    }
    assert len(told) == len(truth["messages"])
    conflicting = threads(truth, "conflicting")
    unread = set(told)
    for zone, source, message in records_of(seen, Interaction):
        if (zone, source, message.thread_vendor_id) in conflicting:
            continue
        key = (zone, source, message.vendor_id.partition("#")[0])
        row = told[key]
        unread.discard(key)
        assert message.text == row["text"]
        assert message.thread_vendor_id == row["thread_vendor_id"]
        assert message.channel.value == row["channel"]
        assert message.speaker.value == row["speaker"]
        assert message.occurred_at == row["occurred_at"]
        assert message.language in (None, row["language"])
        assert bool(message.quoted) == row["has_quote"]
    assert unread == set()


def test_every_event_of_a_thread_is_read(truth: Rows, seen: Any) -> None:
    with_value = {EventKind.REASON_SET.value, EventKind.RATED.value}
    apart = threads(truth, "conflicting") | threads(truth, "stray")

    def told(zone: str, source: str, thread: str, kind: str, value: str | None, at: Any) -> Any:
        return zone, source, thread, kind, value if kind in with_value else None, at

    made = Counter(
        told(
            *(
                row[name]
                for name in ("zone", "source", "thread_vendor_id", "kind", "value", "occurred_at")
            )
        )
        for row in truth["events"]
        if row["source"] not in ("email", "whatsapp")
    )
    # A ticket that was exported twice tells its first events twice, under the same ids.
    events = {
        (zone, source, event.vendor_id): event
        for zone, source, event in records_of(seen, ThreadEvent)
    }
    read = Counter(
        told(zone, source, event.thread_vendor_id, event.kind.value, event.value, event.occurred_at)
        for (zone, source, _), event in events.items()
        if (zone, source, event.thread_vendor_id) not in apart
        and event.kind is not EventKind.STATUS_CHANGED
    )
    assert read == made
    assert {key[3] for key in made} >= {kind.value for kind in EventKind} - {"status_changed"}


def test_every_order_is_read(truth: Rows, seen: Any) -> None:
    made = {(row["zone"], row["vendor_id"]): row for row in truth["orders"]}
    read = {(zone, order.vendor_id): order for zone, _, order in records_of(seen, Order)}
    assert read.keys() == made.keys()
    for key, order in read.items():
        row = made[key]
        assert str(order.total_amount) == row["total_amount"]
        assert (order.currency, order.count_lines) == (row["currency"], row["count_lines"])
        assert order.is_return == row["is_return"]
        assert order.store_vendor_id == row["store_vendor_id"]
        assert order.ordered_at == row["ordered_at"]
        assert (order.customer is not None) == row["has_customer"]
    assert any(row["is_return"] for row in made.values())


def test_every_consent_is_read(truth: Rows, seen: Any) -> None:
    made = Counter(
        (row["zone"], row["source"], row["purpose"], row["action"], row["occurred_at"])
        for row in truth["consents"]
    )
    read = Counter(
        (zone, source, event.purpose, event.action.value, event.occurred_at)
        for zone, source, event in records_of(seen, ConsentEvent)
    )
    assert read == made
    assert {key[3] for key in made} == {"given", "refused", "withdrawn", "objected"}


def test_the_handles_are_linked_as_the_truth_says(truth: Rows, seen: Any) -> None:
    apart = threads(truth, "conflicting") | threads(truth, "stray")
    group: dict[tuple[str, Handle], set[tuple[str, Handle]]] = {}
    for zone, source, _, parsed in seen.parsed:
        for record in parsed.records:
            person = record.person if isinstance(record, Contact) else record.customer
            thread = getattr(record, "thread_vendor_id", "")
            if person is None or (zone, source, thread) in apart:
                continue
            joined: set[tuple[str, Handle]] = set()
            for handle in person.handles:
                joined |= group.get((zone, handle), {(zone, handle)})
            for member in joined:
                group[member] = joined
    made: dict[tuple[str, str], set[tuple[str, str, str, str]]] = {}
    for row in truth["handles"]:
        made.setdefault((row["zone"], row["cluster"]), set()).add(
            (row["zone"], row["kind"], row["value"], row["namespace"])
        )
    read = {
        frozenset((zone, h.kind.value, h.value, h.namespace) for zone, h in members)
        for members in group.values()
    }
    assert read == set(map(frozenset, made.values()))


def test_each_item_belongs_where_its_evidence_says(truth: Rows, seen: Any) -> None:
    policies = load_policies()
    home = {
        (row["delivered_zone"], row["source"], row["thread_vendor_id"]): row["zone"]
        for row in truth["messages"]
    }
    conflicting, refused = threads(truth, "conflicting"), set()
    for zone, source, _, parsed in seen.parsed:
        thread = next((getattr(record, "thread_vendor_id", "") for record in parsed.records), "")
        place = (zone, source, thread)
        if place in conflicting:
            with pytest.raises(Unroutable, match=CONFLICTING_EVIDENCE):
                route(parsed.hints, policies=policies, default=policies[zone].id)
            refused.add(place)
        else:
            found = route(parsed.hints, policies=policies, default=policies[zone].id)
            assert found.zone == home.get(place, zone)
    assert refused == conflicting != set()
    assert any(
        zone != row["zone"] for row in truth["messages"] for zone in (row["delivered_zone"],)
    )


def test_some_tickets_are_delivered_again_when_they_have_grown(seen: Any) -> None:
    versions = Counter(
        (zone, vendor_id.partition("@")[0])
        for zone, source, vendor_id, _ in seen.parsed
        if source == "zendesk"
    )
    assert max(versions.values()) == 2
    assert min(versions.values()) == 1
