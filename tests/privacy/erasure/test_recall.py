"""The recall a certificate states is the recall the benchmarks' page gives.

Run as a program, this file writes the figures it checks, with the hash of the detector as it lies
there: run it after ``make bench-detection``, on the tree that was measured.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from privacy.erasure.recall import detector_digest, figures, recall_of
from privacy.zones.loader import load_policy

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "benchmarks-detection.md"
FIGURES = ROOT / "privacy" / "detection" / "measured_recall.json"
OF_PERSONS = ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "NATIONAL_ID")
IN_OTHERS_TEXTS = ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE")


def rows_after(text: str, *headings: str) -> Iterator[dict[str, str]]:
    """Give the rows of the first table after some headings, by column."""
    for heading in headings:
        text = text.partition(heading)[2]
    lines = iter(text.splitlines())
    header = next(line for line in lines if line.startswith("|"))
    names = [cell.strip() for cell in header.strip("|").split("|")]
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        yield dict(zip(names, cells, strict=True))


def per_mille(share: str) -> int:
    return round(float(share) * 1000)


def measured(text: str) -> list[dict[str, Any]]:
    found = []
    for row in rows_after(text, "### pii_presidio_synth", "part score"):
        if row["entity"] in IN_OTHERS_TEXTS:
            found.append(("pii_presidio_synth, score", "en", row["entity"], row["marks"],
                          row["c360 char R"]))  # fmt: skip
    for row in rows_after(text, "Phone numbers found as such"):
        found.append((f"pii_ids_phones, {row['form']}", "any", "PHONE_NUMBER", row["numbers"],
                      row["c360"]))  # fmt: skip
    for row in rows_after(text, "### The synthetic world in 17 languages"):
        for entity in OF_PERSONS:
            share, marks = re.fullmatch(r"([\d.]+) \((\d+)\)", row[entity]).groups()  # type: ignore[union-attr]
            found.append(("synthetic world", row["language"], entity, marks, share))
    return [
        {
            "corpus": corpus,
            "language": language,
            "entity": entity,
            "count_marks": int(marks.replace(",", "")),
            "recall_per_mille": per_mille(share),
        }
        for corpus, language, entity, marks, share in found
    ]


def test_the_figures_are_those_of_the_benchmarks_page() -> None:
    assert figures()["figures"] == measured(DOCUMENT.read_text("utf-8"))
    assert figures()["command"] in DOCUMENT.read_text("utf-8")


def test_a_certificate_states_the_recall_of_its_zones_languages_and_of_which_detector() -> None:
    said = recall_of(load_policy("uk"))
    languages = {figure["language"] for figure in said["recall"]}
    assert languages <= {"any", *load_policy("uk").languages}
    assert {"any", "en"} <= languages
    assert re.fullmatch("[0-9a-f]{64}", said["detector_sha256"])
    assert re.fullmatch("[0-9a-f]{64}", said["measured_detector_sha256"])
    assert "by value in every text" in said["method"]


if __name__ == "__main__":
    content = {
        "document": "docs/benchmarks-detection.md",
        "command": "make bench-detection",
        "unit": "thousandths of the marked characters that were found; of phone numbers, of the "
        "numbers. The synthetic world's texts are this project's own: a floor, not proof",
        "detector_sha256": detector_digest(),
        "figures": measured(DOCUMENT.read_text("utf-8")),
    }
    FIGURES.write_text(json.dumps(content, indent=1) + "\n", "ascii")
