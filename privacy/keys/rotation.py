"""Rotation: a new epoch, every data key wrapped again under it, and the end of the old ones.

No value is sealed again: an epoch key wraps data keys, and only those are. What makes this matter
is backups. A backup of the store holds the wrapped keys of people erased since; it stops being able
to bring them back when the generation of the key-encryption key that wrapped its epoch is ended
(NIST SP 800-57 Part 1 calls the time until then the cryptoperiod).

Each step can be cut short and called again: what was done stays done.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from privacy.clock import Clock
from privacy.keys.data_keys import DataKeys
from privacy.keys.epochs import Epochs
from privacy.keys.provider import KeyProvider
from privacy.keys.zone_secrets import ZoneSecrets


@dataclass(frozen=True, slots=True)
class EpochTerm:
    """From when to when an epoch stands; known without a look at any key.

    Attributes:
        epoch: From 1, rising.
        opened_at: UTC.
        superseded_at: When the next one was opened; None for the newest.
        ends_at: When it is due to end: nobody's key that was shredded while it stood can be brought
            back from a backup after that. For the newest, if it is superseded in time.
        destroyed_at: When it ended.
    """

    epoch: int
    opened_at: datetime
    superseded_at: datetime | None
    ends_at: datetime
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class EpochStatus(EpochTerm):
    """One epoch, and what rests on it.

    Attributes:
        generation: Of the key-encryption key that wraps it; None once it has ended.
        count_keys: Data keys it wraps.
    """

    generation: str | None
    count_keys: int


class Rotation:
    """Rotates one zone's keys; safe between processes.

    Args:
        provider: Of the key-encryption key.
        secrets: The zone's own keys.
        epochs: The zone's epochs.
        data_keys: The data keys.
        clock: Gives the present instant.
        period: How long an epoch is the newest.
        kept: How long an epoch lasts after it was superseded: as long as backups must be readable.
    """

    def __init__(
        self,
        provider: KeyProvider,
        secrets: ZoneSecrets,
        epochs: Epochs,
        data_keys: DataKeys,
        clock: Clock,
        *,
        period: timedelta,
        kept: timedelta,
    ) -> None:
        self._provider = provider
        self._secrets = secrets
        self._epochs = epochs
        self._data_keys = data_keys
        self._clock = clock
        self._period = period
        self._kept = kept

    def rotate(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """Open a new epoch under a new generation, and move every data key to it.

        Where an earlier rotation was cut short it is finished instead.

        Args:
            progress: Told how many more data keys have moved.

        Returns:
            How many data keys were moved.

        Raises:
            KeyUnavailable: The key service did not answer. Safe to retry.
        """
        if not self._is_unfinished():
            if self._provider.generation() in self._epochs.generations().values():
                self._provider.begin_generation()
            self._epochs.open_next()
        self._secrets.rewrap()
        count = 0
        while moved := self._data_keys.rewrap():
            count += moved
            progress(moved)
        return count

    def is_due(self) -> bool:
        """Tell whether the newest epoch is old enough to be superseded, or a rotation unfinished."""
        newest = max(self._epochs.history())
        return self._is_unfinished() or newest.opened_at + self._period <= self._clock()

    def end_due(self) -> list[int]:
        """End the epochs whose time is up, and then the generations that wrap nothing any more.

        Returns:
            The epochs that ended now.

        Raises:
            KeyUnavailable: The key service did not answer. Safe to retry.
        """
        now = self._clock()
        ended = [
            one.epoch
            for one in self.terms()
            if one.superseded_at is not None
            and one.destroyed_at is None
            and one.ends_at <= now
            and self._epochs.end(one.epoch)
        ]
        self._end_generations()
        return ended

    def terms(self) -> list[EpochTerm]:
        """Tell from when to when every epoch stands, oldest first."""
        rows = self._epochs.history()
        following = [one.opened_at for one in rows[1:]]
        return [
            EpochTerm(
                epoch=row.epoch,
                opened_at=row.opened_at,
                superseded_at=superseded_at,
                ends_at=(superseded_at or row.opened_at + self._period) + self._kept,
                destroyed_at=row.destroyed_at,
            )
            for row, superseded_at in zip(rows, [*following, None], strict=True)
        ]

    def status(self) -> list[EpochStatus]:
        """Tell of every epoch and what it wraps, oldest first; counts every data key."""
        counts = self._data_keys.count_by_epoch()
        generations = self._epochs.generations()
        return [
            EpochStatus(
                **asdict(one),
                generation=generations.get(one.epoch),
                count_keys=counts.get(one.epoch, 0),
            )
            for one in self.terms()
        ]

    def _end_generations(self) -> None:
        """End the oldest generations that wrap nothing any more, all but the newest."""
        *older, _newest = self._provider.generations()
        # Oldest first, and none out of turn: some services know no other order.
        if not older or older[0] in self._epochs.generations().values():
            return
        self._secrets.rewrap()
        used = {*self._epochs.generations().values(), *self._secrets.generations()}
        for generation in older:
            if generation in used:
                break
            self._provider.end_generation(generation)

    def _is_unfinished(self) -> bool:
        return self._data_keys.has_older()
