"""Every suite, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from quality.rules import Suite
from quality.suites import (
    interactions_day,
    landed_batch,
    publication_contexts,
    publication_entries,
)

SUITES: Mapping[str, Suite] = MappingProxyType(
    {
        module.SUITE.name: module.SUITE
        for module in (landed_batch, interactions_day, publication_contexts, publication_entries)
    }
)
