"""Detection measured in one run: what is found, how fast, with how much memory.

Run on a folder of real input::

    python -m tests.benchmarks.bench_detection --data DIR [--vanilla] [--only NAME ...]

Templates, sentences and messages with a truth are split in two by a hash: `look` is the half that
recognizers may be tuned on, `score` the half that only ever gives the number to report. Two rules
count finds. By characters: a find covers marked characters, of whatever kind. By marks: one find to
one mark, of the same kind, with at least half of what either covers in common.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.bench_detection import findings, hostile, memory, speed
from tests.benchmarks.bench_detection.run import Run
from tests.benchmarks.bench_detection.tables import Section, as_json, as_markdown, as_text

SECTIONS: Mapping[str, Callable[[Run], Section]] = {
    "speed": speed.speed,
    "languages": speed.languages,
    "shares": speed.shares,
    **findings.SECTIONS,
    "memory": memory.memory,
    "hostile": hostile.hostile,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench_detection", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of real input")
    parser.add_argument("--vanilla", action="store_true", help="measure Presidio as it comes too")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="only this; repeatable")
    parser.add_argument("--limit", type=int, help="at most so many texts of a corpus")
    parser.add_argument("--json", type=Path, help="write every number to this file")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file")
    options = parser.parse_args()
    run = Run(options.data, has_vanilla=options.vanilla, limit=options.limit)
    sections: list[Section] = []
    for name in options.only or SECTIONS:
        began = time.perf_counter()
        section = SECTIONS[name](run)
        section.notes.append(
            f"Took {time.perf_counter() - began:.0f} s; load average {speed.load_average():.1f}."
        )
        sections.append(section)
        print(as_text(section), flush=True)
        print(flush=True)
        if options.json:
            options.json.write_text(
                json.dumps(as_json(sections), indent=1, ensure_ascii=False) + "\n", "utf-8"
            )
    if options.markdown:
        options.markdown.write_text(as_markdown(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
