import random
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from privacy.errors import ConfigurationError, NotFound
from privacy.identity import resolve as resolving
from privacy.identity.journal import history, split, undo
from privacy.identity.lookup import subjects_of
from privacy.identity.membership import DecisionKind
from privacy.records.tables import CUSTOMERS
from privacy.store.tables import CUSTOMER_MEMBERS, IDENTITY_CUTS, IDENTITY_DECISIONS

_MEMORY = duckdb.connect()


def resolve(zone, links, subjects):
    return resolving.reconcile(zone, links, subjects, connection=_MEMORY)


def links_of(*pairs: tuple[str, str], evidence: str = "same_contact") -> pa.Table:
    return pa.table(
        {
            "subject_id": pa.array([pair[0] for pair in pairs], pa.string()),
            "other_subject_id": pa.array([pair[1] for pair in pairs], pa.string()),
            "evidence": pa.array([evidence] * len(pairs), pa.string()),
        }
    )


def mapping_of(customers: pa.Table) -> dict[str, str]:
    return dict(
        zip(
            customers.column("subject_id").to_pylist(),
            customers.column("customer_id").to_pylist(),
            strict=True,
        )
    )


def sets_of(customers: pa.Table) -> set[frozenset[str]]:
    sets = defaultdict(set)
    for subject, customer in mapping_of(customers).items():
        sets[customer].add(subject)
    return {frozenset(members) for members in sets.values()}


def union_find(subjects: list[str], pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    sets = {subject: {subject} for subject in subjects}
    for one, other in pairs:
        if one in sets and other in sets and sets[one] is not sets[other]:
            sets[one] |= sets[other]
            for member in sets[other]:
                sets[member] = sets[one]
    return {frozenset(members) for members in sets.values()}


def state_of(zone) -> tuple:
    with zone.store.connect() as connection:
        return tuple(
            tuple(sorted(map(repr, connection.execute(select(table)).all())))
            for table in (CUSTOMER_MEMBERS, IDENTITY_CUTS, IDENTITY_DECISIONS)
        )


def empty(zone) -> None:
    with zone.store.begin() as connection:
        for table in (CUSTOMER_MEMBERS, IDENTITY_CUTS, IDENTITY_DECISIONS):
            connection.execute(table.delete())


SUBJECTS = [f"s_{letter}" for letter in "abcdefghij"]
pair = st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(SUBJECTS))
pairs = st.lists(pair, max_size=14)
few = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(found=pairs, seed=st.integers(0, 9))
def test_customers_are_what_a_plain_union_find_gives_in_any_order(zone, found, seed):
    empty(zone)
    first = resolve(zone, links_of(*found), SUBJECTS)
    assert sets_of(first.customers) == union_find(SUBJECTS, found)
    shuffled = [tuple(reversed(link)) for link in found] * 2
    random.Random(seed).shuffle(shuffled)
    before = state_of(zone)
    again = resolve(zone, links_of(*shuffled), SUBJECTS[::-1])
    assert mapping_of(again.customers) == mapping_of(first.customers)
    assert again.changed == frozenset()
    assert state_of(zone) == before, "a second run writes nothing"


@few
@given(early=pairs, late=pairs)
def test_links_in_two_runs_give_the_same_sets_as_in_one(zone, early, late):
    empty(zone)
    resolve(zone, links_of(*early), SUBJECTS)
    both = resolve(zone, links_of(*early, *late), SUBJECTS)
    assert sets_of(both.customers) == union_find(SUBJECTS, early + late)


@few
@given(early=pairs, late=pairs)
def test_undoing_every_merge_restores_the_former_customers_for_good(zone, clock, early, late):
    empty(zone)
    former = mapping_of(resolve(zone, links_of(*early), SUBJECTS).customers)
    clock.advance(minutes=1)
    resolve(zone, links_of(*early, *late), SUBJECTS)
    with zone.store.connect() as connection:
        merges = connection.execute(
            select(IDENTITY_DECISIONS.c.decision_id).where(
                IDENTITY_DECISIONS.c.kind == DecisionKind.MERGED
            )
        ).scalars()
        merges = sorted(merges)
    for decision in merges:
        undo(zone, decision, by="officer")
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(CUSTOMER_MEMBERS.c.subject_id, CUSTOMER_MEMBERS.c.customer_id)
        )
        restored = {row.subject_id: row.customer_id for row in rows}
    assert restored == former
    later = resolve(zone, links_of(*early, *late), SUBJECTS)
    for one in former:
        for other in former:
            if former[one] == former[other]:
                assert mapping_of(later.customers)[one] == mapping_of(later.customers)[other]


