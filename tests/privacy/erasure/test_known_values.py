"""What is gathered of a person is theirs for certain, and nothing of anybody else."""

from collections.abc import Iterator
from typing import Any

from privacy.erasure.known_values import covered, gather, identifying, index_of
from privacy.erasure.needles import Value
from privacy.erasure.person import find_person
from privacy.records.canonical import Handle, HandleKind, Participant
from privacy.store import tables as store
from privacy.warehouse.open import warehouse_lock


def test_handles_are_found_in_what_the_person_sent(world: Any) -> None:
    known = gather(world.zone, find_person(world.zone, world.anna))

    assert set(known) == {Value("email", world.email), Value("phone", world.phone)}


def test_what_the_operator_knows_is_kept(world: Any) -> None:
    given = Value("name", "Anna Canary")

    assert given in gather(world.zone, find_person(world.zone, world.anna), given=[given])


def test_a_busy_warehouse_leaves_what_landed(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("privacy.erasure.known_values._WAREHOUSE_WAIT_SECONDS", 0.05)
    with warehouse_lock(world.zone.layout):
        known = gather(world.zone, find_person(world.zone, world.anna))

    assert {value.kind for value in known} == {"email", "phone"}


def test_a_reader_gives_names_and_every_handle_of_the_person_only(world: Any) -> None:
    card = Handle(HandleKind.LOYALTY_CARD, "9820001234567", "loyalty")
    index = world.zone.keyring.index.of("loyalty_card", card.value, "loyalty")
    with world.zone.store.begin() as connection:
        connection.execute(
            store.SUBJECT_HANDLES.insert().values(
                handle_index=index,
                subject_id=world.annas[0],
                kind="loyalty_card",
                first_seen_at=world.zone.clock(),
            )
        )
    read: list[str] = []

    def reader(source: str, payload: bytes) -> Iterator[Participant]:
        read.append(source)
        yield Participant((card, Handle(HandleKind.EMAIL, "not an address")), name="Anna Canary")
        yield Participant((Handle(HandleKind.EMAIL, world.bobs_email),), name="Bob Other")
        yield Participant((card,), name="Anna")

    person = find_person(world.zone, world.anna)
    known = gather(world.zone, person, reader=reader)

    assert set(read) == {"web_chat"}
    found = {(value.kind, value.text) for value in known}
    assert ("loyalty_card", "9820001234567") in found
    assert [text for kind, text in found if kind == "name"] == ["Anna Canary"]
    assert world.bobs_email not in {text for _, text in found}
    assert covered(world.zone, person, known) == 3


def test_only_handles_long_enough_are_a_ground_to_change_what_others_wrote() -> None:
    values = [
        Value("email", "anna@x.example"),
        Value("name", "Anna Canary-Lindqvist"),
        Value("vendor_user", "4711"),
        Value("vendor_user", "4711000111"),
    ]
    assert identifying(values) == (values[0], values[3])


def test_what_is_no_handle_has_no_index(world: Any) -> None:
    assert index_of(world.zone, Value("name", "Anna")) is None
    assert index_of(world.zone, Value("email", "Anna")) is None
    assert index_of(world.zone, Value("email", world.email.upper())) == world.handles[world.email]
