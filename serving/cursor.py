"""Where a reader of a timeline is, as a text that only this zone can read and that stays right.

It names the last entry given, not a count of entries, so that a new entry, a late one in the middle,
or one taken away neither repeats nor skips any other. It is sealed under the customer's key: it says
nothing in a log, fits no other customer, and dies with an erasure.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from privacy.errors import KeyDestroyed, NotFound, Tampered, WireFormatError, WrongKey
from privacy.opened import OpenZone
from privacy.profiles.read import NOBODY

LONGEST_CURSOR = 512
_PLACE = {"table": "timeline_pages", "column": "cursor"}


@dataclass(frozen=True, slots=True)
class Position:
    """The last entry a reader was given.

    Attributes:
        page: Where it was then; it can only have moved to later pages, or back by removals.
        occurred_at: Its instant, as the document writes it.
        entry_id: Its id.
    """

    page: int
    occurred_at: str
    entry_id: str


def cursor_of(zone: OpenZone, customer_id: str, position: Position) -> str:
    """Write a position as a cursor: some 200 characters of base64url."""
    plain = f"{position.page}\n{position.occurred_at}\n{position.entry_id}".encode()
    sealed = zone.keyring.seal(customer_id, **_PLACE, value=plain)
    return urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def position_of(zone: OpenZone, customer_id: str, cursor: str) -> Position:
    """Read a cursor.

    Raises:
        WireFormatError: It is not one that was given out for this customer.
        NotFound: The customer is gone.
    """
    refused = WireFormatError("cursor is not one that was given out for this customer")
    if len(cursor) > LONGEST_CURSOR or not cursor.isascii():
        raise refused
    try:
        sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        plain = zone.keyring.open(customer_id, **_PLACE, sealed=sealed)
        page, occurred_at, entry_id = plain.decode().split("\n")
        return Position(int(page), occurred_at, entry_id)
    except KeyDestroyed:
        raise NotFound(NOBODY) from None
    except (Tampered, WrongKey, ValueError):
        raise refused from None
