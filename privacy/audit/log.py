"""The zone's audit log: record what was done, seal it into the tree, prove it, forget a person.

`record` is one small insert, so it can run at every query. `seal` puts what is pending into the
Merkle tree in batches and signs the new head. Checking a proof does not belong here
(`privacy.audit.verify`).
"""

import json
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select, update

from privacy.audit.checkpoint import Checkpoint, origin_of
from privacy.audit.leaves import SALT_BYTES, canonical, commitment_of, leaf_of
from privacy.audit.merkle import Frontier, consistency_path, inclusion_path
from privacy.audit.tree import LOWEST_STORED_LEVEL, StoredTree
from privacy.audit.verify import CONSISTENCY_KIND, INCLUSION_KIND
from privacy.errors import KeyDestroyed, NotFound, Tampered
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_if_absent, queue_up, update_each
from privacy.store.tables import AUDIT_CHECKPOINTS, AUDIT_ENTRIES, AUDIT_NODES

_BATCH = 20_000
"""Entries sealed in a transaction: half a second, so that no other writer waits long."""

_E = AUDIT_ENTRIES.c
_PUBLIC = (
    _E.entry_id,
    _E.action,
    _E.caller_id,
    _E.purpose,
    _E.outcome,
    _E.happened_at,
    _E.commitment,
)
"""The columns of a leaf, in the order of `leaf_of`."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, as it is recorded.

    Attributes:
        action: What, in one word of a fixed vocabulary; up to 40 characters.
        caller_id: Who did it; up to 80 characters.
        purpose: For which purpose; None where none applies.
        outcome: ``allowed``, ``refused``, ``done``, …; up to 16 characters.
        customer_id: About whom; None for nobody in particular.
        payload: JSON values; sealed, and forgotten with the customer. Where there is no customer,
            nothing personal may be in it.
    """

    action: str
    caller_id: str
    purpose: str | None
    outcome: str
    customer_id: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry as it can still be read.

    Attributes:
        entry_id: Its id.
        position: In the tree; None until it is sealed.
        action: What was done.
        caller_id: Who did it.
        purpose: For which purpose.
        outcome: How it ended.
        customer_id: About whom; None for nobody in particular, or for someone forgotten.
        payload: What was recorded with it; None once it is forgotten.
        happened_at: When.
    """

    entry_id: str
    position: int | None
    action: str
    caller_id: str
    purpose: str | None
    outcome: str
    customer_id: str | None
    payload: Mapping[str, Any] | None
    happened_at: datetime


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
        rows = []
        for act, salt, payload, sealed in zip(
            acts, salts, payloads, self._sealed(acts, payloads), strict=True
        ):
            # Someone erased can still be asked for. The act stays, without whom it was about.
            is_forgotten = sealed is None
            rows.append(
                {
                    "entry_id": _new_id(),
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
        return [row["entry_id"] for row in rows]

    def _sealed(self, acts: Sequence[Act], payloads: list[bytes]) -> list[bytes | None]:
        owners = [act.customer_id for act in acts]
        try:
            return list(self._seal_payloads(owners, payloads))
        except KeyDestroyed:
            destroyed = {one for one in set(owners) if one and self._keyring.is_destroyed(one)}
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

        Two processes at once wait for each other. A process that dies leaves whole batches, each
        with its signed head, or nothing.

        Returns:
            The newest head; of an empty tree where nothing was ever recorded.

        Raises:
            Tampered: The log no longer matches the last head that was signed.
        """
        while True:
            with self._store.begin() as connection:
                queue_up(connection, "audit-seal")
                sealed = self._seal_batch(connection)
            if sealed is not None:
                return sealed

    def _seal_batch(self, connection: Connection) -> Checkpoint | None:
        """Seal one batch; give the head once nothing is pending."""
        last = self._last(connection)
        tree = StoredTree(connection)
        frontier = Frontier(last.size if last else 0, tree)
        count = connection.scalar(select(func.max(_E.position)))
        if frontier.size != (0 if count is None else count + 1):
            raise Tampered("audit log: there are entries past the last checkpoint, or too few")
        if last is not None:
            last.verify(self._keyring.verify_key)
            if frontier.root() != last.root:
                raise Tampered(f"audit log: the first {last.size} entries are not those signed")
        pending: Sequence[Any] = connection.execute(
            select(*_PUBLIC)
            .where(_E.position.is_(None))
            .order_by(_E.happened_at, _E.entry_id)
            .limit(_BATCH)
        ).all()
        if not pending and last is not None:
            return last
        rows, nodes = [], []
        for entry in pending:
            leaf = leaf_of(*entry).hash()
            rows.append({"entry_id": entry.entry_id, "position": frontier.size, "leaf_hash": leaf})
            nodes += [
                {"level": level, "index": index, "node_hash": node}
                for level, index, node in frontier.append(leaf)
                if level >= LOWEST_STORED_LEVEL
            ]
        update_each(connection, AUDIT_ENTRIES, "entry_id", rows)
        insert_if_absent(connection, AUDIT_NODES, nodes)
        unsigned = Checkpoint(self._origin, frontier.size, frontier.root(), self._clock())
        signature = self._keyring.sign(unsigned.body())
        row = {
            "tree_size": unsigned.size,
            "root_hash": unsigned.root,
            "signature": signature,
            "sealed_at": unsigned.sealed_at,
        }
        insert_if_absent(connection, AUDIT_CHECKPOINTS, [row])
        return None

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
            raise NotFound(f"no audit entry {entry_id}")
        return found[0]

    def _entries(self, which: Any) -> list[AuditEntry]:
        query = (
            select(*_PUBLIC, _E.position, _E.customer_id, _E.sealed)
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
            return [self._checkpoint(row) for row in connection.execute(query)]

    def inclusion_proof(self, entry_id: str) -> dict[str, Any]:
        """Prove that an entry is in the log, as JSON that `privacy.audit.verify` checks offline.

        Raises:
            NotFound: There is no such entry, or it is not sealed into the tree yet.
            Tampered: The log lacks a row that must be there.
        """
        with self._store.connect() as connection:
            query = select(*_PUBLIC, _E.position).where(_E.entry_id == entry_id)
            row: Any = connection.execute(query).first()
            last = self._last(connection)
            if row is None or row.position is None or last is None:
                state = "is not sealed yet" if row else "is not in the log"
                raise NotFound(f"audit entry {entry_id} {state}")
            path = inclusion_path(row.position, last.size, StoredTree(connection))
        return {
            "kind": INCLUSION_KIND,
            "entry": leaf_of(*row[:-1])._asdict(),
            "position": row.position,
            "path": [one.hex() for one in path],
            "checkpoint": last.to_json(),
        }

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
        """
        if not 0 < old_size <= new_size:
            raise NotFound(f"no proof from size {old_size} to {new_size}")
        query = select(AUDIT_CHECKPOINTS)
        with self._store.connect() as connection:
            heads = []
            for size in (old_size, new_size):
                row = connection.execute(query.where(AUDIT_CHECKPOINTS.c.tree_size == size)).first()
                if row is None:
                    raise NotFound(f"no checkpoint of size {size}")
                heads.append(self._checkpoint(row).to_json())
            path = consistency_path(old_size, new_size, StoredTree(connection))
        return {
            "kind": CONSISTENCY_KIND,
            "old": heads[0],
            "new": heads[1],
            "path": [one.hex() for one in path],
        }

    def verify(self) -> int:
        """Check the whole log: every sealed entry against its leaf, every head against the tree.

        Reads each entry once, in batches.

        Returns:
            How many entries are in the tree.

        Raises:
            Tampered: Naming the first position or head that does not match.
        """
        frontier = Frontier()
        with self._store.connect() as connection:
            heads = {
                head.size: head
                for head in map(self._checkpoint, connection.execute(select(AUDIT_CHECKPOINTS)))
            }
            self._verify_head(heads.get(0), frontier)
            last_size = max(heads, default=0)
            while True:
                batch: Sequence[Any] = connection.execute(
                    select(*_PUBLIC, _E.position, _E.leaf_hash)
                    .where(_E.position >= frontier.size)
                    .order_by(_E.position)
                    .limit(_BATCH)
                ).all()
                if not batch:
                    break
                for row in batch:
                    leaf = leaf_of(*row[:-2]).hash()
                    if row.position != frontier.size or leaf != row.leaf_hash:
                        raise Tampered(f"audit log broken at entry {frontier.size}")
                    frontier.append(leaf)
                    self._verify_head(heads.get(frontier.size), frontier)
        if frontier.size != last_size:
            raise Tampered(f"audit log ends at {frontier.size}, its last head is of {last_size}")
        return frontier.size

    def _verify_head(self, head: Checkpoint | None, frontier: Frontier) -> None:
        if head is None:
            return
        head.verify(self._keyring.verify_key)
        if head.root != frontier.root():
            raise Tampered(f"audit log: the head of size {head.size} is not of these entries")

    def _last(self, connection: Connection) -> Checkpoint | None:
        row = connection.execute(
            select(AUDIT_CHECKPOINTS).order_by(AUDIT_CHECKPOINTS.c.tree_size.desc()).limit(1)
        ).first()
        return None if row is None else self._checkpoint(row)

    def _checkpoint(self, row: Any) -> Checkpoint:
        return Checkpoint(
            origin=self._origin,
            size=row.tree_size,
            root=row.root_hash,
            sealed_at=row.sealed_at,
            signature=row.signature,
        )


def _new_id() -> str:
    return f"n_{b32encode(token_bytes(16))[:26].decode('ascii').lower()}"
