"""An erasure's row in the store: its plan, how far it has come, what must be kept to finish it.

What would lead to the person (blind indexes of handles, ids of landed items) is kept sealed under
the zone's key while the erasure is under way, and destroyed when it is certified.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from privacy.erasure.person import Person
from privacy.errors import ErasureIncomplete, NotFound
from privacy.ids import CustomerId
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

_E = ERASURES.c
_COLUMN = "progress"


class State(StrEnum):
    """How far an erasure has come."""

    PLANNED = "planned"
    HELD = "held"
    """Ordered, and waiting for the release of a legal hold; nothing is done yet."""
    EXECUTING = "executing"
    EXECUTED = "executed"
    VERIFIED = "verified"
    CERTIFIED = "certified"


class Step(StrEnum):
    """What an execution does, in order. Each may be repeated without harm."""

    SUPPRESSED = "suppressed"
    """The handles are on the suppression list, and what is needed further is kept sealed."""
    SHREDDED = "shredded"
    """The keys of the subjects and of the customer are destroyed."""
    CLOSED = "closed"
    """Profiles, members, handles and every other row in the store are gone."""
    DELETED = "deleted"
    """The rows in the warehouse are gone; other people's texts no longer name the person."""
    LANDING = "landing"
    """Landed segments and quarantine no longer hold the person's items."""
    REWRITTEN = "rewritten"
    """The warehouse lies in a new file."""
    EMPTIED = "emptied"
    """Spill files and half-written ones are gone, the store's log is cut."""
    RECORDED = "recorded"
    """The audit log says that it was done."""


@dataclass(slots=True)
class Erasure:
    """One erasure, as the store has it.

    Attributes:
        progress: Steps done and when, counts, and sealed parts; JSON.
    """

    erasure_id: str
    customer_id: CustomerId
    subject_ids: tuple[str, ...]
    state: State
    plan: dict[str, Any]
    progress: dict[str, Any]
    requested_by: str
    planned_at: datetime
    executed_at: datetime | None = None
    certified_at: datetime | None = None
    certificate: dict[str, Any] | None = None

    def is_done(self, step: Step) -> bool:
        """Say whether a step was done."""
        return step in self.progress.get("steps", {})

    def done(self, step: Step, at: datetime) -> None:
        """Note that a step was done; `save` makes it last."""
        self.progress.setdefault("steps", {}).setdefault(step, at.isoformat())

    def note_counts(self, counts: Mapping[str, int]) -> None:
        """Keep counts from before the first deletion; a repeated step does not change them."""
        kept = self.progress.setdefault("before", {})
        for place, count in counts.items():
            kept.setdefault(place, count)

    def keep_sealed(self, zone: OpenZone, name: str, values: Iterable[str]) -> None:
        """Keep what leads to the person, sealed under the zone's key, until `forget_sealed`."""
        content = json.dumps(sorted(set(values) | set(self.sealed(zone, name)))).encode()
        sealed = zone.keyring.seal(None, table=ERASURES.name, column=_COLUMN, value=content)
        self.progress.setdefault("sealed", {})[name] = b64encode(sealed).decode("ascii")

    def sealed(self, zone: OpenZone, name: str) -> tuple[str, ...]:
        """Give what was kept by a name; nothing where nothing was."""
        kept = self.progress.get("sealed", {}).get(name)
        if kept is None:
            return ()
        opened = zone.keyring.open(
            None, table=ERASURES.name, column=_COLUMN, sealed=b64decode(kept)
        )
        return tuple(json.loads(opened))

    def forget_sealed(self) -> None:
        """Drop everything that leads to the person."""
        self.progress.pop("sealed", None)

    def person(self, zone: OpenZone) -> Person:
        """Give whom this is about, also when the store no longer knows."""
        return Person(
            customer_id=self.customer_id,
            former_ids=tuple(self.plan["former_ids"]),
            subject_ids=self.subject_ids,
            handle_indexes=self.sealed(zone, "handles"),
        )


def add(connection: Connection, erasure: Erasure) -> None:
    """Write a new erasure."""
    connection.execute(insert(ERASURES).values(**_row(erasure)))


def save(connection: Connection, erasure: Erasure) -> None:
    """Write how far an erasure has come; what another process has certified meanwhile stays."""
    row = _row(erasure)
    row.pop("erasure_id")
    this = _E.erasure_id == erasure.erasure_id
    if erasure.state is not State.CERTIFIED:
        this &= _E.state != State.CERTIFIED
    connection.execute(update(ERASURES).where(this).values(**row))


def note(zone: OpenZone, erasures: Iterable[Erasure], step: Step) -> None:
    """Write that a step was done for some erasures, in one transaction."""
    at = zone.clock()
    with zone.store.begin() as connection:
        for erasure in erasures:
            erasure.done(step, at)
            save(connection, erasure)


def load(zone: OpenZone, erasure_id: str) -> Erasure:
    """Read an erasure.

    Raises:
        NotFound: There is none of this id.
    """
    with zone.store.connect() as connection:
        return load_in(connection, erasure_id)


def load_in(connection: Connection, erasure_id: str) -> Erasure:
    """Read an erasure in a transaction of the caller's."""
    row = connection.execute(select(ERASURES).where(_E.erasure_id == erasure_id)).first()
    if row is None:
        raise NotFound("no erasure has that id")
    fields = row._asdict()
    fields["customer_id"] = CustomerId(fields["customer_id"])
    fields["subject_ids"] = tuple(fields["subject_ids"])
    fields["state"] = State(fields["state"])
    return Erasure(**fields)


def unfinished(zone: OpenZone, customer_id: str) -> list[str]:
    """Give the erasures of a customer that were begun and are not certified, oldest first."""
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(_E.erasure_id)
            .where(_E.customer_id == customer_id, _E.state != State.CERTIFIED)
            .order_by(_E.planned_at)
        )
        return list(rows.scalars())


def must_be(erasure: Erasure, *states: State) -> None:
    """Refuse to go on with an erasure that has not come far enough.

    Raises:
        ErasureIncomplete: Naming how far it has come.
    """
    if erasure.state not in states:
        raise ErasureIncomplete(f"erasure {erasure.erasure_id} is only {erasure.state}")


def _row(erasure: Erasure) -> dict[str, Any]:
    return {
        "erasure_id": erasure.erasure_id,
        "customer_id": erasure.customer_id,
        "subject_ids": list(erasure.subject_ids),
        "state": erasure.state.value,
        "plan": erasure.plan,
        "progress": erasure.progress,
        "requested_by": erasure.requested_by,
        "planned_at": erasure.planned_at,
        "executed_at": erasure.executed_at,
        "certified_at": erasure.certified_at,
        "certificate": erasure.certificate,
    }
