"""Instants of the made-up world as whole seconds since 1970, and how each vendor writes them."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_SECONDS = 86_400
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def midnight(day: date) -> int:
    """Give the instant a UTC day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@lru_cache(maxsize=4096)
def day_of(number: int) -> date:
    """Give the UTC day of a count of days since 1970."""
    return date(1970, 1, 1) + timedelta(days=number)


@lru_cache(maxsize=4096)
def _day_text(number: int) -> str:
    return day_of(number).isoformat()


@lru_cache(maxsize=16_384)
def offset_seconds(time_zone: str, day_number: int) -> int:
    """Give how far east of UTC a place's clocks are at noon of a day."""
    noon = datetime.fromtimestamp(day_number * DAY_SECONDS + 43_200, ZoneInfo(time_zone))
    offset = noon.utcoffset()
    return int(offset.total_seconds()) if offset else 0


def iso(instant: int) -> str:
    """Write an instant as ISO 8601 in UTC."""
    day, seconds = divmod(instant, DAY_SECONDS)
    minutes, second = divmod(seconds, 60)
    return f"{_day_text(day)}T{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}Z"


def iso_local(instant: int, offset: int) -> str:
    """Write an instant as ISO 8601 with its offset."""
    sign, minutes = ("-", -offset // 60) if offset < 0 else ("+", offset // 60)
    return f"{iso(instant + offset)[:-1]}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def mail_date(instant: int, offset: int) -> str:
    """Write an instant as RFC 5322 does."""
    day, seconds = divmod(instant + offset, DAY_SECONDS)
    on = day_of(day)
    minutes, second = divmod(seconds, 60)
    sign, east = ("-", -offset // 60) if offset < 0 else ("+", offset // 60)
    return (
        f"{_WEEKDAYS[on.weekday()]}, {on.day} {_MONTHS[on.month - 1]} {on.year} "
        f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d} {sign}{east // 60:02d}{east % 60:02d}"
    )


def mbox_date(instant: int) -> str:
    """Write an instant as the line before a message in an mbox does."""
    day, seconds = divmod(instant, DAY_SECONDS)
    on = day_of(day)
    minutes, second = divmod(seconds, 60)
    return (
        f"{_WEEKDAYS[on.weekday()]} {_MONTHS[on.month - 1]} {on.day:2d} "
        f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d} {on.year}"
    )
