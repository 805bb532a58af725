"""The people in a delivery, as its connector reads them: what an erasure gathers names from."""

from collections.abc import Iterator

from pipelines.connectors.registry import CONNECTORS
from pipelines.landing.subjects import person_of
from privacy.errors import WireFormatError
from privacy.records.canonical import Participant


def participants_in(source: str, payload: bytes) -> Iterator[Participant]:
    """Yield the people a landed item's records are about; nobody, where it cannot be read.

    Args:
        source: Name of the connector that landed it.
        payload: The item as it was delivered.
    """
    connector = CONNECTORS.get(source)
    if connector is None:
        return
    try:
        parsed = connector.parse(payload)
    except WireFormatError:
        return
    for record in parsed.records:
        person = person_of(record)
        if person is not None:
            yield person
