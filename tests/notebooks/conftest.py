"""A small home, run as a user would run it, and the notebooks run on it as programs."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.synthetic.world import generate
from privacy.access.model import Caller, Role
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.zones.model import Purpose
from serving.query import CustomerQueries
from tests.notebooks.running import NOTEBOOKS, ZONE, Page, figures_of, files_of, run


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one zone of a few hundred messages, run with the command line."""
    folder = tmp_path_factory.mktemp("notebooks") / "home"
    world = generate(
        folder / "world", seed=7, messages=200, zones=[ZoneId(ZONE)], until=date(2026, 7, 1)
    )
    create_zone(folder, ZONE).close()
    command = ("-c", "from serving.cli import main; main()", "run", "--zone", ZONE)
    run(*command, "--inbox", world.inbox / ZONE, "--workers", 0, "--json", home=folder)
    return folder


@pytest.fixture
def zone(home: Path) -> Iterator[OpenZone]:
    with open_zone(home, ZONE) as opened:
        yield opened


@pytest.fixture(scope="package")
def before(home: Path) -> dict[str, bytes]:
    """The notebooks' folder as it was before anything ran in it."""
    return files_of(NOTEBOOKS)


@pytest.fixture(scope="package")
def visited(home: Path, before: dict[str, bytes]) -> str:
    """The customer whom the audit shows; an agent has asked for her."""
    printed = run(NOTEBOOKS / "an_audit_of_one_customer.py", home=home).stdout
    customer_id = str(figures_of(printed)["customer"])
    with open_zone(home, ZONE) as zone:
        queries = CustomerQueries(zone, Caller("desk-7", Role.AGENT), Purpose.SERVICE)
        queries.context(customer_id)
        queries.timeline(customer_id)
    return customer_id


@pytest.fixture(scope="package")
def page(
    home: Path, visited: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Page]:
    """Run a notebook once, as a program and as a page."""
    folder = tmp_path_factory.mktemp("pages")
    pages: dict[str, Page] = {}

    def of(name: str) -> Page:
        if name not in pages:
            notebook, out = NOTEBOOKS / f"{name}.py", folder / f"{name}.html"
            printed = run(notebook, home=home).stdout
            run("-m", "marimo", "export", "html", notebook, "-o", out, home=home)
            pages[name] = Page(figures_of(printed), out.read_text("utf-8"))
        return pages[name]

    return of
