"""Where the dbt project is, and its manifest, parsed when a model is newer than it."""

import os
import subprocess
from pathlib import Path

from filelock import FileLock

from pipelines.stages.runtime import DBT
from privacy.errors import ConfigurationError


def project_directory() -> Path:
    """Give the dbt project: beside the packages in a checkout, inside them when installed."""
    here = Path(__file__).resolve().parents[1]
    for candidate in (here.parent / "dbt", here / "dbt_project"):
        if (candidate / "dbt_project.yml").is_file():
            return candidate
    raise ConfigurationError("the dbt project is missing: no dbt_project.yml beside the packages")


def manifest() -> Path:
    """Give the path of an up-to-date ``manifest.json``; parsing needs no key and no warehouse."""
    project = project_directory()
    target = project / "target"
    path = target / "manifest.json"
    target.mkdir(exist_ok=True)
    with FileLock(target / ".parse.lock", mode=0o600):
        if not path.is_file() or path.stat().st_mtime < _newest(project):
            parse(project, target)
    return path


def parse(project: Path, target: Path) -> None:
    """Parse the project into a target folder.

    Raises:
        ConfigurationError: dbt cannot parse it; the message is dbt's own.
    """
    result = subprocess.run(  # noqa: S603
        [
            str(DBT),
            "--quiet",
            "--no-use-colors",
            "parse",
            "--project-dir",
            str(project),
            "--profiles-dir",
            str(project),
            "--target-path",
            str(target),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DO_NOT_TRACK": "1", "DBT_LOG_LEVEL_FILE": "none"},
    )
    if result.returncode:
        raise ConfigurationError(f"dbt cannot parse {project.name}: {result.stdout[-2000:]}")


def _newest(project: Path) -> float:
    folders = ("models", "macros", "tests", "seeds", "snapshots", "analyses")
    files = [project / "dbt_project.yml", project / "profiles.yml"]
    for folder in folders:
        files.extend(path for path in (project / folder).rglob("*") if path.is_file())
    return max(path.stat().st_mtime for path in files)
