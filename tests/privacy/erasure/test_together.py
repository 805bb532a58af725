"""Many people at once: each gets what they would get alone; and `grep` finds nobody afterwards."""

import json
from pathlib import Path
from typing import Any

import pytest

from privacy.erasure import store_rows
from privacy.erasure.execute import execute, execute_many
from privacy.erasure.known_values import gather, gather_each
from privacy.erasure.person import find_person
from privacy.erasure.plan import plan, plan_many
from privacy.erasure.verify import verify, verify_many
from tests.benchmarks.bench_proof.homes import Known
from tests.benchmarks.bench_proof.steps import search


def _known(world: Any) -> Known:
    person = find_person(world.zone, world.anna)
    return Known(
        world.anna,
        (("email", world.email, ""), ("phone", world.phone, "")),
        person.owner_ids,
        person.handle_indexes,
    )


def test_grep_finds_a_person_in_decrypted_copies_and_nothing_after_the_erasure(
    world: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    anna = _known(world)
    scratch = tmp_path_factory.mktemp("before")
    hits, people, size = search(world.zone, [anna], scratch)
    assert (hits > 20, people, size > 1000) == (True, 1, True)
    assert not scratch.exists()

    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)
    assert verify(world.zone, planned.erasure_id, values=done.values).is_complete
    hits, people, _ = search(world.zone, [anna], tmp_path_factory.mktemp("after"))
    assert (hits, people) == (0, 0)


def test_plans_made_together_count_what_plans_made_alone_count(world: Any) -> None:
    customers = [world.bob, world.anna]
    alone = [plan(world.zone, customer, "x") for customer in customers]
    together = plan_many(world.zone, customers, "x")

    assert [one.places for one in together] == [one.places for one in alone]
    assert [one.customer_id for one in together] == customers
    assert plan_many(world.zone, [], "x") == []


def test_what_is_known_of_each_is_gathered_for_each(world: Any) -> None:
    people = [find_person(world.zone, customer) for customer in (world.bob, world.anna)]

    together = gather_each(world.zone, people, given=[(), ()])
    assert together == [gather(world.zone, person) for person in people]
    assert {value.text for value in together[0]} == {world.bobs_email}


def test_the_journal_is_read_alike_for_few_subjects_and_for_many(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = find_person(world.zone, world.anna)
    with world.zone.store.connect() as connection:
        few = store_rows.count_rows(connection, person)
        monkeypatch.setattr(store_rows, "_MOST_SEARCHED_ONE_BY_ONE", 0)
        assert store_rows.count_rows(connection, person) == few
    assert few["identity_decisions"] == 3


def test_what_is_found_of_one_is_held_against_that_one_only(world: Any, tmp_path: Path) -> None:
    ids = [plan(world.zone, customer, "x").erasure_id for customer in (world.anna, world.bob)]
    values = {done.erasure_id: done.values for done in execute_many(world.zone, ids)}
    (world.zone.layout.root / "export.csv").write_text(f"id,mail\n1,{world.bobs_email}\n")

    annas, bobs = verify_many(world.zone, values)
    assert annas.is_complete
    assert bobs.failures == ("email as plain in zones/eu/export.csv",)


def test_a_number_that_another_wrote_in_its_own_way_is_taken_out(world: Any) -> None:
    written = "call her at +49 30 901820, please"
    sealed = world.zone.keyring.seal(
        world.bobs[0],
        table="originals",
        column="sealed",
        value=json.dumps({"text": written}).encode(),
    )
    with world.warehouse() as warehouse:
        warehouse.connection.execute(
            "update core.originals set sealed = ? where interaction_id = ?",
            [sealed, world.interaction(4)],
        )
    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)

    assert verify(world.zone, planned.erasure_id, values=done.values).is_complete
    with world.warehouse() as warehouse:
        row = warehouse.connection.execute(
            "select sealed from core.originals where interaction_id = ?", [world.interaction(4)]
        ).fetchone()
    opened = world.zone.keyring.open(
        world.bobs[0], table="originals", column="sealed", sealed=row[0]
    )
    assert json.loads(opened)["text"] == "call her at " + "\u2588" * 13 + ", please"
