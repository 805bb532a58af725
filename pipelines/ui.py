"""Open Dagster's web UI on the workspace, with an instance that phones nobody."""

import os
import sys
from pathlib import Path

from pipelines.defs.dbt_project import manifest
from pipelines.defs.instance import prepare


def main() -> None:
    """Replace this process by ``dagster dev``."""
    home = Path(os.environ["DAGSTER_HOME"])
    prepare(home)
    manifest()
    workspace = Path(__file__).resolve().parents[1] / "workspace.yaml"
    dagster = Path(sys.executable).parent / "dagster"
    os.execv(dagster, [str(dagster), "dev", "--workspace", str(workspace)])  # noqa: S606


if __name__ == "__main__":
    main()
