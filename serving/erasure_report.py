"""An erasure on the terminal: what would go, what stays, what was proven."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacy.signed import file_of
from serving.present import show, show_facts, show_json

if TYPE_CHECKING:
    from privacy.erasure.verify import Verification
    from serving.erasures import Proven


def show_plan(plan: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Write a plan: every place with something in it, holds, what stays and why."""
    if as_json:
        show_json(plan)
        return
    facts = {
        "erasure": plan["erasure_id"],
        "customer": plan["customer_id"],
        "merged in": plan["former_ids"],
        "subjects": plan["count_subjects"],
        "handles": plan["count_handles"],
        "takes about": f"{plan['estimate_seconds']} s ({plan.get('estimate_basis', 'assumed')})",
    }
    show_facts(facts, title="Plan of an erasure")
    touched = [place for place in plan["places"] if place["count"]]
    rows = [
        {name: place[name] for name in ("place", "method", "count", "reason")} for place in touched
    ]
    show(rows, title="Where something is, or will be searched")
    if plan["holds"]:
        held = [
            {
                "hold": hold["hold_id"],
                "subject": hold["subject_id"],
                "on": hold.get("thread_id") or hold.get("category") or "everything",
                "reason": hold["reason"],
                "placed_by": hold["placed_by"],
                "review_on": hold.get("review_on"),
            }
            for hold in plan["holds"]
        ]
        show(held, title="Held: nothing is erased until these are released")
    if plan.get("mentions"):
        show(plan["mentions"], title="In other people's messages: taken out, the messages stay")
    if plan.get("obligations"):
        rows = [
            {
                name: each[name]
                for name in ("category", "count", "period", "source", "set_by", "outcome")
            }
            for each in plan["obligations"]
        ]
        show(rows, title="What a law or the policy says of keeping")
    show_facts(plan["remains"], title="What stays, and why")
    show_facts(plan["not_reached"], title="Where we cannot look")


def show_proven(proven: "Proven", *, written_to: Path | None = None, as_json: bool = False) -> None:
    """Write what was erased, what was searched, and where the certificate is."""
    if as_json:
        sys.stdout.write(file_of(proven.certificate).decode("ascii"))
        return
    found = proven.verification
    erased = [place for place in proven.certificate["places"] if place["before"]]
    show(erased, title="Erased")
    facts = {
        "erasure": proven.erasure_id,
        **(
            _found(found)
            if found is not None
            else {"issued at": proven.certificate["times"]["issued_at"]}
        ),
        "certificate": written_to or "not written: give --out",
        "salt, for the person": proven.salt,
    }
    show_facts(facts, title="Certified" if found is not None else "Certified before")


def _found(found: "Verification") -> dict[str, object]:
    return {
        "keys tried": found.count_keys,
        "keys that open": len(found.keys_that_open),
        "searched for": found.kinds,
        "files searched": found.scan.count_files,
        "bytes searched": found.scan.count_searched_bytes,
        "found": len(found.scan.residues),
    }
