from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from privacy.access.model import Caller, Role
from privacy.access.tokens import issue, resolve, revoke, revoke_token
from privacy.errors import AccessDenied, ConfigurationError
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import CALLERS

DESK = Caller("desk-7", Role.AGENT)


class Clock:
    instant = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def zone(tmp_path: Path, clock: Clock) -> Iterator[OpenZone]:
    with create_zone(tmp_path, "eu", clock=clock) as opened:
        yield opened


def test_a_token_is_known_again_and_is_not_kept(zone):
    token = issue(zone, DESK)
    assert resolve(zone, token) == DESK
    with zone.store.connect() as connection:
        [row] = connection.execute(select(CALLERS)).all()
    assert not any(token in str(value) or str(value) in token for value in row if value)
    assert len(token) == 48


def test_two_tokens_of_one_caller_differ(zone):
    assert issue(zone, DESK) != issue(zone, DESK)


def test_a_token_ends_when_its_time_is_up(zone, clock):
    token = issue(zone, DESK, lasts=timedelta(hours=1))
    clock.instant += timedelta(hours=1)
    with pytest.raises(AccessDenied):
        resolve(zone, token)


def test_a_revoked_token_is_refused_at_the_next_call(zone):
    first, second = issue(zone, DESK), issue(zone, DESK)
    assert revoke_token(zone, first) == 1
    assert revoke_token(zone, first) == 0
    with pytest.raises(AccessDenied):
        resolve(zone, first)
    assert resolve(zone, second) == DESK
    assert revoke(zone, "desk-7") == 1
    with pytest.raises(AccessDenied):
        resolve(zone, second)
    assert revoke(zone, "desk-8") == 0


@pytest.mark.parametrize(
    "token", ["", "c360_", "x" * 48, "c360_" + "é" * 43, "\ud800" * 48, "a" * 9999]
)
def test_what_is_no_token_is_denied_like_any_other(zone, token):
    with pytest.raises(AccessDenied, match="not valid"):
        resolve(zone, token)
    assert revoke_token(zone, token) == 0


@pytest.mark.parametrize("name", ["", "x" * 81, "two\nlines"])
def test_a_caller_needs_a_name_the_log_can_hold(zone, name):
    with pytest.raises(ConfigurationError):
        issue(zone, Caller(name, Role.AGENT))


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
def test_no_token_is_issued_for_ever_or_for_no_time(zone, lasts):
    with pytest.raises(ConfigurationError):
        issue(zone, DESK, lasts=lasts)
