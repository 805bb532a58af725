"""One detector for all tests that only read, with the model and without."""

from collections.abc import Callable

import pytest

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.engine import Detector
from privacy.detection.spans import Span

Found = list[tuple[str, str]]


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector(DetectionConfig())


@pytest.fixture(scope="session")
def patterns() -> Detector:
    """A detector that needs no model."""
    return Detector(DetectionConfig(models=PATTERNS_ONLY))


@pytest.fixture(scope="session")
def find(patterns: Detector) -> Callable[..., Found]:
    """What the patterns find in a text: its piece and entity."""

    def pieces(text: str, language: str | None = None, known: object = None) -> Found:
        spans: list[Span] = patterns.detect([text], [language], [known or ()])[0]
        return [(text[span.start : span.end], span.entity) for span in spans]

    return pieces
