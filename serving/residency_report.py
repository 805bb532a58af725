"""A report of residency on a terminal: what was tried, whose people, which files, what was found."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from serving.erasure_report import show_proven
from serving.moves import Moved
from serving.present import console, show, show_facts, show_json

_CLAIMS: Mapping[str, str] = {
    "ours": "this zone's",
    "anothers": "another zone's",
    "no_zones": "no zone's",
    "none": "not said",
}


def show_verification(
    report: Mapping[str, Any], *, written_to: Path | None, as_json: bool = False
) -> None:
    """Show what a verification found."""
    if as_json:
        show_json(report)
        return
    for zone, part in report["zones"].items():
        others = ", ".join(part["keys"]["compared_with"])
        compared = (
            f"held against the keys of {others}" if others else "against no other zone's keys"
        )
        show(list(_tried(part)), title=f"{zone}: opened with its own keys, {compared}")
        show(list(_people(part)), title=f"{zone}: whose people, by country")
        files = part["files"]["kinds"].items()
        told = ", ".join(f"{kind} {count:,}" for kind, count in files)
        console().print(f"{zone}: {part['files']['count']:,} files: {told}", markup=False)
        for place, reason in part["not_reached"].items():
            console().print(f"{zone}: not reached: {place}: {reason}", markup=False)
    for pair in report["customers_of_two_zones"]["pairs"]:
        one, other = pair["zones"]
        console().print(f"customers of both {one} and {other}: {pair['count_handles']:,} handles")
    if report["zones_not_examined"]:
        console().print(f"not examined: zone {', '.join(report['zones_not_examined'])}")
    for name in report["of_no_zone"]:
        told = f"unexpected, and not examined: {name} lies among the zones and is none"
        console().print(told, markup=False)
    show(
        [
            {name: found[name] for name in ("zone", "kind", "place", "row", "detail")}
            for found in report["findings"]
        ],
        title="Findings",
    )
    if written_to is not None:
        console().print(f"signed report: {written_to}", markup=False)


_NEXT: Mapping[str, str] = {
    "handed_over": "handed over; now `c360 residency receive` in the other zone, then this again",
    "waiting": "the other zone has not signed for it yet: `c360 residency receive` there",
    "erased": "taken in by the other zone, and erased here",
}


def show_move(moved: Moved, *, written_to: Path | None, as_json: bool = False) -> None:
    """Show how far a move has come, and what is to be done next."""
    facts = {
        "state": moved.state,
        "move_id": moved.move.move_id,
        "to": str(moved.move.to),
        "count_items": moved.move.count_items,
        "next": _NEXT[moved.state],
    }
    if as_json and moved.certificate is not None:
        show_json({**facts, "certificate": moved.certificate})
        return
    show_facts(facts, title="Move", as_json=as_json)
    if moved.proven is not None:
        show_proven(moved.proven, written_to=written_to)


def _tried(part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for place in part["keys"]["places"]:
        yield {
            "place": place["place"],
            "sealed": place["count"],
            "opened": place["count_opened"],
            "shredded": place["count_shredded"],
            "refused to others": place["count_refused"],
            "bytes": place["count_bytes"],
        }


def _people(part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for place, claims in part["persons"]["by_place"].items():
        yield {"place": place, **{shown: claims.get(c, 0) for c, shown in _CLAIMS.items()}}
