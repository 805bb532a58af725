"""Two zones account for the same files, and only a signed receipt of the other one settles them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete

from privacy.errors import ConfigurationError, Tampered
from privacy.handovers import (
    LABEL,
    Delivery,
    Sent,
    State,
    known_delivery,
    mark_delivered,
    mark_receipted,
    receipt_for,
    received,
    record_received,
    sent,
    take_receipt,
    write_sent,
)
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.signed import signature_of
from privacy.store.tables import HANDOFFS_RECEIVED, HANDOFFS_SENT

NOW = datetime(2026, 11, 2, tzinfo=UTC)
EU, US = ZoneId("eu"), ZoneId("us")
DELIVERY = Delivery(EU, "h_1", "d" * 64, 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenZone, OpenZone]]:
    home = tmp_path_factory.mktemp("home")
    with create_zone(home, "eu") as eu, create_zone(home, "us") as us:
        yield eu, us


@pytest.fixture
def both(made: tuple[OpenZone, OpenZone]) -> tuple[OpenZone, OpenZone]:
    """Two zones; the first has sealed one file of three items to the second."""
    for zone in made:
        with zone.store.begin() as connection:
            connection.execute(delete(HANDOFFS_SENT))
            connection.execute(delete(HANDOFFS_RECEIVED))
    with made[0].store.begin() as connection:
        write_sent(connection, [Sent("h_1", US, "g_1", "d" * 64, 3, 2, NOW)])
    return made


def _record(zone: OpenZone, **counts: int) -> None:
    with zone.store.begin() as connection:
        record_received(
            connection, DELIVERY, {f"count_{name}": n for name, n in counts.items()}, NOW
        )


def test_a_file_is_settled_with_its_last_item(both: tuple[OpenZone, OpenZone]) -> None:
    _, us = both
    _record(us, taken=1, held=1)
    known = known_delivery(us, EU, "h_1")
    assert known is not None
    assert (known.count_taken, known.count_held, known.settled_at) == (1, 1, None)
    assert receipt_for(us, EU)["files"] == []
    _record(us, suppressed=1)
    (known,) = received(us)
    assert (known.count_suppressed, known.settled_at) == (1, NOW)
    mark_receipted(us, EU, ["h_1"])
    assert received(us)[0].receipted_at is not None
    assert known_delivery(us, EU, "h_2") is None


def test_a_file_goes_from_aside_to_taken_in(both: tuple[OpenZone, OpenZone]) -> None:
    eu, us = both
    assert [file.state for file in sent(eu, undelivered=True)] == [State.ASIDE]
    mark_delivered(eu, [])
    mark_delivered(eu, ["h_1"])
    assert sent(eu, undelivered=True) == []
    assert sent(eu)[0].state is State.NO_RECEIPT
    _record(us, taken=2, duplicate=1)
    receipt = receipt_for(us, EU, file_ids=["h_1"])
    for _ in range(2):
        assert take_receipt(eu, receipt).count_files == 1
    assert sent(eu)[0].state is State.TAKEN_IN
    assert receipt_for(us, EU, file_ids=["h_9"])["files"] == []


def _signed(zone: OpenZone, **changed: Any) -> dict[str, Any]:
    document = receipt_for(zone, EU)
    del document["signature"]
    document |= changed
    return {**document, "signature": signature_of(zone.keyring, LABEL, document)}


def _file(**changed: Any) -> dict[str, Any]:
    counts = dict.fromkeys(("count_taken", "count_duplicate", "count_held", "count_suppressed"), 0)
    return {"file": "h_1", "digest": "d" * 64, "count_items": 3, **counts, **changed}


def test_a_receipt_for_other_numbers_files_or_content_is_told(
    both: tuple[OpenZone, OpenZone],
) -> None:
    eu, us = both
    mark_delivered(eu, ["h_1"])
    files = [_file(file="h_9"), _file(digest="e" * 64)]
    taken = take_receipt(eu, _signed(us, files=files))
    assert (taken.count_files, taken.unknown, taken.differing) == (0, ("h_9",), ("h_1",))
    assert sent(eu)[0].state is State.NO_RECEIPT
    take_receipt(eu, _signed(us, files=[_file(count_taken=2)]))
    assert sent(eu)[0].state is State.DIFFERS


@pytest.mark.parametrize(
    "changed",
    [
        {"sender": "br"},
        {"document": "something else"},
        {"files": [{"file": "h_1"}]},
        {"files": [_file(count_taken=-1)]},
        {"files": [_file(count_taken=True)]},
        {"files": [_file(), _file()]},
        {"files": 7},
        {"files": [_file(file=7)]},
    ],
)
def test_a_receipt_that_is_not_of_its_form_or_not_for_us_is_refused(
    both: tuple[OpenZone, OpenZone], changed: dict[str, Any]
) -> None:
    eu, us = both
    with pytest.raises(Tampered):
        take_receipt(eu, _signed(us, **changed))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"zone": "../us"}, Tampered),
        ({"zone": None}, Tampered),
        ({"zone": "br"}, ConfigurationError),
        ({"zone": "eu"}, Tampered),
        ({"at": "later"}, Tampered),
        ({"signature": "AAAA"}, Tampered),
        ({"signature": None}, Tampered),
    ],
)
def test_a_receipt_that_nobody_known_signed_is_refused(
    both: tuple[OpenZone, OpenZone], changed: dict[str, Any], error: type[Exception]
) -> None:
    eu, us = both
    with pytest.raises(error):
        take_receipt(eu, {**receipt_for(us, EU), **changed})


def test_a_zone_gives_itself_no_receipt(both: tuple[OpenZone, OpenZone]) -> None:
    eu, _ = both
    with pytest.raises(ConfigurationError, match="itself"):
        take_receipt(eu, _signed(eu))
