"""What other people's texts say of a person: taken out, while the texts stay theirs.

A span is replaced by as many full blocks (U+2588), so that every other span of the text stays where
its offsets say.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from privacy.erasure.needles import Needles
from privacy.erasure.person import Person
from privacy.erasure.sealed import hits_among, originals
from privacy.erasure.warehouse_rows import mentions_by_others
from privacy.opened import OpenZone
from privacy.warehouse.open import Warehouse

_BLOCK: Final = "\u2588"
_BOUND_TO: Final = {"table": "originals", "column": "sealed"}


def redact_originals(
    zone: OpenZone, warehouse: Warehouse, person: Person, needles: Needles | None
) -> int:
    """Take a person's identifiers out of what others wrote, and seal it again.

    By the blind index of the spans that were found when the text was loaded; and, where the plain
    values are known, by searching every text, which finds what was not recognised then too.

    Returns:
        How many texts were changed.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in mentions_by_others(warehouse).to_pylist():
        spans.setdefault(row["interaction_id"], []).append((row["start_offset"], row["end_offset"]))
    found = set(spans)
    if needles is not None:
        for opened in originals(zone, warehouse):
            for position in hits_among(needles, opened.values):
                if opened.owner_ids[position] not in person.owner_ids:
                    found.add(opened.ids[position])
    if not found:
        return 0
    rows = warehouse.arrow(
        "select interaction_id, subject_id, sealed from core.originals"
        " where interaction_id in (select unnest(?::varchar[]))",
        [sorted(found)],
    )
    changed = _redacted(
        zone, rows, spans, [value.text for value in needles.values] if needles else []
    )
    _write(warehouse, changed)
    return int(changed.num_rows)


def _redacted(
    zone: OpenZone,
    rows: pa.Table,
    spans: Mapping[str, list[tuple[int, int]]],
    values: Iterable[str],
) -> pa.Table:
    ids, owners, sealed = (rows[name].to_pylist() for name in rows.column_names)
    opened = zone.keyring.open_many(owners, sealed=sealed, missing="none", **_BOUND_TO)
    kept: list[tuple[str, str | None, bytes]] = []
    for interaction_id, owner, content in zip(ids, owners, opened, strict=True):
        if content is None:
            continue
        parts = json.loads(content)
        text = parts["text"]
        said = []
        for start, end in spans.get(interaction_id, []):
            said.append(text[start:end])
            parts["text"] = parts["text"][:start] + _BLOCK * (end - start) + parts["text"][end:]
        without = _without(parts, [*said, *values])
        if without != parts or said:
            content = json.dumps(without, ensure_ascii=False).encode("utf-8", "surrogatepass")
            kept.append((interaction_id, owner, content))
    blobs = zone.keyring.seal_many(
        [owner for _, owner, _ in kept], values=[text for _, _, text in kept], **_BOUND_TO
    )
    return pa.table(
        {
            "interaction_id": pa.array(
                [interaction_id for interaction_id, _, _ in kept], pa.string()
            ),
            "sealed": pa.array(blobs, pa.binary()),
        }
    )


def _without(parts: dict[str, Any], values: Iterable[str]) -> dict[str, Any]:
    longest_first = sorted({value for value in values if value.strip()}, key=len, reverse=True)
    if not longest_first:
        return parts
    words = "|".join(map(re.escape, longest_first))
    pattern = re.compile(
        rf"(?<![A-Za-z0-9._%+-])(?:{words})(?![A-Za-z0-9_-]|\.[A-Za-z0-9])", re.IGNORECASE
    )
    return {
        name: pattern.sub(lambda found: _BLOCK * len(found[0]), part)
        if isinstance(part, str)
        else part
        for name, part in parts.items()
    }


def _write(warehouse: Warehouse, changed: pa.Table) -> None:
    if not changed.num_rows:
        return
    warehouse.connection.register("c360_redacted", changed)
    try:
        warehouse.connection.execute(
            "update core.originals set sealed = c360_redacted.sealed from c360_redacted"
            " where core.originals.interaction_id = c360_redacted.interaction_id"
        )
    finally:
        warehouse.connection.unregister("c360_redacted")
