"""What other people's texts say of a person: taken out, while the texts stay theirs.

A span is replaced by as many full blocks (U+2588), so that every other span of the text stays where
its offsets say.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from privacy.erasure.needles import Needles, spellings_of
from privacy.erasure.person import Person
from privacy.erasure.sealed import hits_among, originals
from privacy.erasure.warehouse_rows import mentions_by_others
from privacy.opened import OpenZone
from privacy.warehouse.open import ALIAS, Warehouse

_BLOCK: Final = "\u2588"
_BLANKED: Final = "[ERASED]"
_TEXT: Final = "text_redacted"
_ROWS: Final = 20_000
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
    changed = _redacted(zone, rows, spans, needles)
    _update(warehouse, "core.originals", "interaction_id", changed, "sealed")
    return int(changed.num_rows)


def redact_texts(warehouse: Warehouse, needles: Needles) -> int:
    """Take what is known of people out of every redacted text, names too.

    A name that stands in a redacted text is one that was not recognised when the text was loaded.
    Nobody is wronged when it goes now: redacted is what such a text is meant to be.

    Returns:
        How many texts were changed.
    """
    count = 0
    for place in _places_with(warehouse, _TEXT):
        rows = warehouse.connection.execute(f"select rowid as place, {_TEXT} from {place}")
        changed: list[tuple[int, str]] = []
        for batch in rows.to_arrow_reader(_ROWS):
            ids, texts = (column.to_pylist() for column in batch.columns)
            contents = [None if text is None else text.encode() for text in texts]
            for position in hits_among(needles, contents):
                pattern = _pattern_of(_spellings_in(needles, contents[position]))
                text = pattern.sub(_BLANKED, texts[position]) if pattern else texts[position]
                if text != texts[position]:
                    changed.append((ids[position], text))
        count += len(changed)
        if changed:
            ids, texts = zip(*changed, strict=True)
            _update(warehouse, place, "rowid", pa.table({"key": ids, _TEXT: texts}), _TEXT)
    return count


def _places_with(warehouse: Warehouse, column: str) -> list[str]:
    rows = warehouse.connection.execute(
        "select distinct schema_name || '.' || table_name from duckdb_columns()"
        " semi join duckdb_tables() using (database_name, schema_name, table_name)"
        " where database_name = ? and column_name = ? order by 1",
        [ALIAS, column],
    ).fetchall()
    return [row[0] for row in rows]


def _redacted(
    zone: OpenZone,
    rows: pa.Table,
    spans: Mapping[str, list[tuple[int, int]]],
    needles: Needles | None,
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
        without = _without(parts, [*said, *_spellings_in(needles, content)])
        if without != parts or said:
            content = json.dumps(without, ensure_ascii=False).encode("utf-8", "surrogatepass")
            kept.append((interaction_id, owner, content))
    blobs = zone.keyring.seal_many(
        [owner for _, owner, _ in kept], values=[text for _, _, text in kept], **_BOUND_TO
    )
    return pa.table(
        {
            "key": pa.array([interaction_id for interaction_id, _, _ in kept], pa.string()),
            "sealed": pa.array(blobs, pa.binary()),
        }
    )


def _without(parts: dict[str, Any], values: Iterable[str]) -> dict[str, Any]:
    pattern = _pattern_of(values)
    if pattern is None:
        return parts
    return {
        name: pattern.sub(lambda found: _BLOCK * len(found[0]), part)
        if isinstance(part, str)
        else part
        for name, part in parts.items()
    }


def _pattern_of(values: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({value for value in values if value.strip()}, key=len, reverse=True)
    if not longest_first:
        return None
    words = "|".join(map(re.escape, longest_first))
    return re.compile(
        rf"(?<![A-Za-z0-9._%+-])(?:{words})(?![A-Za-z0-9_-]|\.[A-Za-z0-9])", re.IGNORECASE
    )


def _spellings_in(needles: Needles | None, content: bytes | None) -> Iterator[str]:
    """Give how the values that stand in a text may be written there."""
    if needles is not None and content is not None:
        for number in {hit.value for hit in needles.find(content, whole=True)}:
            yield from spellings_of(needles.values[number])


def _update(warehouse: Warehouse, place: str, key: str, changed: pa.Table, column: str) -> None:
    """Write a column of a table anew where it was changed."""
    if not changed.num_rows:
        return
    warehouse.connection.register("c360_redacted", changed)
    try:
        warehouse.connection.execute(
            f"update {place} set {column} = c360_redacted.{column} from c360_redacted"
            f" where {place}.{key} = c360_redacted.key"
        )
    finally:
        warehouse.connection.unregister("c360_redacted")
