"""Reference pages of what is kept: the warehouse's tables, the marts, and what erasure does to each.

What is decided about data on its way in is in `serving.reference_rules`.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from privacy.erasure.targets import NOT_REACHED, STAYS, TARGETS, Method
from privacy.records.tables import TABLES, FieldClass

MARTS = Path(__file__).resolve().parents[1] / "dbt" / "models" / "marts"

_METHODS: Mapping[Method, str] = {
    Method.SHRED_KEY: "The key is destroyed: what was sealed under it opens for nobody.",
    Method.DELETE_ROWS: "The rows are deleted; their bytes go when the file is written anew.",
    Method.UNLINK: "The row stays, and names nobody any more.",
    Method.ANONYMISE: "Figures stay; ids, references and the hour are taken out.",
    Method.REDACT: "Another person's text stays; what it says of this one is taken out.",
    Method.FORGET: "Content and salt are destroyed; the hash stays, so that the log can be proven.",
    Method.REWRITE_FILE: "The file is written anew without the person, the old one overwritten.",
    Method.EMPTY_FOLDER: "Every file in it is overwritten and removed.",
    Method.SWEEP_FILE: "Nothing of a person may be there; it is searched, a find is a failure.",
    Method.KEEP: "It stays, for the reason given.",
}
_CLASSES: Mapping[FieldClass, str] = {
    FieldClass.PSEUDONYM: "Opaque id of a person; personal data all the same (GDPR Art. 4(5)).",
    FieldClass.BLIND_INDEX: "Keyed hash of an identifier.",
    FieldClass.SEALED: "Ciphertext under a subject's key.",
    FieldClass.REDACTED_TEXT: "Free text with stand-ins for what was found personal.",
    FieldClass.REFERENCE: "Opaque id of a thing.",
    FieldClass.CODE: "One of few values.",
    FieldClass.MEASURE: "A number or flag.",
    FieldClass.TIME: "An instant or a day.",
}


def tables_page(made: str) -> str:
    """Give the page of every table and mart: grain, key, columns.

    Args:
        made: The line that says the page is generated.
    """
    lines = [
        "# Tables",
        "",
        made,
        "",
        "What a zone's warehouse holds. `core` is written by the pipeline, `marts` by dbt. All times"
        " are UTC. What the figures of the marts mean is in [kpis.md](../kpis.md).",
        "",
        "## Classes",
        "",
        "Every column of `core` has one: how personal it is, and so who may see it.",
        "",
        *table(("class", "meaning"), ((f"`{c}`", said) for c, said in _CLASSES.items())),
    ]
    for one in TABLES.values():
        lines += [f"## core.{one.name}", "", f"{one.grain} Key: {_names(one.key)}.", ""]
        rows = (
            (
                f"`{field.name}`",
                f"`{field.type}`{', or null' if field.nullable else ''}",
                f"`{field.field_class}`",
                field.description,
            )
            for field in one.fields
        )
        lines += table(("column", "type", "class", ""), rows)
    for mart in marts():
        purpose = mart["config"]["meta"]["purpose"]
        lines += [f"## marts.{mart['name']}", "", _text(mart["description"]), ""]
        lines += [f"Purpose: `{purpose}`. Key: {_names(_key_of(mart))}.", ""]
        described = (
            (
                f"`{column['name']}`",
                f"`{_text(column['data_type'])}`{'' if _is_required(column) else ', or null'}",
                _text(column["description"]),
            )
            for column in mart["columns"]
        )
        lines += table(("column", "type", ""), described)
    return "\n".join(lines).rstrip() + "\n"


def erasure_page(made: str) -> str:
    """Give the page of every place an erasure goes to, how, and what stays and why.

    Args:
        made: The line that says the page is generated.
    """
    lines = [
        "# Where an erasure goes",
        "",
        made,
        "",
        "Every place that may speak of a person. A test fails when a table with a person's id is not"
        " on this list. The steps, and how it is proven, are in [erasure.md](../erasure.md).",
        "",
        *table(
            ("place", "where", "method", "columns that name the person", "why"),
            (
                (
                    f"`{target.place}`",
                    str(target.area),
                    f"`{target.method}`",
                    _names(target.columns),
                    target.reason,
                )
                for target in TARGETS
            ),
        ),
        "## Methods",
        "",
        *table(("method", "afterwards"), ((f"`{m}`", said) for m, said in _METHODS.items())),
        "## What stays as it is",
        "",
        *table(("place", "why"), ((f"`{place}`", why) for place, why in STAYS.items())),
        "## What is out of reach",
        "",
        "A certificate says this too.",
        "",
        *table(("place", "why"), NOT_REACHED.items()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def marts() -> list[dict[str, Any]]:
    """Give every mart as its YAML describes it, by name."""
    found = []
    for path in MARTS.glob("[!_]*.yml"):
        found += yaml.safe_load(path.read_text("utf-8"))["models"]
    return sorted(found, key=lambda mart: str(mart["name"]))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Give the lines of a Markdown table, an empty one after it."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ([_text(cell).replace("|", "\\|") for cell in line] for line in lines)
    return [*(f"| {' | '.join(line)} |" for line in cells), ""]


def _key_of(mart: Mapping[str, Any]) -> Sequence[str]:
    for test in mart.get("data_tests", ()):
        if "is_key" in test:
            columns: Sequence[str] = test["is_key"]["arguments"]["columns"]
            return columns
    return ()


def _is_required(column: Mapping[str, Any]) -> bool:
    return any(rule["type"] == "not_null" for rule in column.get("constraints", ()))


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _text(text: str) -> str:
    return " ".join(str(text).split())
