"""Every place that may speak of a person, as data: how it is erased, and why something stays.

A test fails when a table with a person's id, in the store, in the warehouse, or among dbt's models,
is not on this list. What is not a table is listed under `SWEPT`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

PERSON_COLUMNS: Final = frozenset(
    {
        "subject_id",
        "other_subject_id",
        "subject_ids",
        "customer_id",
        "from_customer_id",
        "owner_id",
    }
)
"""Columns that name a person. `agent_token` names a member of staff and is not the customer's."""


class Area(StrEnum):
    """Where a place is."""

    STORE = "store"
    WAREHOUSE = "warehouse"
    FILES = "files"


class Method(StrEnum):
    """How a place is erased."""

    SHRED_KEY = "shred_key"
    """The key is destroyed; what was sealed under it can never be opened."""
    DELETE_ROWS = "delete_rows"
    """Rows are deleted; their bytes go with `REWRITE_FILE` or the store's own overwriting."""
    UNLINK = "unlink"
    """The row stays, and no longer names anybody."""
    ANONYMISE = "keep_anonymous"
    """Figures stay; ids, references and the hour are taken out."""
    REDACT = "redact"
    """Another person's text stays; what it says of this one is taken out."""
    FORGET = "forget"
    """Content and salt are destroyed; the hash stays, so that the log can still be proven."""
    REWRITE_FILE = "rewrite_file"
    """The file is written anew without the person, and the old one overwritten."""
    EMPTY_FOLDER = "empty_folder"
    """Every file in it is overwritten and removed."""
    SWEEP_FILE = "sweep_file"
    """Nothing of a person may be there; it is searched, and anything found is a failure."""
    KEEP = "keep"
    """It stays, for the reason given."""


@dataclass(frozen=True, slots=True)
class ErasureTarget:
    """One place.

    Attributes:
        place: ``schema.table`` in the warehouse, the table's name in the store, a folder's name.
        columns: Those that name the person.
        reason: Why this way, where that is not plain; always where something stays.
    """

    place: str
    area: Area
    method: Method
    columns: tuple[str, ...] = ()
    reason: str = ""


def _store(table: str, method: Method, *columns: str, reason: str = "") -> ErasureTarget:
    return ErasureTarget(table, Area.STORE, method, columns, reason)


def _table(
    table: str, *columns: str, method: Method = Method.DELETE_ROWS, reason: str = ""
) -> ErasureTarget:
    return ErasureTarget(table, Area.WAREHOUSE, method, columns, reason)


STORE: Final = (
    _store(
        "data_keys",
        Method.SHRED_KEY,
        "owner_id",
        reason="the id stays beside an empty key, so that no new key is ever made for it; with no "
        "handle left that leads to it, it is the id of nobody",
    ),
    _store("subject_handles", Method.DELETE_ROWS, "subject_id"),
    _store("customer_members", Method.DELETE_ROWS, "subject_id", "customer_id"),
    _store(
        "identity_decisions", Method.DELETE_ROWS, "customer_id", "from_customer_id", "subject_ids"
    ),
    _store("identity_cuts", Method.DELETE_ROWS, "subject_id", "other_subject_id"),
    _store("consent_events", Method.DELETE_ROWS, "subject_id"),
    _store(
        "landing_items",
        Method.UNLINK,
        "owner_id",
        reason="a keyed hash of the item's id and content stays, so that a second delivery is known",
    ),
    _store("profiles", Method.DELETE_ROWS, "customer_id"),
    _store("timeline_pages", Method.DELETE_ROWS, "customer_id"),
    _store("legal_holds", Method.DELETE_ROWS, "subject_id", reason="those that were released"),
    _store(
        "audit_entries",
        Method.FORGET,
        "customer_id",
        reason="who did what and when stays, without about whom; the log's proofs stand",
    ),
    _store(
        "erasures",
        Method.KEEP,
        "customer_id",
        "subject_ids",
        reason="the record of the erasure itself (accountability); its ids are of nobody",
    ),
)
"""The store's tables."""

