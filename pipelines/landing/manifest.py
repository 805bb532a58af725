"""What has landed, as the store's manifest has it: which files are known, and the account of a zone."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from pipelines.landing.report import LandingReport
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import LANDING_SEGMENTS, QUARANTINE

_ORPHAN_AGE = timedelta(hours=1)


def known_files(zone: OpenZone, digests: Collection[str]) -> set[str]:
    """Give the deliveries, by keyed digest, that have landed whole."""
    table = LANDING_SEGMENTS.c
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(table.file_digest, table.chunk, table.is_last_chunk).where(
                among(connection, table.file_digest, set(digests))
            )
        ).all()
    counts = Counter(row.file_digest for row in rows)
    return {
        row.file_digest
        for row in rows
        if row.is_last_chunk and counts[row.file_digest] == row.chunk + 1
    }


def known_chunks(zone: OpenZone, digest: str) -> set[int]:
    """Give the chunks of a delivery that have landed."""
    table = LANDING_SEGMENTS.c
    query = select(table.chunk).where(table.file_digest == digest)
    with zone.store.connect() as connection:
        return set(connection.execute(query).scalars())


def account(zone: OpenZone, *, day: date | None = None) -> LandingReport:
    """Give the account of everything that landed, or of one day: by source and outcome.

    The reasons are those of what is held now, whatever the day.
    """
    table = LANDING_SEGMENTS.c
    outcomes = ("sealed", "duplicate", "quarantined", "suppressed", "handed_over")
    sums = [func.coalesce(func.sum(table[f"count_{outcome}"]), 0) for outcome in outcomes]
    query = select(table.source, *sums).group_by(table.source)
    if day is not None:
        query = query.where(table.day == day)
    reasons = (
        select(QUARANTINE.c.source, QUARANTINE.c.reason, func.count().label("items"))
        .where(QUARANTINE.c.status == "held")
        .group_by(QUARANTINE.c.source, QUARANTINE.c.reason)
    )
    report = LandingReport()
    with zone.store.connect() as connection:
        for row in connection.execute(query):
            for outcome, count in zip(outcomes, row[1:], strict=True):
                if count:
                    report.outcomes[row.source, outcome] += int(count)
        for row in connection.execute(reasons):
            report.reasons[row.source, row.reason] = row.items
    return report


def sweep(zone: OpenZone, *, now: datetime) -> int:
    """Remove files of landings that were killed before their transaction; give how many.

    Only files older than an hour: a younger one may be a landing that is running.
    """
    table = LANDING_SEGMENTS.c
    files = [path for path in zone.layout.landing.rglob("*.arrow*") if path.is_file()]
    if not files:
        return 0
    names = {path.relative_to(zone.layout.root).as_posix(): path for path in files}
    with zone.store.connect() as connection:
        query = select(table.path).where(among(connection, table.path, list(names)))
        standing: set[str] = set(connection.execute(query).scalars())
    count = 0
    for name, path in names.items():
        age = now.timestamp() - path.stat().st_mtime
        if name not in standing and age > _ORPHAN_AGE.total_seconds():
            path.unlink(missing_ok=True)
            count += 1
    return count
