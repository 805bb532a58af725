"""What the notebooks share: the home they look at, how they say no, how tables and charts look.

A notebook is a door like the command line: settings are read here and passed on as arguments. What
only one notebook shows does not belong here.
"""

import getpass
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any, NoReturn

import altair as alt
import marimo as mo
import pandas as pd

from privacy.access.model import Action, Caller, Role
from privacy.access.tokens import resolve
from privacy.audit.log import AuditLog
from privacy.errors import PrivacyError
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.warehouse.open import open_warehouse
from privacy.zones.layout import ZoneLayout
from privacy.zones.loader import load_policies
from privacy.zones.model import Purpose
from serving.acts import Acts
from serving.settings import HOME, Settings, read_settings

REPOSITORY = Path(__file__).resolve().parent.parent
DEFAULT_HOME = REPOSITORY / ".c360" / "demo"
WAIT_SECONDS = 20
"""How long to wait for a run that has the warehouse; somebody is looking at the screen."""

LONG_TABLE = 40
"""Rows from which a table scrolls within the page."""

INK, PALE, ALARM = "#2f6f73", "#c9d3d1", "#b3493f"
PALETTE = [
    "#2f6f73",
    "#d08c3c",
    "#6b7fa3",
    "#a3556b",
    "#7c9a55",
    "#8a6fa8",
    "#4f9aa8",
    "#b5a642",
    "#7d6b5d",
]


# --- the home ---------------------------------------------------------------------------------


def settings_given() -> Settings:
    """Read the settings; the home is the demo's where none is set."""
    environ = dict(os.environ)
    if not environ.get(HOME.name, "").strip():
        environ[HOME.name] = str(DEFAULT_HOME)
    with said_plainly():
        return read_settings(environ)


def zones_run(settings: Settings) -> list[str]:
    """Give the zones of the home that have been run; stop with a sentence where there is none."""
    with said_plainly():
        policies = load_policies(directory=settings.policies)
    layouts = [ZoneLayout(settings.home, ZoneId(zone_id)) for zone_id in policies]
    zones = [layout.zone for layout in layouts if layout.warehouse.is_file()]
    if not zones:
        stop(
            f"There is no zone that has been run in {settings.home}. Run `make demo`, or set "
            f"{HOME.name} to a home that `c360 run` has filled."
        )
    return [str(zone) for zone in zones]


def asked(name: str, choices: Sequence[str]) -> str | None:
    """Give what was asked for on the command line (``-- --zone uk``), else the first choice."""
    given = mo.cli_args().get(name)
    if given is not None and given not in choices:
        stop(f"--{name} is one of: {', '.join(choices)}.")
    return str(given) if given is not None else (choices[0] if choices else None)


def opened(settings: Settings, zone_id: str) -> OpenZone:
    """Open a zone; its keys stay in this process."""
    with said_plainly():
        return settings.open(zone_id)


def read(zone: OpenZone, queries: Mapping[str, str], *parameters: Any) -> dict[str, pd.DataFrame]:
    """Answer queries on the warehouse, all in one go: only one process may have it open.

    Args:
        zone: Whose.
        queries: SQL by name.
        parameters: Of every query.
    """
    file_keys = zone.keyring.warehouse_keys
    with (
        said_plainly(),
        open_warehouse(zone.layout, file_keys, wait_seconds=WAIT_SECONDS) as warehouse,
    ):
        built = warehouse.arrow(
            "select 1 from information_schema.tables where table_schema = 'marts'"
        )
        if not built.num_rows:
            stop(f"Zone {zone.zone} has no marts yet: run `c360 run --zone {zone.zone}`.")
        return {
            name: warehouse.arrow(query, list(parameters)).to_pandas()
            for name, query in queries.items()
        }


def truth_of(settings: Settings) -> Path | None:
    """Give the folder of the made-up world's truth, where the home has one: the newest."""
    found = [*settings.home.glob("truth/totals.json"), *settings.home.glob("*/truth/totals.json")]
    return max(found, key=lambda path: path.stat().st_mtime).parent if found else None


# --- who is asking ----------------------------------------------------------------------------


def caller_as(settings: Settings, zone: OpenZone, role: Role) -> Caller:
    """Give who sits here: the caller of the token in C360_TOKEN, else the user of this machine."""
    if settings.token is not None:
        with said_plainly():
            return resolve(zone, settings.token)
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "somebody"
    return Caller(f"notebook:{name}"[:80], role)


def totals_allowed(zone: OpenZone, caller: Caller) -> None:
    """Let the policy decide about reading totals, and put the answer in the audit log."""
    with said_plainly():
        Acts(zone, caller, Purpose.QUALITY).require(Action.READ_KPIS)
        AuditLog(zone).record(
            action=Action.READ_KPIS,
            caller_id=caller.caller_id,
            purpose=Purpose.QUALITY,
            outcome="answered",
        )


