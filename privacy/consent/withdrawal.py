"""What a withdrawal reaches: the models of the warehouse that are built for its purpose.

The doors close at the next read, by themselves; the rows of these models go at the next build.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from privacy.zones.model import Purpose, purpose_named


def affected_models(manifest: Mapping[str, Any], purposes: Iterable[Purpose | str]) -> list[str]:
    """Name the models whose rows a withdrawal of these purposes takes away.

    Args:
        manifest: dbt's ``manifest.json``, parsed. A model names its purpose in ``meta.purpose``.
        purposes: Withdrawn, refused or objected to.

    Returns:
        Names of models, sorted.

    Raises:
        UnknownPurpose: Not one of the fixed purposes.
    """
    wanted = {str(purpose_named(purpose)) for purpose in purposes}
    nodes: Mapping[str, Mapping[str, Any]] = manifest.get("nodes", {})
    return sorted(
        str(node["name"])
        for node in nodes.values()
        if node.get("resource_type") == "model" and _purpose_of(node) in wanted
    )


def _purpose_of(node: Mapping[str, Any]) -> str | None:
    for holder in (node.get("config") or {}, node):
        purpose = (holder.get("meta") or {}).get("purpose")
        if purpose is not None:
            return str(purpose)
    return None
