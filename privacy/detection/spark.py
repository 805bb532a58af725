"""Detection inside Spark: the same function of an Arrow batch, once loaded in each Python worker.

Needs the extra ``c360[spark]`` and Java 17. Nothing else here imports PySpark.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from privacy.detection.batch import SPANS, detect_batch
from privacy.detection.config import DetectionConfig

if TYPE_CHECKING:
    from privacy.detection.engine import Detector

SPANS_COLUMN = "spans"
_CONFIGURATIONS = 4


class _Shipped:
    """A configuration that may be a key: equal ones share a detector in each worker."""

    def __init__(self, config: DetectionConfig) -> None:
        self.config = config

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shipped) and repr(self.config) == repr(other.config)

    def __hash__(self) -> int:
        return hash(repr(self.config))


@lru_cache(maxsize=_CONFIGURATIONS)
def _detector_of(shipped: _Shipped) -> "Detector":
    """Make a detector once a Python worker; Spark keeps workers between tasks."""
    from threadpoolctl import threadpool_limits

    from privacy.detection.engine import Detector

    threadpool_limits(1)
    return Detector(shipped.config)


def with_spans(frame: Any, config: DetectionConfig) -> Any:
    """Add a column ``spans`` to a Spark data frame.

    Spark's executors must have this package and the models installed. How many rows are read at once
    is Spark's ``spark.sql.execution.arrow.maxRecordsPerBatch``: a thousand is plenty.

    Args:
        frame: A ``pyspark.sql.DataFrame`` with columns ``text`` and ``language``, both text; any
            others are passed on.
        config: What to look for; travels with the tasks.

    Returns:
        The frame with a column more, of the type of `privacy.detection.batch.SPANS`. A null text has no spans.
    """
    from pyspark.sql.types import StructType

    schema = StructType([*frame.schema.fields, _spans_field()])
    return frame.mapInArrow(_mapping(_Shipped(config)), schema)


def _mapping(
    shipped: _Shipped,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        detector = _detector_of(shipped)
        for batch in batches:
            spans = detect_batch(detector, batch).column(SPANS_COLUMN)
            yield batch.append_column(pa.field(SPANS_COLUMN, SPANS), spans)

    return read


def _spans_field() -> Any:
    from pyspark.sql import types

    of_arrow = {
        pa.int32(): types.IntegerType(),
        pa.string(): types.StringType(),
        pa.float32(): types.FloatType(),
    }
    fields = [
        types.StructField(field.name, of_arrow[field.type], field.nullable)
        for field in SPANS.value_type.fields
    ]
    return types.StructField(SPANS_COLUMN, types.ArrayType(types.StructType(fields)), True)