# --- saying it --------------------------------------------------------------------------------


def is_script() -> bool:
    """Tell whether nobody looks at a page: ``python notebooks/...``."""
    return mo.app_meta().mode == "script"


def stop(sentence: str) -> NoReturn:
    """End here with a sentence: on the page, or as a script's last line and exit code 1."""
    if is_script():
        sys.exit(sentence)
    mo.stop(True, mo.callout(mo.md(sentence), kind="warn"))
    raise AssertionError


@contextmanager
def said_plainly() -> Iterator[None]:
    """Say what our own errors say, without a traceback; they hold nothing personal."""
    try:
        yield
    except PrivacyError as error:
        sentence = str(error)
    else:
        return
    stop(f"{sentence[:1].upper()}{sentence[1:]}.")


def tell(figures: Mapping[str, Any]) -> None:
    """Write the key figures, a JSON line each, when run as a script; a page shows them itself."""
    if is_script():
        for name, value in figures.items():
            sys.stdout.write(f"{name}: {json.dumps(value, default=str)}\n")


# --- looks ------------------------------------------------------------------------------------


def tiles(*stats: tuple[str, str, str]) -> mo.Html:
    """Give big numbers in a row: value, label, caption."""
    shown = [
        mo.stat(value, label=label, caption=caption, bordered=True)
        for value, label, caption in stats
    ]
    return mo.hstack(shown, widths="equal", gap=0.75, wrap=False)


def table(rows: pd.DataFrame | Sequence[Mapping[str, Any]]) -> mo.Html:
    """Give a table to read: plain words for headings, numbers to the right, nothing to click."""
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype=object)
    if frame.empty:
        return mo.md("*Nothing.*")
    lines = [list(map(written, row)) for row in frame.itertuples(index=False, name=None)]
    is_number = [
        any(line[place] for line in lines)
        and all(_NUMBER.fullmatch(line[place]) for line in lines if line[place])
        for place in range(len(frame.columns))
    ]
    kinds = ["number" if number else "word" for number in is_number]
    head = "".join(
        f'<th class="{kind}">{escape(str(name).replace("_", " "))}</th>'
        for name, kind in zip(frame.columns, kinds, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{kind}">{escape(value)}</td>'
            for value, kind in zip(line, kinds, strict=True)
        )
        + "</tr>"
        for line in lines
    )
    place = "c360 long" if len(lines) > LONG_TABLE else "c360"
    return mo.Html(
        f'{_STYLE}<div class="{place}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


_NUMBER = re.compile(r"–|-?[\d,]+(\.\d+)?(%| min)?")
_LINE = "color-mix(in srgb, currentColor 14%, transparent)"
_STYLE = f"""<style>
.c360 {{ overflow: auto; margin: 0.4rem 0 0.8rem; }}
.c360.long {{ max-height: 44rem; }}
.c360 table {{ border-collapse: collapse; font-size: 0.875rem; width: 100%; }}
.c360 th {{ text-align: left; font-weight: 600; opacity: 0.65; padding: 0.3rem 0.9rem 0.3rem 0;
  border-bottom: 2px solid {_LINE}; white-space: nowrap; }}
.c360 td {{ padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid {_LINE};
  vertical-align: top; }}
.c360 .number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
</style>"""


def written(value: Any) -> str:
    """Write one value as people read it."""
    if isinstance(value, list | tuple | set):
        return ", ".join(map(written, value))
    if value is None or value is pd.NaT or (isinstance(value, float | Decimal) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float | Decimal):
        number = float(value)
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def mark(is_right: bool, sentence: str) -> mo.Html:
    """Say that something holds, or loudly that it does not."""
    if is_right:
        return mo.md(f"✓ {sentence}")
    return mo.callout(mo.md(f"✗ {sentence}"), kind="danger")


@alt.theme.register("c360", enable=True)
def house_theme() -> alt.theme.ThemeConfig:
    """Give quiet axes, one ink, and a palette that can be told apart."""
    grey = "#8a8f8e"
    return alt.theme.ThemeConfig(
        config={
            "background": "transparent",
            "font": "Inter, 'PT Sans', 'Segoe UI', sans-serif",
            "view": {"stroke": None},
            "mark": {"color": INK},
            "range": {"category": PALETTE, "heatmap": {"scheme": "teals"}},
            "axis": {
                "domain": False,
                "ticks": False,
                "grid": False,
                "labelColor": grey,
                "titleColor": grey,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "labelPadding": 6,
                "labelLimit": 260,
            },
            "axisQuantitative": {"grid": True, "gridColor": grey, "gridOpacity": 0.18},
            "bar": {"cornerRadiusEnd": 2},
            "title": {"anchor": "start", "fontSize": 14, "color": grey, "fontWeight": 600},
            "legend": {"labelColor": grey, "titleColor": grey, "labelFontSize": 12},
            "header": {"labelColor": grey, "titleColor": grey},
        }
    )
