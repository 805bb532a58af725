"""Every recognizer of addresses: a way of writing them a file."""

from privacy.detection.recognizers.addresses import (
    arabic,
    boxes,
    cyrillic,
    east_asian,
    indian,
    indonesian,
    thai,
    turkish,
    typed,
    western,
)
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this folder."""
    return [
        one
        for way in (western, typed, boxes, turkish, cyrillic, indonesian, indian, arabic, thai, east_asian)
        for one in way.recognizers()
    ]  # fmt: skip
