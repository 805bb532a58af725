"""Keys rotate without a value being sealed again, and ended epochs open nothing, not even backups."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from privacy.errors import KeyDestroyed, KeyUnavailable
from privacy.keys.data_keys import DataKeys
from privacy.keys.epochs import Epochs
from privacy.keys.local import LocalProvider
from privacy.opened import OpenZone, create_zone, open_zone

START = datetime(2026, 1, 1, tzinfo=UTC)
PERIOD, KEPT = timedelta(days=30), timedelta(days=30)
Reopen = Callable[..., OpenZone]
PLACE = {"table": "turns", "column": "text"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ticking(tmp_path: Path, clock: Clock) -> Iterator[OpenZone]:
    """A zone whose time a test moves."""
    with create_zone(tmp_path / "home", "eu", clock=clock) as made:
        yield made


@pytest.fixture
def reopen(ticking: OpenZone) -> Iterator[Reopen]:
    """Open the zone as another process does."""
    with ExitStack() as stack:
        home = ticking.layout.home
        yield lambda **more: stack.enter_context(open_zone(home, "eu", **more))


def sealed(zone: OpenZone, count: int) -> dict[str, bytes]:
    owners = [f"s_{number:026d}" for number in range(count)]
    values = [owner.encode() for owner in owners]
    return dict(zip(owners, zone.keyring.seal_many(owners, values=values, **PLACE), strict=True))


def opened(zone: OpenZone, kept: dict[str, bytes]) -> list[bytes | None]:
    return zone.keyring.open_many(list(kept), sealed=list(kept.values()), missing="none", **PLACE)


def test_every_key_moves_and_every_value_still_opens(ticking: OpenZone, reopen: Reopen) -> None:
    kept = sealed(ticking, 50)
    other = reopen()
    assert opened(other, kept) == [owner.encode() for owner in kept]
    moved: list[int] = []
    assert ticking.rotation.rotate(moved.append) == sum(moved) == 50
    status = ticking.rotation.status()
    assert [(one.epoch, one.count_keys, one.generation) for one in status] == [
        (1, 0, "1"),
        (2, 50, "2"),
    ]
    for zone in (ticking, other, reopen()):
        assert opened(zone, kept) == [owner.encode() for owner in kept]
        assert zone.keyring.secret("warehouse") == ticking.keyring.secret("warehouse")


def test_a_shredded_key_stays_shredded_through_a_rotation(ticking: OpenZone) -> None:
    kept = sealed(ticking, 3)
    gone = next(iter(kept))
    ticking.keyring.destroy([gone])
    assert ticking.rotation.rotate() == 2
    assert opened(ticking, kept)[0] is None
    assert ticking.keyring.is_destroyed(gone)


def test_a_key_shredded_while_it_is_being_moved_stays_shredded(
    ticking: OpenZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sealed(ticking, 3)
    gone = next(iter(kept))
    key = Epochs.key

    def shredding(self: Epochs, epoch: int) -> object:
        ticking.keyring.destroy([gone])
        return key(self, epoch)

    monkeypatch.setattr(Epochs, "key", shredding)
    ticking.rotation.rotate()
    assert opened(ticking, kept)[0] is None
    assert ticking.rotation.status()[-1].count_keys == 2


@pytest.mark.parametrize("where", ["begin_generation", "open_next", "rewrap"])
def test_a_rotation_that_was_cut_short_is_finished_and_not_begun_again(
    ticking: OpenZone, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    kept = sealed(ticking, 10)
    of: type = {"begin_generation": LocalProvider, "open_next": Epochs, "rewrap": DataKeys}[where]
    whole: Callable[..., object] = getattr(of, where)

    def cut(*given: object) -> object:
        whole(*given) if where != "rewrap" else whole(*given, 4)
        raise KeyUnavailable("cut short")

    with monkeypatch.context() as patch:
        patch.setattr(of, where, cut)
        with pytest.raises(KeyUnavailable):
            ticking.rotation.rotate()
    assert opened(ticking, kept) == [owner.encode() for owner in kept]
    assert ticking.rotation.rotate() == (6 if where == "rewrap" else 10)
    assert [one.epoch for one in ticking.rotation.status()] == [1, 2]
    assert ticking.rotation.status()[-1].generation == "2"


def test_a_rotation_is_due_after_its_period_and_an_end_after_the_backups(
    ticking: OpenZone, clock: Clock
) -> None:
    sealed(ticking, 2)
    rotation = ticking.rotation
    assert not rotation.is_due()
    clock.at = START + PERIOD
    assert rotation.is_due()
    rotation.rotate()
    assert not rotation.is_due()
    clock.at = START + PERIOD + KEPT - timedelta(seconds=1)
    assert rotation.end_due() == []
    clock.at = START + PERIOD + KEPT
    assert rotation.status()[0].ends_at == clock.at
    assert rotation.end_due() == [1]
    assert rotation.end_due() == []
    first = rotation.status()[0]
    assert (first.destroyed_at, first.generation) == (clock.at, None)


def test_an_epoch_that_still_wraps_a_key_is_not_ended(ticking: OpenZone, clock: Clock) -> None:
    kept = sealed(ticking, 2)
    ticking.keyring._epochs.open_next()
    clock.at = START + 10 * PERIOD
    assert ticking.rotation.end_due() == []
    assert opened(ticking, kept) == [owner.encode() for owner in kept]


def test_a_backup_brings_a_shredded_key_back_until_its_epoch_ends_and_never_after(
    ticking: OpenZone, clock: Clock, reopen: Reopen, tmp_path: Path
) -> None:
    kept = sealed(ticking, 2)
    gone = next(iter(kept))
    ticking.close()
    backup = tmp_path / "backup.db"
    shutil.copy(ticking.layout.store, backup)
    ticking.keyring.destroy([gone])
    restored = reopen(store_url=f"sqlite:///{backup}")
    assert opened(restored, kept)[0] == gone.encode(), "that is why epochs end"
    restored.close()

    clock.at = START + PERIOD
    ticking.rotation.rotate()
    clock.at = ticking.rotation.status()[0].ends_at
    ticking.rotation.end_due()
    with pytest.raises(KeyDestroyed):
        reopen(store_url=f"sqlite:///{backup}")
    assert opened(ticking, kept)[1:] == [list(kept)[1].encode()]


def test_readers_and_makers_of_keys_go_on_while_keys_move(
    ticking: OpenZone, reopen: Reopen
) -> None:
    kept = sealed(ticking, 2_000)
    stop, errors = threading.Event(), []

    def read() -> None:
        other = reopen()
        number = 0
        try:
            while not stop.is_set():
                number += 1
                other.keyring.ensure_keys([f"c_{number:026d}"])
                assert None not in opened(other, kept)
        except Exception as error:  # noqa: BLE001 - the test tells which
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(3):
        ticking.rotation.rotate()
    stop.set()
    reader.join()
    assert errors == []
    assert {one.count_keys for one in ticking.rotation.status()[:-2]} == {0}


def test_the_whole_rotation_works_on_postgresql(
    tmp_path: Path, clock: Clock, postgresql_url: str
) -> None:
    home = tmp_path / "home"
    with create_zone(home, "eu", store_url=postgresql_url, clock=clock) as zone:
        kept = sealed(zone, 20)
        assert zone.rotation.rotate() == 20
        assert opened(zone, kept) == [owner.encode() for owner in kept]
        clock.at = zone.rotation.status()[0].ends_at
        assert zone.rotation.end_due() == [1]
        assert opened(zone, kept) == [owner.encode() for owner in kept]