@few
@given(found=pairs, apart=st.lists(pair, max_size=4))
def test_a_pair_that_was_ruled_apart_is_never_one_customer(zone, found, apart):
    empty(zone)
    with zone.store.begin() as connection:
        rows = {(min(p), max(p)) for p in apart if p[0] != p[1]}
        if rows:
            connection.execute(
                IDENTITY_CUTS.insert(),
                [
                    {
                        "subject_id": a,
                        "other_subject_id": b,
                        "decided_by": "officer",
                        "decided_at": zone.clock(),
                    }
                    for a, b in rows
                ],
            )
    outcome = resolve(zone, links_of(*found), SUBJECTS)
    customers = mapping_of(outcome.customers)
    assert all(customers[a] != customers[b] for a, b in rows)
    plain = union_find(SUBJECTS, found)
    assert all(any(part <= whole for whole in plain) for part in sets_of(outcome.customers))
    before = state_of(zone)
    shuffled = found[::-1]
    assert resolve(zone, links_of(*shuffled), SUBJECTS).changed == frozenset()
    assert state_of(zone) == before


def test_a_merged_customer_keeps_the_id_of_the_oldest(zone, clock):
    first = mapping_of(resolve(zone, links_of(), ["s_z"]).customers)
    clock.advance(days=1)
    second = mapping_of(resolve(zone, links_of(), ["s_a", "s_z"]).customers)
    clock.advance(days=1)
    merged = resolve(zone, links_of(("s_a", "s_z")), ["s_a", "s_z"])
    assert set(mapping_of(merged.customers).values()) == {first["s_z"]}
    assert merged.changed == {first["s_z"], second["s_a"]}
    assert merged.count_by_kind == {DecisionKind.MERGED: 1}
    assert merged.count_customers == 1


def test_a_merge_can_be_undone_and_does_not_come_back(zone, clock):
    former = mapping_of(resolve(zone, links_of(("s_a", "s_b"), ("s_c", "s_d")), SUBJECTS).customers)
    clock.advance(days=1)
    link = ("s_b", "s_c")
    resolve(zone, links_of(("s_a", "s_b"), ("s_c", "s_d"), link), SUBJECTS)
    [merge] = [line for line in history(zone, former["s_a"]) if line.kind is DecisionKind.MERGED]
    assert merge.evidence["links"] == {"same_contact": 3}
    clock.advance(days=1)
    undo(zone, merge.decision_id, by="officer")
    again = resolve(zone, links_of(("s_a", "s_b"), ("s_c", "s_d"), link), SUBJECTS)
    assert mapping_of(again.customers) == former
    assert again.changed == frozenset()
    assert [line.kind for line in history(zone, former["s_c"])][-1] is DecisionKind.UNDONE
    with pytest.raises(NotFound):
        undo(zone, merge.decision_id, by="officer")


def test_a_third_handle_linked_to_both_does_not_join_what_was_split(zone, clock):
    resolve(zone, links_of(("s_a", "s_b")), ["s_a", "s_b"])
    split(zone, "s_b", by="officer")
    clock.advance(days=1)
    linked = links_of(("s_a", "s_b"), ("s_a", "s_c"), ("s_b", "s_c"))
    customers = mapping_of(resolve(zone, linked, ["s_a", "s_b", "s_c"]).customers)
    assert customers["s_a"] != customers["s_b"]
    assert customers["s_c"] in {customers["s_a"], customers["s_b"]}


