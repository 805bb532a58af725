"""Open Dagster's web UI on the workspace, with an instance that phones nobody."""

import os
import sys
from pathlib import Path

from pipelines.defs.dbt_project import manifest
from pipelines.defs.instance import prepare

QUIET = "ignore:Function `dev_command` is superseded"
"""The command it points to wants a project of another layout."""


def main(arguments: list[str]) -> None:
    """Replace this process by ``dagster dev``, on the workspace and with more arguments of its own.

    The dbt project is parsed before, once, and not by five code locations at the same time.
    """
    prepare(Path(os.environ["DAGSTER_HOME"]))
    manifest()
    root = Path(__file__).resolve().parents[1]
    dagster = Path(sys.executable).parent / "dagster"
    os.environ["PYTHONWARNINGS"] = QUIET
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    # Code locations import our packages from here, wherever this is called from.
    os.chdir(root)
    command = [str(dagster), "dev", "--workspace", str(root / "workspace.yaml"), *arguments]
    os.execv(dagster, command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
