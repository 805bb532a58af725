import pyarrow as pa

from privacy.detection.batch import SPANS, detect_batch
from privacy.detection.engine import Detector


def test_a_batch_gives_a_row_of_spans_for_each_row(patterns: Detector) -> None:
    batch = pa.record_batch(
        {
            "text": pa.array(["mail a@example.com", None, "nothing"], pa.string()),
            "language": pa.array(["en", None, None], pa.string()),
        }
    )
    found = detect_batch(patterns, batch)
    assert found.schema.field("spans").type == SPANS
    rows = found.column("spans").to_pylist()
    assert [len(row) for row in rows] == [1, 0, 0]
    assert (rows[0][0]["start"], rows[0][0]["end"], rows[0][0]["entity"]) == (
        5,
        18,
        "EMAIL_ADDRESS",
    )


def test_an_empty_batch_gives_an_empty_batch(patterns: Detector) -> None:
    batch = pa.record_batch(
        {"text": pa.array([], pa.string()), "language": pa.array([], pa.string())}
    )
    assert detect_batch(patterns, batch).num_rows == 0
