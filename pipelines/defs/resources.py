"""The runtime of a zone, built from the environment. Building it opens no key."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipelines.connectors.registry import domains_of
from pipelines.stages.runtime import Runtime, ZoneAccess
from privacy.ids import ZoneId


def access_from_environment(zone: ZoneId) -> ZoneAccess:
    """Read where a zone lies and how to open it.

    ``C360_HOME``, ``C360_WORKERS``, ``C360_POLICIES``, ``C360_OWN_DOMAINS``, and for each zone ``C360_STORE_URL_<ZONE>``,
    ``C360_KEY_URI_<ZONE>``, ``C360_PASSPHRASE_<ZONE>``.
    """
    suffix = zone.upper()
    policies = os.environ.get("C360_POLICIES")
    return ZoneAccess(
        home=Path(os.environ.get("C360_HOME", ".c360")).absolute(),
        zone_id=zone,
        store_url=os.environ.get(f"C360_STORE_URL_{suffix}"),
        key_uri=os.environ.get(f"C360_KEY_URI_{suffix}"),
        passphrase=os.environ.get(f"C360_PASSPHRASE_{suffix}"),
        workers=int(os.environ.get("C360_WORKERS", "2")),
        policies_directory=Path(policies) if policies else None,
        own_domains=domains_of(os.environ.get("C360_OWN_DOMAINS", "")),
    )


def runtime_from_environment(zone: ZoneId) -> Runtime:
    """Give a zone's runtime as the environment describes it."""
    return Runtime(access_from_environment(zone))


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables for a child process, and take them back.

    dbt reads its profile from the environment only; its key must not stay there.
    """
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
