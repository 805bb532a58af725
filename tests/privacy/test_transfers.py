from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from privacy.errors import ConfigurationError, Tampered, TransferForbidden
from privacy.ids import ZoneId
from privacy.transfers import Document, Transfer, TransferRegister
from privacy.zones.layout import ZoneLayout
from privacy.zones.loader import load_policy
from privacy.zones.model import Purpose


class StandIn:
    """As much of an open zone as the register looks at."""

    def __init__(self, home: Path, zone: str) -> None:
        self.policy = load_policy(zone)
        self.layout = ZoneLayout(home, ZoneId(zone))
        self.layout.make()
        self.instant = datetime(2026, 3, 1, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.instant


@pytest.fixture
def eu(tmp_path):
    return StandIn(tmp_path, "eu")


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
        eu.instant = instant
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


def test_an_instrument_the_zone_does_not_know_or_not_yet_has_is_refused(eu, tmp_path):
    with pytest.raises(TransferForbidden, match="no such instrument"):
        TransferRegister(eu).authorise(to("US"), instrument="handshake", by="officer")
    cn = StandIn(tmp_path, "cn")
    cn.instant = datetime(2025, 12, 31, tzinfo=UTC)
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


def test_where_the_law_sets_no_condition_the_transfer_is_still_written_down(tmp_path):
    register = TransferRegister(StandIn(tmp_path, "us"))
    assert register.authorise(to("IN"), by="officer").instrument == "not_regulated"
    assert len(register.lines()) == 1


@pytest.mark.parametrize(
    ("recipient", "destination"), [("", "IN"), ("a\nb", "IN"), ("x" * 121, "IN"), ("A", "India")]
)
def test_a_field_that_is_not_of_its_form_is_refused(eu, recipient, destination):
    with pytest.raises(ConfigurationError):
        TransferRegister(eu).authorise(to(destination, recipient=recipient), by="officer")
    assert TransferRegister(eu).lines() == []


def test_a_damaged_register_is_an_alarm_and_permits_nothing(eu):
    register = TransferRegister(eu)
    register.file(CLAUSES, by="officer")
    with (eu.layout.root / "transfers.jsonl").open("ab") as file:
        file.write(b'{"kind": "bribe"}\n')
    with pytest.raises(Tampered, match="line 2"):
        register.authorise(to("IN", recipient="Other Ltd"), instrument=CLAUSES.instrument, by="x")
