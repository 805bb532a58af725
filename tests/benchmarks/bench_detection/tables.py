"""What is printed: tables, as text for a terminal and as markdown for the documentation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Cell = str | int | float | None


@dataclass(slots=True)
class Table:
    """One table.

    Attributes:
        rows: Cells in the order of `columns`; shares are floats from 0 to 1, None is a gap.
        digits: Of a float.
    """

    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    digits: int = 3

    def add(self, *cells: Cell) -> None:
        """Add a row."""
        self.rows.append(cells)

    def shown(self) -> list[list[str]]:
        """Give every cell as it is printed."""
        return [[self._cell(cell) for cell in row] for row in self.rows]

    def _cell(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, float):
            return f"{cell:,.{self.digits}f}"
        return f"{cell:,}" if isinstance(cell, int) else cell


@dataclass(slots=True)
class Section:
    """What one measurement gave.

    Attributes:
        notes: Sentences below the tables.
    """

    name: str
    title: str
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def as_text(section: Section) -> str:
    """Write for a terminal."""
    lines = [f"## {section.title}"]
    for table in section.tables:
        shown = table.shown()
        widths = [max(map(len, column)) for column in zip(table.columns, *shown, strict=True)]
        lines += ["", table.title] if table.title else [""]
        for row in (table.columns, *shown):
            cells = [
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            lines.append("  ".join(cells).rstrip())
    lines += ["", *section.notes] if section.notes else []
    return "\n".join(lines)


def as_markdown(sections: Iterable[Section]) -> str:
    """Write for the documentation."""
    lines: list[str] = []
    for section in sections:
        lines += [f"### {section.title}", ""]
        for table in section.tables:
            if table.title:
                lines += [table.title, ""]
            lines.append("| " + " | ".join(table.columns) + " |")
            lines.append("|---|" + "--:|" * (len(table.columns) - 1))
            lines += ["| " + " | ".join(row) + " |" for row in table.shown()]
            lines.append("")
        lines += [*section.notes, ""] if section.notes else []
    return "\n".join(lines)


def as_json(sections: Iterable[Section]) -> dict[str, object]:
    """Give plain values, by name of section and title of table."""
    return {
        section.name: {
            "title": section.title,
            "notes": section.notes,
            "tables": [
                {
                    "title": table.title,
                    "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
                }
                for table in section.tables
            ],
        }
        for section in sections
    }