def test_a_split_off_subject_gets_a_new_id_and_the_others_keep_theirs(zone):
    former = mapping_of(resolve(zone, links_of(("s_a", "s_b"), ("s_a", "s_c")), SUBJECTS).customers)
    line = split(zone, "s_a", by="officer")
    assert line.customer_id not in former.values()
    assert subjects_of(zone, former["s_b"]) == ["s_b", "s_c"]
    assert subjects_of(zone, line.customer_id) == ["s_a"]
    undo(zone, line.decision_id, by="officer")
    assert subjects_of(zone, former["s_b"]) == ["s_a", "s_b", "s_c"]
    assert resolve(zone, links_of(("s_a", "s_b"), ("s_a", "s_c")), SUBJECTS).changed == frozenset()


def test_a_lone_subject_cannot_be_split_and_a_creation_cannot_be_undone(zone):
    customers = mapping_of(resolve(zone, links_of(), ["s_a"]).customers)
    with pytest.raises(NotFound):
        split(zone, "s_a", by="officer")
    with pytest.raises(NotFound):
        split(zone, "s_unknown", by="officer")
    [line] = history(zone, customers["s_a"])
    with pytest.raises(ConfigurationError):
        undo(zone, line.decision_id, by="officer")
    with pytest.raises(NotFound):
        undo(zone, "d_none", by="officer")


def test_a_handle_linked_to_a_whole_street_joins_nobody_and_is_journalled_once(zone):
    most = zone.policy.identity.links_per_handle
    street = [f"s_{number:03}" for number in range(most + 1)]
    pairs = [("s_shop", other) for other in street]
    outcome = resolve(zone, links_of(*pairs), ["s_shop", *street])
    assert outcome.set_aside == ("s_shop",)
    assert outcome.count_customers == most + 2
    assert outcome.count_by_kind[DecisionKind.SET_ASIDE] == 1
    before = state_of(zone)
    again = resolve(zone, links_of(*pairs), ["s_shop", *street])
    assert again.set_aside == ("s_shop",)
    assert again.changed == frozenset()
    assert state_of(zone) == before
    fewer = resolve(zone, links_of(*pairs[:-1]), ["s_shop", *street])
    assert fewer.set_aside == ()
    assert fewer.count_customers == 2


def test_a_customer_of_a_shared_handle_falls_apart_when_it_turns_out_to_be_shared(zone, clock):
    most = zone.policy.identity.links_per_handle
    street = [f"s_{number:03}" for number in range(most + 1)]
    pairs = [("s_shop", other) for other in street]
    one = resolve(zone, links_of(*pairs[:-1]), ["s_shop", *street[:-1]])
    assert one.count_customers == 1
    clock.advance(days=1)
    many = resolve(zone, links_of(*pairs), ["s_shop", *street])
    assert many.count_customers == most + 2
    assert len(set(mapping_of(many.customers).values())) == most + 2
    assert resolve(zone, links_of(*pairs), ["s_shop", *street]).changed == frozenset()


def test_a_subject_that_is_gone_is_not_brought_back_by_a_link(zone):
    outcome = resolve(zone, links_of(("s_a", "s_gone")), ["s_a"])
    assert set(mapping_of(outcome.customers)) == {"s_a"}


def test_subjects_only_the_store_knows_stay_as_they_are(zone):
    former = mapping_of(resolve(zone, links_of(("s_a", "s_b")), ["s_a", "s_b"]).customers)
    outcome = resolve(zone, links_of(), ["s_c"])
    assert mapping_of(outcome.customers) | former == mapping_of(outcome.customers)


def test_resolve_gives_the_warehouse_table_alone(zone):
    table = resolving.resolve(zone, links_of(("s_a", "s_b")), ["s_a", "s_b"])
    assert table.schema == CUSTOMERS.arrow
    assert table.num_rows == 2


def test_the_outcome_has_the_schema_of_the_warehouse_table(zone):
    assert resolve(zone, links_of(), []).customers.schema == CUSTOMERS.arrow
    outcome = resolve(zone, links_of(("s_a", "s_b")), ["s_a", "s_b"])
    assert outcome.customers.schema == CUSTOMERS.arrow


