"""Nothing personal leaves a zone without an instrument, and every word of it is written down."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from privacy.errors import ConfigurationError, Tampered, TransferForbidden
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import TRANSFER_LINES, TRANSFERRED_PERSONS
from privacy.transfers import Document, Receipt, Transfer, TransferRegister
from privacy.volumes import Volume
from privacy.zones.model import Purpose


class Held:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, OpenZone]]:
    home: Path = tmp_path_factory.mktemp("home")
    zones = {name: create_zone(home, name, clock=Held()) for name in ("eu", "us", "cn")}
    yield zones
    for zone in zones.values():
        zone.close()


def _emptied(zone: OpenZone) -> OpenZone:
    with zone.store.begin() as connection:
        connection.execute(delete(TRANSFER_LINES))
        connection.execute(delete(TRANSFERRED_PERSONS))
    zone.clock.instant = datetime(2026, 3, 1, tzinfo=UTC)  # type: ignore[attr-defined]
    return zone


@pytest.fixture
def eu(made: dict[str, OpenZone]) -> OpenZone:
    return _emptied(made["eu"])


@pytest.fixture
def us(made: dict[str, OpenZone]) -> OpenZone:
    return _emptied(made["us"])


@pytest.fixture
def cn(made: dict[str, OpenZone]) -> OpenZone:
    return _emptied(made["cn"])


def to(destination: str, *, persons: int = 5, recipient: str = "Print Ltd") -> Transfer:
    return Transfer(recipient, destination, Purpose.SERVICE, ("contact_history",), persons)


CLAUSES = Document(
    "standard_contractual_clauses",
    "Print Ltd",
    "IN",
    "contracts/17",
    date(2026, 1, 1),
    date(2027, 1, 1),
)


def test_nothing_personal_leaves_without_an_instrument_and_the_refusal_is_written(eu):
    register = TransferRegister(eu)
    with pytest.raises(TransferForbidden, match=r"GDPR Art\. 44"):
        register.authorise(to("IN"), by="officer")
    [line] = register.lines()
    assert (line["kind"], line["destination"], line["count_persons"]) == ("refusal", "IN", 5)


def test_an_instrument_on_file_opens_the_way_to_its_recipient_only(eu):
    register = TransferRegister(eu)
    with pytest.raises(TransferForbidden, match="on file"):
        register.authorise(to("IN"), instrument=CLAUSES.instrument, by="officer")
    register.file(CLAUSES, by="officer")
    permit = register.authorise(to("IN"), instrument=CLAUSES.instrument, by="officer")
    assert permit.reference == "contracts/17"
    assert "2021/914" in permit.rule_source
    for other in (to("IN", recipient="Other Ltd"), to("VN")):
        with pytest.raises(TransferForbidden):
            register.authorise(other, instrument=CLAUSES.instrument, by="officer")


def test_a_document_holds_from_its_first_day_to_before_its_last(eu):
    register = TransferRegister(eu)
    register.file(CLAUSES, by="officer")
    for instant, holds in (
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 12, 31, tzinfo=UTC), True),
        (datetime(2027, 1, 1, tzinfo=UTC), False),
    ):
        eu.clock.instant = instant
        if holds:
            register.authorise(to("IN"), instrument=CLAUSES.instrument, by="officer")
        else:
            with pytest.raises(TransferForbidden):
                register.authorise(to("IN"), instrument=CLAUSES.instrument, by="officer")


def test_adequacy_needs_no_document_but_covers_its_countries_only(eu):
    register = TransferRegister(eu)
    assert register.authorise(to("JP"), instrument="adequacy", by="officer").reference is None
    with pytest.raises(TransferForbidden, match="does not cover US"):
        register.authorise(to("US"), instrument="adequacy", by="officer")


def test_an_instrument_the_zone_does_not_know_or_not_yet_has_is_refused(eu, cn):
    with pytest.raises(TransferForbidden, match="no such instrument"):
        TransferRegister(eu).authorise(to("US"), instrument="handshake", by="officer")
    cn.clock.instant = datetime(2025, 12, 31, tzinfo=UTC)
    with pytest.raises(TransferForbidden, match="not in force"):
        TransferRegister(cn).authorise(to("US"), instrument="certification", by="officer")
    with pytest.raises(ConfigurationError, match="standard_contractual_clauses"):
        TransferRegister(eu).file(
            Document("handshake", "Print Ltd", "IN", "x", date(2026, 1, 1)), by="officer"
        )


def test_inside_the_zone_and_for_aggregates_nothing_is_needed_but_the_line(eu):
    register = TransferRegister(eu)
    assert register.authorise(to("FR"), by="officer").instrument == "within_zone"
    assert register.authorise(to("IN", persons=0), by="officer").instrument == "aggregates"
    assert [line["kind"] for line in register.lines()] == ["transfer", "transfer"]


def test_where_the_law_sets_no_condition_the_transfer_is_still_written_down(us):
    register = TransferRegister(us)
    assert register.authorise(to("IN"), by="officer").instrument == "not_regulated"
    assert len(register.lines()) == 1


@pytest.mark.parametrize(
    "changed",
    [{"reference": ""}, {"reference": "a\nb"}, {"ends_on": CLAUSES.concluded_on}],
)
def test_a_document_that_is_not_of_its_form_is_not_filed(eu, changed):
    with pytest.raises(ConfigurationError):
        TransferRegister(eu).file(replace(CLAUSES, **changed), by="officer")
    with pytest.raises(ConfigurationError):
        TransferRegister(eu).authorise(to("FR"), by="officer", reference="a b")
    assert TransferRegister(eu).lines() == []


@pytest.mark.parametrize(("sender", "reference"), [("eu", "m-1"), ("us", "m 1"), ("us", "")])
def test_a_receipt_of_ones_own_or_without_a_reference_is_refused(eu, sender, reference):
    receipt = Receipt(ZoneId(sender), reference, "x", None, Purpose.SERVICE, ("profile",), 1)
    with pytest.raises(ConfigurationError):
        TransferRegister(eu).receive(receipt, by="officer")


@pytest.mark.parametrize(
    ("recipient", "destination"), [("", "IN"), ("a\nb", "IN"), ("x" * 121, "IN"), ("A", "India")]
)
def test_a_field_that_is_not_of_its_form_is_refused(eu, recipient, destination):
    with pytest.raises(ConfigurationError):
        TransferRegister(eu).authorise(to(destination, recipient=recipient), by="officer")
    assert TransferRegister(eu).lines() == []


@pytest.mark.parametrize("category", ["", "mia@example.org", "Mia Lang", "a\nb", "x" * 41])
def test_a_sort_of_data_that_may_be_somebodys_name_is_not_registered(eu, category):
    register = TransferRegister(eu)
    with pytest.raises(ConfigurationError):
        register.authorise(replace(to("IN"), categories=(category,)), by="officer")
    receipt = Receipt(ZoneId("us"), "m-1", "x", None, Purpose.SERVICE, (category,), 1)
    with pytest.raises(ConfigurationError):
        register.receive(receipt, by="officer")
    assert register.lines() == []


@pytest.mark.parametrize("damage", ["changed", "taken out", "moved"])
def test_a_damaged_register_is_an_alarm_and_permits_nothing(eu, damage):
    register = TransferRegister(eu)
    for _ in range(2):
        register.authorise(to("FR"), by="officer")
    register.file(CLAUSES, by="officer")
    table = TRANSFER_LINES.c
    with eu.store.begin() as connection:
        if damage == "changed":
            line = connection.scalar(select(table.line).where(table.number == 3))
            later = line.replace("2027-01-01", "2037-01-01")
            assert later != line
            connection.execute(update(TRANSFER_LINES).where(table.number == 3).values(line=later))
        elif damage == "taken out":
            connection.execute(delete(TRANSFER_LINES).where(table.number == 2))
        else:
            connection.execute(update(TRANSFER_LINES).where(table.number == 3).values(number=7))
    with pytest.raises(Tampered, match=r"line [37]"):
        register.authorise(to("IN"), instrument=CLAUSES.instrument, by="x")
    with pytest.raises(Tampered, match=r"line [37]"):
        register.lines()
    with pytest.raises(Tampered):
        register.volume()
    assert register.damaged() == [7 if damage == "moved" else 3]
    # Not even what needs no document is added to it.
    for add in (
        lambda: register.authorise(to("FR"), by="officer"),
        lambda: register.file(CLAUSES, by="officer"),
        lambda: register.receive(
            Receipt(ZoneId("us"), "m-1", "x", None, Purpose.SERVICE, ("profile",), 1), by="x"
        ),
    ):
        with pytest.raises(Tampered):
            add()


def test_a_transfer_asked_for_again_under_its_name_is_written_once(cn):
    register = TransferRegister(cn)
    moved = to("US", persons=2)
    first = register.authorise(moved, by="officer", reference="move-1")
    cn.clock.instant += timedelta(days=1)
    assert register.authorise(moved, by="officer", reference="move-1") == first
    assert len(register.lines()) == 1
    assert register.volume().persons == 2
    with pytest.raises(ConfigurationError, match="another transfer"):
        register.authorise(to("US", persons=3), by="officer", reference="move-1")


def test_what_was_received_is_written_once_a_sender(eu):
    register = TransferRegister(eu)
    for sender, is_new in (("us", True), ("us", False), ("br", True)):
        receipt = Receipt(ZoneId(sender), "m-1", "x", None, Purpose.SERVICE, ("profile",), 1)
        assert register.receive(receipt, by="officer") is is_new
    assert [line["kind"] for line in register.lines()] == ["receipt", "receipt"]


# --- China: by volume ------------------------------------------------------------------------------

ASSESSMENT = Document(
    "security_assessment", "Print Ltd", "US", "cac/1", date(2026, 1, 1), date(2029, 1, 1)
)
CONTRACT = Document("standard_contract", "Print Ltd", "US", "cac/2", date(2026, 1, 1))


def abroad(persons: int, *, is_sensitive: bool = False, ids: Any = ()) -> Transfer:
    return Transfer(
        "Print Ltd", "US", Purpose.SERVICE, ("contact",), persons, None, is_sensitive, ids
    )


@pytest.mark.parametrize(
    ("before", "persons", "is_sensitive", "rests_on"),
    [
        (99_998, 1, False, "small_volume_exemption"),
        (99_999, 1, False, "standard_contract"),
        (0, 1, True, "standard_contract"),
        (999_999, 1, False, "standard_contract"),
        (1_000_000, 1, False, "security_assessment"),
        (0, 9_999, True, "standard_contract"),
        (0, 10_000, True, "security_assessment"),
    ],
)
def test_the_instrument_follows_from_the_count_as_it_will_be(
    cn, before, persons, is_sensitive, rests_on
):
    register = TransferRegister(cn)
    for document in (CONTRACT, ASSESSMENT):
        register.file(document, by="officer")
    if before:
        register.authorise(abroad(before), by="officer")
    asked = abroad(persons, is_sensitive=is_sensitive)
    assert register.authorise(asked, by="officer").instrument == rests_on


@pytest.mark.parametrize(
    ("persons", "is_sensitive", "named", "needed"),
    [
        (100_000, False, "small_volume_exemption", "standard_contract or certification"),
        (1, True, "small_volume_exemption", "standard_contract or certification"),
        (1_000_001, False, "standard_contract", "needs security_assessment"),
        (10_000, True, "standard_contract", "needs security_assessment"),
    ],
)
def test_an_instrument_too_light_for_the_volume_is_refused_and_counts_nothing(
    cn, persons, is_sensitive, named, needed
):
    register = TransferRegister(cn)
    register.file(CONTRACT, by="officer")
    asked = abroad(persons, is_sensitive=is_sensitive)
    with pytest.raises(TransferForbidden, match=needed):
        register.authorise(asked, instrument=named, by="officer")
    assert register.volume() == Volume(2026, 0, 0)


def test_without_a_document_the_next_step_is_closed(cn):
    register = TransferRegister(cn)
    register.authorise(abroad(99_999), by="officer")
    with pytest.raises(TransferForbidden, match="needs standard_contract or certification"):
        register.authorise(abroad(1), by="officer")
    register.file(CONTRACT, by="officer")
    assert register.authorise(abroad(1), by="officer").reference == "cac/2"


def test_of_two_at_once_at_the_edge_one_is_refused(cn):
    register = TransferRegister(cn)
    register.authorise(abroad(99_998), by="officer")
    outcomes = []

    def ask() -> None:
        try:
            outcomes.append(register.authorise(abroad(1), by="officer").instrument)
        except TransferForbidden:
            outcomes.append("refused")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "small_volume_exemption"]
    assert register.volume().persons == 99_999


def test_a_person_who_can_be_told_apart_counts_once_a_year(cn):
    register = TransferRegister(cn)
    register.file(CONTRACT, by="officer")
    register.authorise(abroad(2, ids=["s_1", "s_2"]), by="officer")
    register.authorise(abroad(3, ids=["s_2", "s_3"]), by="officer")
    assert register.volume() == Volume(2026, 4, 0)  # s_1, s_2, s_3, and one unnamed
    register.authorise(abroad(1, is_sensitive=True, ids=["s_1"]), by="officer")
    register.authorise(abroad(1, is_sensitive=True, ids=["s_1"]), by="officer")
    assert register.volume() == Volume(2026, 4, 1)
    with pytest.raises(ConfigurationError, match="more persons than it counts"):
        register.authorise(abroad(1, ids=["s_1", "s_2"]), by="officer")


def test_the_count_begins_anew_on_1_january_where_the_zone_is(cn):
    register = TransferRegister(cn)
    cn.clock.instant = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    register.authorise(abroad(1, ids=["s_1"]), by="officer")
    assert register.volume() == Volume(2026, 1, 0)
    cn.clock.instant = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert register.volume() == Volume(2027, 0, 0)
    register.authorise(abroad(1, ids=["s_1"]), by="officer")
    assert register.volume() == Volume(2027, 1, 0)
    with cn.store.connect() as connection:
        years = connection.execute(select(TRANSFERRED_PERSONS.c.year)).scalars().all()
    assert years == [2027]


def test_a_step_that_is_not_in_force_yet_opens_no_way(cn):
    cn.clock.instant = datetime(2024, 3, 21, tzinfo=UTC)
    with pytest.raises(TransferForbidden, match="needs an instrument"):
        TransferRegister(cn).authorise(abroad(1), by="officer")
    cn.clock.instant = datetime(2024, 3, 22, tzinfo=UTC)
    permit = TransferRegister(cn).authorise(abroad(1), by="officer")
    assert permit.instrument == "small_volume_exemption"


def test_inside_the_zone_and_for_aggregates_nobody_is_counted(cn):
    register = TransferRegister(cn)
    register.authorise(to("CN"), by="officer")
    register.authorise(abroad(0), by="officer")
    assert register.volume() == Volume(2026, 0, 0)


def test_no_id_of_a_person_is_in_the_register_or_beside_it(cn):
    register = TransferRegister(cn)
    asked = abroad(1, ids=["s_canary"])
    register.authorise(asked, by="officer")
    assert "canary" not in repr(asked)
    with cn.store.connect() as connection:
        written = str(connection.execute(select(TRANSFER_LINES)).all())
        written += str(connection.execute(select(TRANSFERRED_PERSONS)).all())
    assert "canary" not in written


def test_where_the_law_does_not_go_by_volume_nobody_is_remembered(us):
    TransferRegister(us).authorise(
        Transfer("Print Ltd", "IN", Purpose.SERVICE, ("contact",), 1, persons=["s_1"]), by="x"
    )
    with us.store.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(TRANSFERRED_PERSONS)) == 0
