"""Bearer tokens: issued once, shown once, kept as a hash only.

A token is ``c360_`` and 43 characters of base64url: 256 random bits, so a plain SHA-256 of it is
enough; there is nothing to guess that a slow hash would have to guard.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from privacy.access.model import Caller, Role
from privacy.errors import AccessDenied, ConfigurationError
from privacy.opened import OpenZone
from privacy.store.tables import CALLERS

PREFIX = "c360_"
"""Lets secret scanners know a token when they see one."""

LONGEST = timedelta(days=366)
"""No token lives longer."""

_LENGTH = len(PREFIX) + 43
_LONGEST_ID = 80


def issue(zone: OpenZone, caller: Caller, *, lasts: timedelta = timedelta(days=90)) -> str:
    """Issue a token for a caller.

    Args:
        zone: Whose doors it opens; no other's.
        caller: Who will hold it.
        lasts: For how long; more than nothing, and at most `LONGEST`.

    Returns:
        The token. It cannot be had again.

    Raises:
        ConfigurationError: The caller's name or the time is out of bounds.
    """
    if not 0 < len(caller.caller_id) <= _LONGEST_ID or not caller.caller_id.isprintable():
        raise ConfigurationError(f"a caller's name has 1 to {_LONGEST_ID} printable characters")
    if not timedelta(0) < lasts <= LONGEST:
        raise ConfigurationError(f"a token lasts {LONGEST.days} days at most")
    token = PREFIX + secrets.token_urlsafe(32)
    at = zone.clock()
    with zone.store.begin() as connection:
        connection.execute(
            CALLERS.insert().values(
                token_hash=_hash(token),
                caller_id=caller.caller_id,
                role=str(caller.role),
                issued_at=at,
                expires_at=at + lasts,
                revoked_at=None,
            )
        )
    return token


def resolve(zone: OpenZone, token: str) -> Caller:
    """Give whose token it is.

    Raises:
        AccessDenied: Unknown, expired or revoked; which, it does not say.
    """
    columns = CALLERS.c
    row = None
    if len(token) == _LENGTH and token.isascii():
        with zone.store.connect() as connection:
            row = connection.execute(
                select(
                    columns.caller_id, columns.role, columns.expires_at, columns.revoked_at
                ).where(columns.token_hash == _hash(token))
            ).one_or_none()
    if row is None or not _is_valid(row.expires_at, row.revoked_at, at=zone.clock()):
        raise AccessDenied("the token is not valid")
    return Caller(row.caller_id, Role(row.role))


def revoke(zone: OpenZone, caller_id: str) -> int:
    """Revoke every token of a caller, from the next call on.

    Returns:
        How many were still valid.
    """
    columns = CALLERS.c
    at = zone.clock()
    with zone.store.begin() as connection:
        return connection.execute(
            update(CALLERS)
            .where(
                columns.caller_id == caller_id,
                columns.revoked_at.is_(None),
                columns.expires_at > at,
            )
            .values(revoked_at=at)
        ).rowcount


def revoke_token(zone: OpenZone, token: str) -> int:
    """Revoke one token, from the next call on.

    Returns:
        1, or 0 where it was not valid any more.
    """
    columns = CALLERS.c
    with zone.store.begin() as connection:
        return connection.execute(
            update(CALLERS)
            .where(columns.token_hash == _hash(token), columns.revoked_at.is_(None))
            .values(revoked_at=zone.clock())
        ).rowcount


def _is_valid(expires_at: datetime, revoked_at: datetime | None, *, at: datetime) -> bool:
    return revoked_at is None and at < expires_at


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
