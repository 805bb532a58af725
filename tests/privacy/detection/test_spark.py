"""Runs where PySpark and Java are: ``make test-spark``."""

import os
import sys
import warnings

import pytest

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.executor import InProcess

pytest.importorskip("pyspark", reason="needs the extra c360[spark]")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

CONFIG = DetectionConfig(models=PATTERNS_ONLY)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", str(folder))
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "40")
            .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
            .getOrCreate()
        )
    yield session
    session.stop()


def test_spark_finds_what_one_process_finds(session) -> None:
    from privacy.detection.spark import with_spans

    rows = [
        (n, f"mail a{n}@example.com, 号４１１１１１１１１１１１１１１１", "en") for n in range(300)
    ]
    rows += [
        (300, None, None),
        (301, "", "zh"),
        (302, "\U0001f600 IBAN DE89370400440532013000", None),
    ]
    frame = session.createDataFrame(rows, "id long, text string, language string").repartition(4)
    found = {row.id: row for row in with_spans(frame, CONFIG).collect()}
    here = InProcess(CONFIG).detect([text or "" for _, text, _ in rows], [row[2] for row in rows])
    for (place, text, language), spans in zip(rows, here, strict=True):
        row = found[place]
        assert (row.text, row.language) == (text, language)
        assert [
            (one.start, one.end, one.entity, one.recognizer, one.reason) for one in row.spans
        ] == [(one.start, one.end, one.entity, one.recognizer, one.reason) for one in spans]
        assert [one.score for one in row.spans] == pytest.approx([one.score for one in spans])


def test_other_columns_keep_their_place_and_type(session) -> None:
    from privacy.detection.spark import with_spans

    frame = session.createDataFrame(
        [("a@b.de", "de", 1.5)], "text string, language string, x double"
    )
    read = with_spans(frame, CONFIG)
    assert read.columns == ["text", "language", "x", "spans"]
    assert read.selectExpr("x", "spans[0].entity AS entity").collect() == [(1.5, "EMAIL_ADDRESS")]
