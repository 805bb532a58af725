"""Take away the profiles of customers who are no longer in the marts.

Nothing is shredded here: a customer may come back, when a consent is given again or a merge undone.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, select

from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import PROFILES, TIMELINE_PAGES

IDS_AT_ONCE = 20_000
ROWS_A_TRANSACTION = 500


class Seen:
    """The customers of one publication, in order, in 40 bytes each."""

    def __init__(self) -> None:
        self._parts: list[npt.NDArray[np.bytes_]] = []
        self.count = 0

    def add(self, customer_ids: Iterable[str]) -> None:
        """Add ids that sort after all earlier ones."""
        part = np.array([customer_id.encode() for customer_id in customer_ids], dtype="S40")
        self._parts.append(part)
        self.count += len(part)

    def without(self, customer_ids: list[str]) -> list[str]:
        """Give those of `customer_ids` that were never added."""
        if not self.count:
            return customer_ids
        self._parts = [np.concatenate(self._parts)]
        [known] = self._parts
        asked = np.array([customer_id.encode() for customer_id in customer_ids], dtype="S40")
        places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        is_missing = known[places] != asked
        return [customer_ids[i] for i in np.flatnonzero(is_missing)]


def remove_unseen(zone: OpenZone, seen: Seen) -> int:
    """Delete the published rows of every customer who was not seen.

    Returns:
        How many customers' profiles were taken away.
    """
    count = 0
    for ids in _published_ids(zone):
        gone = seen.without(ids)
        for start in range(0, len(gone), ROWS_A_TRANSACTION):
            part = gone[start : start + ROWS_A_TRANSACTION]
            with zone.store.begin() as store:
                store.execute(
                    delete(TIMELINE_PAGES).where(among(store, TIMELINE_PAGES.c.customer_id, part))
                )
                store.execute(delete(PROFILES).where(among(store, PROFILES.c.customer_id, part)))
        count += len(gone)
    return count


def _published_ids(zone: OpenZone) -> Iterator[list[str]]:
    """Yield the ids of all who have a profile, or pages of one that was never finished."""
    for query in (
        select(PROFILES.c.customer_id),
        select(TIMELINE_PAGES.c.customer_id).where(TIMELINE_PAGES.c.page == 0),
    ):
        column = query.selected_columns[0]
        page = query.order_by(column).limit(IDS_AT_ONCE)
        after = ""
        while True:
            with zone.store.connect() as store:
                ids: list[str] = list(store.scalars(page.where(column > after)))
            if not ids:
                break
            yield ids
            after = ids[-1]
