"""What the command line says about the warehouse's models."""

import json
from collections.abc import Mapping
from typing import Any


def manifest_if_parsed() -> Mapping[str, Any] | None:
    """Give dbt's manifest where the project was parsed before; parsing takes some ten seconds."""
    from pipelines.defs.dbt_project import project_directory

    path = project_directory() / "target" / "manifest.json"
    if not path.is_file():
        return None
    parsed: Mapping[str, Any] = json.loads(path.read_bytes())
    return parsed
