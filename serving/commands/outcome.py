"""What is said of an error on a terminal, and with which exit code."""

import traceback

from privacy.errors import (
    KeyDestroyed,
    KeyUnavailable,
    NotFound,
    PrivacyError,
    Refused,
    WarehouseBusy,
)

FAILED, REFUSED, NOBODY, BUSY = 1, 3, 4, 5

_CODES: dict[type[PrivacyError], int] = {
    Refused: REFUSED,
    NotFound: NOBODY,
    KeyDestroyed: NOBODY,
    KeyUnavailable: BUSY,
    WarehouseBusy: BUSY,
}


def explain(error: Exception, *, is_ours: bool) -> tuple[str, int]:
    """Give one line about an error, and the exit code.

    Our own messages hold nothing personal. Of other people's errors only the kind and the place are
    said: their messages may hold anything.
    """
    if is_ours:
        code = next((_CODES[t] for t in type(error).__mro__ if t in _CODES), FAILED)
        return " ".join(str(error).split()), code
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}{f': {error.filename}' if error.filename else ''}", FAILED
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{place}; --debug shows more", FAILED
