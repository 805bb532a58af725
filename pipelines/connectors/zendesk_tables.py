"""Zendesk's tables as CSV files of one folder, joined into one object per ticket.

The tables are read several times, a share of the tickets each time, so that an export of any size
takes bounded memory.
"""

import csv
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from pipelines.connectors.connector import SourceFile
from pipelines.connectors.wire import scrub
from privacy.errors import WireFormatError

_SHARE_BYTES = 64 * 1024 * 1024
_FIELD_LIMIT = 16 * 1024 * 1024
_TABLE = re.compile(r"(?:zendesk_)?(?P<table>[a-z_]+?)(?:_data)?\.csv")
_KNOWN = {
    "ticket": "ticket",
    "tickets": "ticket",
    "user": "user",
    "users": "user",
    "comment": "ticket_comment",
    "comments": "ticket_comment",
    "ticket_comment": "ticket_comment",
    "ticket_comments": "ticket_comment",
    "ticket_field_history": "ticket_field_history",
    "satisfaction_rating": "satisfaction_rating",
    "satisfaction_ratings": "satisfaction_rating",
    "ticket_tag": "ticket_tag",
    "ticket_tags": "ticket_tag",
    "ticket_chat": "ticket_chat",
    "ticket_chat_event": "ticket_chat_event",
}
_BESIDE = frozenset(
    {
        *("brand", "group", "organization", "organization_tag", "domain_name", "user_tag"),
        *("schedule", "schedule_holiday", "ticket_schedule", "daylight_time", "time_zone"),
        *("sla_policy_history", "sla_policy_metric_history", "ticket_sla_policy", "audit_log"),
        *("ticket_form_history", "ticket_custom_field", "user_custom_field", "ticket_metric"),
    }
)
"""Tables of an export that say nothing a record here needs; they are part of it all the same."""


def tables_of(heads: Mapping[str, bytes]) -> dict[str, str]:
    """Give the files of a folder that are tables of one Zendesk export: table to base name."""
    found: dict[str, str] = {}
    for name in sorted(heads):
        match = _TABLE.fullmatch(name.lower())
        table = match["table"] if match else ""
        if table in _KNOWN or table in _BESIDE:
            found.setdefault(_KNOWN.get(table, table), name)
    header = heads[found["ticket"]].partition(b"\n")[0] if "ticket" in found else b""
    return found if b"requester_id" in header and b"submitter_id" in header else {}


def bundles(file: SourceFile) -> Iterator[dict[str, Any]]:
    """Yield one object per ticket id met in any table, a share of them at a time."""
    names = tables_of({name: _head(member) for name, member in file.members.items()})
    tables = {
        table: file.members[name] for table, name in names.items() if table in _KNOWN.values()
    }
    size = sum(member.size_bytes or 0 for member in tables.values())
    count_shares = 1 + size // _SHARE_BYTES
    for share in range(count_shares):
        yield from _share(tables, share, count_shares)


def _head(file: SourceFile) -> bytes:
    with closing(file.open()) as stream:
        return stream.read(4096)


def _share(
    tables: Mapping[str, SourceFile], share: int, count_shares: int
) -> Iterator[dict[str, Any]]:
    def is_ours(ticket_id: str) -> bool:
        return zlib.crc32(ticket_id.encode()) % count_shares == share

    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in _rows(tables, "ticket"):
        if is_ours(row.get("id", "")):
            found[row["id"]]["ticket"] = row
    for table, key in (
        ("ticket_comment", "comments"),
        ("ticket_field_history", "field_history"),
        ("ticket_tag", "tags"),
    ):
        for row in _rows(tables, table):
            ticket_id = row.pop("ticket_id", "")
            if is_ours(ticket_id):
                entry = row.get("tag", "") if key == "tags" else row
                found[ticket_id].setdefault(key, []).append(entry)
    for row in _rows(tables, "satisfaction_rating"):
        if is_ours(row.get("ticket_id", "")):
            found[row["ticket_id"]]["satisfaction_rating"] = row
    _join_chats(tables, found, is_ours)
    _join_users(tables, found)
    for ticket_id, bundle in found.items():
        if bundle.keys() <= {"tags", "users"}:
            continue
        bundle.setdefault("ticket", {"id": ticket_id})
        bundle.get("comments", []).sort(key=lambda row: (row.get("created", ""), row.get("id", "")))
        bundle.get("field_history", []).sort(key=lambda row: row.get("updated", ""))
        yield {"ticket": bundle.pop("ticket"), **bundle}


def _join_chats(
    tables: Mapping[str, SourceFile], found: dict[str, dict[str, Any]], is_ours: Any
) -> None:
    """Put the events of a chat to the ticket it became: the last one, where several name it."""
    tickets: dict[str, str] = {}
    for row in _rows(tables, "ticket_chat"):
        tickets[row.get("chat_id", "")] = row.get("ticket_id", "")
    for row in _rows(tables, "ticket_chat_event"):
        ticket_id = tickets.get(row.get("chat_id", ""), "")
        if ticket_id and is_ours(ticket_id):
            row.pop("original_message", None)
            found[ticket_id].setdefault("chat_events", []).append(row)


def _join_users(tables: Mapping[str, SourceFile], found: Mapping[str, dict[str, Any]]) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for ticket_id, bundle in found.items():
        ticket = bundle.get("ticket", {})
        named = [ticket.get(field) for field in ("requester_id", "submitter_id", "assignee_id")]
        named += [row.get("author_id") or row.get("user_id") for row in bundle.get("comments", ())]
        named += [
            (row.get("actor_id") or "").removeprefix("agent:")
            for row in bundle.get("chat_events", ())
        ]
        for user_id in filter(None, named):
            wanted[user_id].add(ticket_id)
    for row in _rows(tables, "user"):
        for ticket_id in sorted(wanted.get(row.get("id", ""), ())):
            found[ticket_id].setdefault("users", []).append(row)


def _rows(tables: Mapping[str, SourceFile], table: str) -> Iterator[dict[str, str]]:
    """Yield a table's rows without their empty fields and without the exporter's own columns."""
    if table not in tables:
        return
    csv.field_size_limit(_FIELD_LIMIT)
    with closing(tables[table].open()) as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
        try:
            for row in csv.DictReader(text):
                yield {
                    name: scrub(value)
                    for name, value in row.items()
                    if isinstance(name, str)
                    and isinstance(value, str)
                    and value
                    and name[:1] != "_"
                }
        except csv.Error:
            raise WireFormatError(f"table {table} is not CSV") from None