def test_a_ruling_made_while_a_resolution_computes_is_not_overwritten(zone, monkeypatch):
    resolve(zone, links_of(), ["s_a", "s_b", "s_c"])

    def meanwhile(*arguments, **named):
        rows = list(original(*arguments, **named))
        with zone.store.begin() as connection:
            connection.execute(
                CUSTOMER_MEMBERS.update()
                .where(CUSTOMER_MEMBERS.c.subject_id == "s_b")
                .values(customer_id="c_elsewhere", joined_at=zone.clock() - timedelta(days=9))
            )
        return iter(rows)

    original = resolving.changes
    monkeypatch.setattr(resolving, "changes", meanwhile)
    outcome = resolve(zone, links_of(("s_a", "s_b")), ["s_a", "s_b", "s_c"])
    assert outcome.changed == frozenset()
    assert mapping_of(outcome.customers)["s_b"] == "c_elsewhere"


@pytest.mark.slow
def test_fifty_thousand_subjects_are_resolved_and_resolved_again_to_the_same(zone):
    chance = random.Random(7)
    subjects = [f"s_{number:026}" for number in range(50_000)]
    chain = list(pairwise(subjects[:12_500]))
    others = [
        (subjects[a], subjects[min(a + chance.randrange(1, 4), 49_999)])
        for a in (chance.randrange(12_500, 49_999) for _ in range(62_500))
    ]
    found = links_of(*chain, *others)
    outcome = resolve(zone, found, subjects)
    again = resolving.reconcile(zone, found, subjects)
    assert again.changed == frozenset()
    assert outcome.count_subjects == 50_000
    with zone.store.connect() as connection:
        count = connection.execute(select(func.count()).select_from(CUSTOMER_MEMBERS)).scalar_one()
    assert count == 50_000


def test_who_was_erased_is_brought_back_by_nothing_that_still_names_them(zone, clock):
    before = resolve(zone, links_of(("s_a", "s_gone"), ("s_b", "s_gone")), ["s_a", "s_b", "s_gone"])
    erased = mapping_of(before.customers)["s_a"]
    with zone.store.begin() as connection:
        connection.execute(CUSTOMER_MEMBERS.delete())
        connection.execute(IDENTITY_DECISIONS.delete())
    zone.keyring.destroy(["s_gone", erased])
    clock.advance(days=1)

    links = links_of(("s_a", "s_gone"), ("s_b", "s_gone"), ("s_a", "s_c"))
    after = mapping_of(resolve(zone, links, ["s_a", "s_b", "s_c", "s_gone"]).customers)

    assert set(after) == {"s_a", "s_b", "s_c"}
    assert after["s_a"] == after["s_c"] != after["s_b"], "nobody is joined through the erased"
    assert erased not in after.values(), "nor gets an id whose key is destroyed"


def test_a_merge_with_somebody_who_is_erased_meanwhile_is_not_written(zone, monkeypatch):
    compute = resolving.changed_nodes

    def erased_meanwhile(cursor):
        nodes = compute(cursor)
        zone.keyring.destroy(["s_late"])
        return nodes

    monkeypatch.setattr(resolving, "changed_nodes", erased_meanwhile)
    outcome = resolve(zone, links_of(("s_a", "s_late")), ["s_a", "s_late"])
    assert mapping_of(outcome.customers) == {}
    monkeypatch.undo()
    assert set(mapping_of(resolve(zone, links_of(), ["s_a", "s_late"]).customers)) == {"s_a"}


def test_undoing_brings_nobody_back_and_nobody_to_who_was_erased(zone):
    resolve(zone, links_of(("s_a", "s_b"), ("s_a", "s_c")), ["s_a", "s_b", "s_c"])
    b, c = (split(zone, subject, by="officer") for subject in ("s_b", "s_c"))
    zone.keyring.destroy(["s_b", b.from_customer_id])

    with pytest.raises(NotFound):
        undo(zone, b.decision_id, by="officer")
    assert undo(zone, c.decision_id, by="officer").customer_id not in {
        c.customer_id,
        c.from_customer_id,
    }
