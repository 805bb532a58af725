"""The zone's audit log: record what was done, seal it into the tree, prove it, forget a person.

`AuditLog.record` is one small insert, so it can run at every query. `AuditLog.seal` puts what is
pending into the Merkle tree and signs the new head. Checking a proof does not belong here
(`privacy.audit.verify`).
"""

import json
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from secrets import token_bytes
from types import MappingProxyType
from typing import Any

from sqlalchemy import select, update

from privacy.audit.checkpoint import Checkpoint, origin_of
from privacy.audit.entries import PUBLIC_COLUMNS, Act, AuditEntry
from privacy.audit.leaves import SALT_BYTES, canonical, commitment_of
from privacy.audit.proving import prove_consistency, prove_inclusion, verify_log
from privacy.audit.sealing import checkpoint_of, seal_batch
from privacy.errors import KeyDestroyed, NotFound
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_if_absent
from privacy.store.engine import snapshot
from privacy.store.tables import AUDIT_CHECKPOINTS, AUDIT_ENTRIES

_E = AUDIT_ENTRIES.c
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class AuditLog:
    """One zone's log; safe between threads and between processes."""

    def __init__(self, zone: OpenZone) -> None:
        self._store = zone.store
        self._keyring = zone.keyring
        self._clock = zone.clock
        self._origin = origin_of(zone.zone)

    # --- writing --------------------------------------------------------------------------------

    def record(
        self,
        *,
        action: str,
        caller_id: str,
        purpose: str | None,
        outcome: str,
        customer_id: str | None = None,
        payload: Mapping[str, Any] = _NOTHING,
    ) -> str:
        """Record one act; see `Act` for the arguments.

        Returns:
            The entry's id. It is on disk, and will be in the tree at the next `seal`.
        """
        act = Act(action, caller_id, purpose, outcome, customer_id, payload)
        return self.record_many([act])[0]

    def record_many(self, acts: Sequence[Act]) -> list[str]:
        """Record acts in one transaction; give their entries' ids in the same order."""
        happened_at = self._clock()
        salts = [token_bytes(SALT_BYTES) for _ in acts]
        payloads = [canonical(act.payload) for act in acts]
        entry_ids = [_new_id() for _ in acts]
        rows = []
        for entry_id, act, salt, payload, sealed in zip(
            entry_ids, acts, salts, payloads, self._sealed(acts, payloads), strict=True
        ):
            # Someone erased can still be asked for. The act stays, without whom it was about.
            is_forgotten = sealed is None
            rows.append(
                {
                    "entry_id": entry_id,
                    "action": str(act.action),
                    "caller_id": act.caller_id,
                    "purpose": None if act.purpose is None else str(act.purpose),
                    "outcome": str(act.outcome),
                    "customer_id": None if is_forgotten else act.customer_id,
                    "salt": None if is_forgotten else salt,
                    "commitment": commitment_of(salt, act.customer_id, payload),
                    "sealed": sealed,
                    "happened_at": happened_at,
                }
            )
        with self._store.begin() as connection:
            insert_if_absent(connection, AUDIT_ENTRIES, rows)
        return entry_ids

    def _sealed(self, acts: Sequence[Act], payloads: list[bytes]) -> list[bytes | None]:
        owners = [act.customer_id for act in acts]
        try:
            return [*self._seal_payloads(owners, payloads)]
        except KeyDestroyed:
            destroyed = self._keyring.destroyed_among(one for one in owners if one)
            places = [place for place, one in enumerate(owners) if one not in destroyed]
            sealed = self._seal_payloads(
                [owners[place] for place in places], [payloads[place] for place in places]
            )
            found = dict(zip(places, sealed, strict=True))
            return [found.get(place) for place in range(len(owners))]

    def _seal_payloads(self, owners: list[str | None], payloads: list[bytes]) -> list[bytes]:
        return self._keyring.seal_many(
            owners, table=AUDIT_ENTRIES.name, column="sealed", values=payloads
        )

    def seal(self) -> Checkpoint:
        """Put every pending entry into the tree and sign its head.

        Give the head to someone who cannot write the store: whoever can, and has the zone's keys,
        could write another log from the start, and only an earlier head kept elsewhere shows that.

        Two processes at once wait for each other. A process that dies leaves whole batches, each
        with its signed head, or nothing.

        Returns:
            The newest head; of an empty tree where nothing was ever recorded.

        Raises:
            Tampered: The log no longer matches the last head that was signed.
        """
        while True:
            with self._store.begin() as connection:
                head, has_more = seal_batch(
                    connection,
                    origin=self._origin,
                    sealed_at=self._clock(),
                    sign=self._keyring.sign,
                    verify_key=self._keyring.verify_key,
                )
            if not has_more:
                return head

    def forget(self, customer_ids: Iterable[str]) -> int:
        """Forget whom entries were about and what they held; the tree and its proofs stand.

        Returns:
            How many entries were changed.
        """
        forgotten = {"customer_id": None, "salt": None, "sealed": None}
        with self._store.begin() as connection:
            about = among(connection, _E.customer_id, set(customer_ids))
            return connection.execute(update(AUDIT_ENTRIES).where(about).values(forgotten)).rowcount

    # --- reading --------------------------------------------------------------------------------

    def entries_for(self, customer_id: str) -> list[AuditEntry]:
        """Give every entry about a customer, oldest first: who looked, why, and when."""
        return self._entries(_E.customer_id == customer_id)

    def entry(self, entry_id: str) -> AuditEntry:
        """Give one entry.

        Raises:
            NotFound: There is none of this id.
        """
        found = self._entries(_E.entry_id == entry_id)
        if not found:
            raise NotFound("no audit entry has that id")
        return found[0]

    def _entries(self, which: Any) -> list[AuditEntry]:
        query = (
            select(*PUBLIC_COLUMNS, _E.position, _E.customer_id, _E.sealed)
            .where(which)
            .order_by(_E.happened_at, _E.entry_id)
        )
        with self._store.connect() as connection:
            rows: Sequence[Any] = connection.execute(query).all()
        kept = [row for row in rows if row.sealed is not None]
        payloads = self._keyring.open_many(
            [row.customer_id for row in kept],
            table=AUDIT_ENTRIES.name,
            column="sealed",
            sealed=[row.sealed for row in kept],
            missing="none",
        )
        opened = {
            row.entry_id: None if payload is None else json.loads(payload)
            for row, payload in zip(kept, payloads, strict=True)
        }
        return [
            AuditEntry(
                entry_id=row.entry_id,
                position=row.position,
                action=row.action,
                caller_id=row.caller_id,
                purpose=row.purpose,
                outcome=row.outcome,
                customer_id=row.customer_id,
                payload=opened.get(row.entry_id),
                happened_at=row.happened_at,
            )
            for row in rows
        ]

    # --- proving --------------------------------------------------------------------------------

    def checkpoints(self) -> list[Checkpoint]:
        """Give every signed head, oldest first."""
        query = select(AUDIT_CHECKPOINTS).order_by(AUDIT_CHECKPOINTS.c.tree_size)
        with self._store.connect() as connection:
            return [checkpoint_of(row, self._origin) for row in connection.execute(query)]

    def inclusion_proof(self, entry_id: str) -> dict[str, Any]:
        """Prove that an entry is in the log, as JSON that `privacy.audit.verify` checks offline.

        Raises:
            NotFound: There is no such entry, or it is not sealed into the tree yet.
            Tampered: The log lacks a row that must be there.
        """
        with snapshot(self._store) as connection:
            return prove_inclusion(connection, self._origin, entry_id)

    def opening(self, entry_id: str) -> dict[str, Any]:
        """Give what an entry's commitment hides, for `privacy.audit.verify.verify_opening`.

        Raises:
            NotFound: There is no such entry.
            KeyDestroyed: It was forgotten. Final.
        """
        entry = self.entry(entry_id)
        with self._store.connect() as connection:
            salt = connection.scalar(select(_E.salt).where(_E.entry_id == entry_id))
        if salt is None or entry.payload is None:
            raise KeyDestroyed(f"audit entry {entry_id} was forgotten")
        return {
            "salt": salt.hex(),
            "customer_id": entry.customer_id,
            "payload": dict(entry.payload),
        }

    def consistency_proof(self, old_size: int, new_size: int) -> dict[str, Any]:
        """Prove that one signed head's log is the beginning of another's.

        Args:
            old_size: Of a checkpoint, one at least.
            new_size: Of the same or a later one.

        Raises:
            NotFound: No checkpoint has one of these sizes, or they are in the wrong order.
            Tampered: The log lacks a row that must be there.
        """
        with snapshot(self._store) as connection:
            return prove_consistency(connection, self._origin, old_size, new_size)

    def verify(self) -> int:
        """Check the whole log: every sealed entry against its leaf, every head against the tree.

        Reads each entry once, in batches.

        Returns:
            How many entries are in the tree.

        Raises:
            Tampered: Naming the first position or head that does not match.
        """
        with snapshot(self._store) as connection:
            return verify_log(connection, self._origin, self._keyring.verify_key)


def _new_id() -> str:
    return f"n_{b32encode(token_bytes(16))[:26].decode('ascii').lower()}"
