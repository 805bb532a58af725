"""One stage as a step of a run: its lineage is written, and what fails in it names nobody."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipelines.stages.runtime import Runtime
from privacy.errors import PrivacyError
from privacy.lineage.events import LineageLog, Run

PACKAGES = Path(__file__).resolve().parents[2]


@contextmanager
def step(runtime: Runtime, job: str, *, inputs: Sequence[str] = ()) -> Iterator[Run]:
    """Run a stage's block between its lineage events.

    Dagster keeps the messages of errors, in its storage and in its log. Ours hold nothing
    personal; of others' only the kind and the place go on.

    Args:
        runtime: Of the zone; it is opened before anything is written.
        job: The stage's name.
        inputs: Datasets it reads, as ``core.interactions``.

    Raises:
        PrivacyError: What the block raised, or the kind and place of what it raised.
    """
    zone = runtime.zone
    try:
        with LineageLog(zone.layout, zone.clock).run(job, inputs=inputs) as run:
            yield run
    except PrivacyError:
        raise
    except Exception as error:  # noqa: BLE001 (no message of others may go on)
        raise PrivacyError(f"stage {job} failed: {kind_and_place(error)}") from None


def kind_and_place(error: Exception) -> str:
    """Say what sort of error it was and where in our code it arose; never what it says."""
    kind = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        kind = f"{kind} ({error.strerror})"
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if PACKAGES in Path(frame.filename).parents and "site-packages" not in frame.filename
    ]
    if not ours:
        return kind
    place = Path(ours[-1].filename).relative_to(PACKAGES)
    return f"{kind} in {place}:{ours[-1].lineno}"
