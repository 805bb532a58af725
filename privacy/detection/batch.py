"""Detection from Arrow batch to Arrow batch: the form Spark's `mapInArrow` calls."""

import pyarrow as pa

from privacy.detection.engine import Detector

SPANS = pa.list_(
    pa.struct(
        [
            pa.field("start", pa.int32(), nullable=False),
            pa.field("end", pa.int32(), nullable=False),
            pa.field("entity", pa.string(), nullable=False),
            pa.field("score", pa.float32(), nullable=False),
            pa.field("recognizer", pa.string(), nullable=False),
            pa.field("reason", pa.string(), nullable=False),
        ]
    )
)


def detect_batch(detector: Detector, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Find personal data in a batch.

    Args:
        detector: One a process; loading it takes seconds.
        batch: Columns ``text`` and ``language``, both text.

    Returns:
        One column ``spans``, a row for each row given. A null text has none.
    """
    texts = [text or "" for text in batch.column("text").to_pylist()]
    found = detector.detect(texts, batch.column("language").to_pylist())
    spans = [[span._asdict() for span in one] for one in found]
    return pa.record_batch([pa.array(spans, SPANS)], names=["spans"])
