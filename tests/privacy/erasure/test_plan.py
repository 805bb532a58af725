"""A plan says what it is about, what is kept by which article, whom else it touches, how long it takes."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from privacy.erasure.erase import erase
from privacy.erasure.journal import load
from privacy.erasure.obligations import obligations
from privacy.erasure.pace import ASSUMED_BYTES_A_SECOND, bytes_held, estimate
from privacy.erasure.plan import plan
from privacy.store import tables as store
from privacy.zones.loader import load_policies


def test_what_others_say_of_the_person_is_counted_by_channel_and_kind(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")

    (mentioned,) = planned.mentions
    assert (mentioned.channel, mentioned.entity) == ("web_chat", "EMAIL_ADDRESS")
    assert (mentioned.count_messages, mentioned.count_spans) == (1, 1)
    assert plan(world.zone, world.bob, "x").mentions == ()
    kept = json.dumps(load(world.zone, planned.erasure_id).plan)
    for part in (world.email, world.phone, *world.handles.values()):
        assert part not in kept


def test_what_is_to_be_kept_names_its_article(world: Any) -> None:
    found = {each.category: each for each in plan(world.zone, world.anna, "x").obligations}

    assert set(found) == {"orders", "consent", "audit"}
    orders = found["orders"]
    assert (orders.count, orders.period) == (2, "120 months from ordered")
    assert "Art. 17(3)(b)" in orders.source
    assert "figures of nobody" in orders.outcome


@pytest.mark.parametrize("zone", sorted(load_policies()))
def test_every_zone_says_by_which_article_each_is_kept(zone: str) -> None:
    counts = {"core.orders": 1, "consent_events": 1, "audit_entries": 1}
    found = obligations(load_policies()[zone], counts)
    assert [each.category for each in found] == ["orders", "consent", "audit"]
    assert all(each.source and each.set_by and each.confidence for each in found)


def test_time_is_assumed_until_it_was_measured_and_then_counted_on(world: Any) -> None:
    size = bytes_held(world.zone)
    assumed = estimate(world.zone)
    slowest = min(ASSUMED_BYTES_A_SECOND.values())
    assert 2 <= assumed.seconds <= 2 + 2 * size / slowest
    assert assumed.basis.count("assumed at") == 2

    certificate = erase(world.zone, world.bob, "x")
    pace = load(world.zone, certificate["erasure_id"]).progress["pace"]
    assert set(pace) == {"removal", "search"}
    assert all(part["milliseconds"] >= 1 and part["bytes"] > 0 for part in pace.values())

    slow = {part: {"milliseconds": 60_000, "bytes": bytes_held(world.zone)} for part in pace}
    _repace(world, certificate["erasure_id"], slow)
    measured = plan(world.zone, world.anna, "x")
    assert measured.estimate_seconds == pytest.approx(122, abs=3)
    assert measured.estimate_basis.count("as measured at the last 1") == 2


def _repace(world: Any, erasure_id: str, pace: dict[str, Any]) -> None:
    progress = {**load(world.zone, erasure_id).progress, "pace": pace}
    with world.zone.store.begin() as connection:
        connection.execute(
            update(store.ERASURES)
            .where(store.ERASURES.c.erasure_id == erasure_id)
            .values(progress=progress)
        )


def test_what_others_wrote_is_sealed_again_and_keeps_its_stand_in(world: Any) -> None:
    query = (
        "select interactions.interaction_id, text_redacted, sealed from core.interactions"
        " inner join core.originals using (interaction_id) where thread_id = 't_bob' order by 1"
    )
    with world.warehouse() as warehouse:
        before = {row[0]: row[1:] for row in warehouse.connection.execute(query).fetchall()}
    erase(world.zone, world.anna, "x")
    with world.warehouse() as warehouse:
        after = {row[0]: row[1:] for row in warehouse.connection.execute(query).fetchall()}

    assert after.keys() == before.keys()
    assert {one: row[0] for one, row in after.items()} == {
        one: row[0] for one, row in before.items()
    }, "redacted texts keep their stand-ins"
    mentioning = world.interaction(3)
    assert after[mentioning][1] != before[mentioning][1]
    assert world.count(
        "select count(*) from core.mentions where interaction_id = ? and identifier_index = ?",
        mentioning,
        world.handles[world.email],
    ) == 0  # fmt: skip