WAREHOUSE: Final = (
    _table("core.interactions", "subject_id"),
    _table("core.originals", "subject_id"),
    _table("core.mentions", "subject_id"),
    _table("core.thread_events", "subject_id"),
    _table(
        "core.orders",
        "subject_id",
        method=Method.ANONYMISE,
        reason="amounts stay by day for the totals that rest on them; ids, item, store and hour go",
    ),
    _table("core.handles", "subject_id"),
    _table("core.links", "subject_id", "other_subject_id"),
    _table("core.customers", "subject_id", "customer_id"),
    _table("core.decisions", "subject_id"),
    _table("core.consent_events", "subject_id"),
    _table("intermediate.int_identity__customers", "customer_id"),
    _table("intermediate.int_interactions__activity", "customer_id", "subject_id"),
    _table("intermediate.int_interactions__contacts", "customer_id", "subject_id"),
    _table("intermediate.int_interactions__customer_contacts", "customer_id"),
    _table("intermediate.int_orders__customer_orders", "customer_id"),
    _table("intermediate.int_resolution__contacts", "customer_id", "subject_id"),
    _table("marts.agent_context", "customer_id"),
    _table("marts.contact_history", "customer_id", "subject_id"),
    _table("marts.customer_360", "customer_id"),
    _table("marts.resolution_threads", "customer_id"),
    _table("marts.consent_lineage", "subject_id"),
)
"""The warehouse's tables: ours, and those that dbt builds.

A table with a person's column that is not here is deleted from all the same; the plan names it.
"""

VIEWS: Final = frozenset({"staging"})
"""Schemas that hold views only: nothing is stored there."""

MENTIONS: Final = ErasureTarget(
    "core.mentions of others",
    Area.WAREHOUSE,
    Method.REDACT,
    ("identifier_index",),
    reason="another person's message that names this one stays theirs",
)

SWEPT: Final = (
    ErasureTarget("landing", Area.FILES, Method.REWRITE_FILE, ("owner_id",)),
    ErasureTarget("quarantine", Area.STORE, Method.DELETE_ROWS),
    ErasureTarget("warehouse", Area.FILES, Method.REWRITE_FILE),
    ErasureTarget("temporary", Area.FILES, Method.EMPTY_FOLDER),
    ErasureTarget("keys", Area.FILES, Method.SWEEP_FILE),
    ErasureTarget("dbt", Area.FILES, Method.SWEEP_FILE),
    ErasureTarget("dagster", Area.FILES, Method.SWEEP_FILE),
    ErasureTarget("handoff", Area.FILES, Method.SWEEP_FILE),
    ErasureTarget(
        "zone", Area.FILES, Method.SWEEP_FILE, reason="everything else in the zone's folder"
    ),
)
"""What is not a table of rows with a person's id."""

STAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "suppressed_handles": "keyed hashes of the handles, so that what happened before the "
        "erasure never comes back; nobody can be found by them without naming the handle",
        "erasures.ledger": "ids, which are of nobody, and hashes from the list above, sealed: so that "
        "a restored backup brings nobody back",
        "erased_totals": "what the problems of erased people add to the totals of past days, one sum "
        "a day, channel, language, country and reason over all of them; a sum may be of one problem, "
        "as in the totals themselves, and nothing leads from it to anybody",
        "resolution_kpis": "totals by day that name nobody",
        "transferred_persons": "keyed hashes of this calendar year, where the law counts whose data "
        "left the zone: the transfer took place; they lead to nobody, and go with the year",
    }
)
"""Places that name nobody and stay as they are."""

NOT_REACHED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "inbox": "what vendors delivered and nothing has read yet; on landing it is dropped as "
        "suppressed",
        "vendors": "copies the vendors keep are theirs to erase",
        "backups": "a backup of the store can bring a key back until its epoch's key is destroyed",
        "free blocks": "what a file system or a disk keeps of a block that was overwritten or let go",
        "memory": "of processes that were running",
    }
)
"""Places that are outside this product's reach; a certificate says so."""

TARGETS: Final = (*STORE, *WAREHOUSE, MENTIONS, *SWEPT)
"""Every place, store first."""
