"""Read what is published of one customer. Who may is not decided here.

A customer who was erased and one who never was look the same from here: `NotFound`, same words.
"""

import zlib
from typing import Any

import pydantic_core
from sqlalchemy import func, select

from privacy.errors import KeyDestroyed, NotFound, Tampered
from privacy.opened import OpenZone
from privacy.store.tables import PROFILES, TIMELINE_PAGES

NOBODY = "nobody by that handle or id"
"""The one message for unknown, erased, and not published."""


def read_context(zone: OpenZone, customer_id: str) -> dict[str, Any]:
    """Open a customer's context document.

    Raises:
        NotFound: There is none, or its key is shredded.
        Tampered: The sealed document is not the one that was published.
    """
    query = select(PROFILES.c.sealed).where(PROFILES.c.customer_id == customer_id)
    with zone.store.connect() as store:
        sealed = store.scalar(query)
    document: dict[str, Any] = _opened(zone, customer_id, PROFILES.name, sealed)
    return document


def read_page(zone: OpenZone, customer_id: str, page: int) -> list[dict[str, Any]]:
    """Open one page of a customer's timeline, oldest entry first.

    Args:
        zone: Where.
        customer_id: Whose.
        page: From 0, the oldest, to `count_pages` less one.

    Raises:
        NotFound: There is no such page, or its key is shredded.
        Tampered: The sealed page is not the one that was published there.
    """
    query = select(TIMELINE_PAGES.c.sealed).where(
        TIMELINE_PAGES.c.customer_id == customer_id, TIMELINE_PAGES.c.page == page
    )
    with zone.store.connect() as store:
        sealed = store.scalar(query)
    body = _opened(zone, customer_id, TIMELINE_PAGES.name, sealed)
    if body["page"] != page:
        raise Tampered(f"timeline page {page} of {customer_id} is another page")
    entries: list[dict[str, Any]] = body["entries"]
    return entries


def count_pages(zone: OpenZone, customer_id: str) -> int:
    """Count the pages of a customer's timeline; 0 for a customer without one."""
    query = select(func.max(TIMELINE_PAGES.c.page)).where(
        TIMELINE_PAGES.c.customer_id == customer_id
    )
    with zone.store.connect() as store:
        last = store.scalar(query)
    return 0 if last is None else int(last) + 1


def _opened(zone: OpenZone, customer_id: str, table: str, sealed: bytes | None) -> Any:
    if sealed is None:
        raise NotFound(NOBODY)
    try:
        plain = zone.keyring.open(customer_id, table=table, column="sealed", sealed=sealed)
    except KeyDestroyed:
        raise NotFound(NOBODY) from None
    return pydantic_core.from_json(zlib.decompress(plain))
