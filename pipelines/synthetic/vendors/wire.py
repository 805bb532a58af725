"""What every vendor's writer gives: an item's bytes, and what its messages are in the truth."""

import json
from dataclasses import dataclass, field
from typing import Any

from pipelines.synthetic.contacts import Happened, Said
from pipelines.synthetic.texts import Span
from privacy.records.canonical import Handle, Role

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Told:
    """One message as a connector is to read it.

    Attributes:
        vendor_id: The connector's vendor id of the interaction; a mail's begins with it.
        text: Without quoted history and without signature.
        spans: In `text`.
        agent: Which member of staff the vendor says it was; None where it says none.
    """

    said: Said
    vendor_id: str
    text: str
    spans: list[Span]
    speaker: Role
    has_quote: bool = False
    agent: int | None = None


@dataclass(slots=True)
class Delivery:
    """One item of a vendor.

    Attributes:
        at: Instant it was delivered; decides the day's file.
        payload: One item as it stands in the file.
        handles: Handles of the customer that stand in it.
    """

    source: str
    at: int
    payload: bytes
    handles: tuple[Handle, ...]
    thread_vendor_id: str = ""
    told: list[Told] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)


def line(value: dict[str, Any]) -> bytes:
    """Write one JSON document on a line."""
    return _ENCODER.encode(value).encode() + b"\n"
