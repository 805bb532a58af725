"""What an operator can set, read once at the door from environment variables.

Below the doors nothing reads the environment: settings are passed on as arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from privacy.errors import ConfigurationError, PrivacyError

if TYPE_CHECKING:
    from pipelines.stages.runtime import ZoneAccess
    from privacy.opened import OpenZone

PREFIX = "C360_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable.

    Attributes:
        name: With ``<ZONE>`` where there is one for each zone; the zone's id in capitals.
        default: What holds when it is not set, in words.
        description: What it is for.
        is_secret: Never shown.
    """

    name: str
    default: str
    description: str
    is_secret: bool = False


HOME = Setting(
    "C360_HOME",
    "`.c360` in the working folder",
    "Folder of everything: zones, inboxes, keys. Keep it on an encrypted disk.",
)
POLICIES = Setting(
    "C360_POLICIES",
    "the policies that come with the program",
    "Folder of zone policies to use instead.",
)
WORKERS = Setting(
    "C360_WORKERS",
    "2",
    "Processes that look for personal data during a run; 0 for none but the main one.",
)
MEMORY_LIMIT = Setting(
    "C360_MEMORY_LIMIT",
    "4GB",
    "Memory that dbt's build may use before it spills to the zone's folder, encrypted: `1GB`.",
)
TOKEN = Setting(
    "C360_TOKEN",
    "none",
    "Bearer token of the caller, for `c360 mcp` over stdio and `c360 customer`; instead of"
    " `--caller`.",
    is_secret=True,
)
STORE_URL = Setting(
    "C360_STORE_URL_<ZONE>",
    "the SQLite file in the zone's folder",
    "The zone's store: `postgresql://user@host/database`, or `sqlite:////path`.",
    is_secret=True,
)
KEY_URI = Setting(
    "C360_KEY_URI_<ZONE>",
    "the `key_uri` of the zone's policy",
    "Where the zone's key-encryption key lives, as `scheme:place`.",
)
PASSPHRASE = Setting(
    "C360_PASSPHRASE_<ZONE>",
    "none: the keystore is protected by file permissions only",
    "Passphrase of the zone's local keystore.",
    is_secret=True,
)

OWN_DOMAINS = Setting(
    "C360_OWN_DOMAINS",
    "`retail.example`, the synthetic retailer's",
    "Domains you write mails from, separated by commas: a mail from elsewhere is a customer's.",
)

SETTINGS = (
    HOME,
    POLICIES,
    OWN_DOMAINS,
    WORKERS,
    MEMORY_LIMIT,
    TOKEN,
    STORE_URL,
    KEY_URI,
    PASSPHRASE,
)
"""Every setting there is; the reference page is written from this."""

_BY_ZONE = {
    setting.name.removesuffix("<ZONE>"): setting
    for setting in SETTINGS
    if setting.name.endswith("<ZONE>")
}


@dataclass(frozen=True, slots=True)
class ZoneSettings:
    """What is set for one zone; None means the default."""

    store_url: str | None = field(default=None, repr=False)
    key_uri: str | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, read. Nothing in it changes afterwards.

    Attributes:
        home: Absolute.
        policies: Absolute; None for the policies that come with the program.
        workers: Detection processes of a run.
        memory_limit: As dbt's profile reads it from the environment, by itself.
        own_domains: As given, separated by commas; empty for the default.
        token: Bearer token of whoever runs the command, if any.
        zones: By zone id; zones without settings of their own are not in it.
        unknown: Names of variables with our prefix that mean nothing here: mistyped, most likely.
    """

    home: Path
    policies: Path | None = None
    workers: int = 2
    memory_limit: str = MEMORY_LIMIT.default
    own_domains: str = ""
    token: str | None = field(default=None, repr=False)
    zones: Mapping[str, ZoneSettings] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[str, ...] = ()

    def of(self, zone_id: str) -> ZoneSettings:
        """Give what is set for a zone."""
        return self.zones.get(zone_id, ZoneSettings())

    def open(self, zone_id: str, *, even_if_restored: bool = False) -> OpenZone:
        """Open a zone with these settings.

        Args:
            zone_id: Which.
            even_if_restored: Also with a store that has forgotten an erasure; to mend it.

        Raises:
            UnknownZone: No policy has this id.
            ConfigurationError: The zone was never created, or its store cannot be reached, or is
                older than the zone's erasure ledger.
            WrongKey: The key or passphrase is not this zone's.
        """
        from privacy.erasure.restored import check_restored
        from privacy.ids import ZoneId
        from privacy.opened import open_zone

        own = self.of(zone_id)
        zone = open_zone(
            self.home,
            ZoneId(zone_id),
            store_url=own.store_url,
            key_uri=own.key_uri,
            passphrase=own.passphrase,
            policies_directory=self.policies,
        )
        if not even_if_restored:
            try:
                check_restored(zone)
            except PrivacyError:
                zone.close()
                raise
        return zone

    def access(self, zone_id: str, *, workers: int | None = None) -> ZoneAccess:
        """Give a run what it needs to open a zone by itself."""
        from pipelines.connectors.registry import domains_of
        from pipelines.stages.runtime import ZoneAccess
        from privacy.ids import ZoneId

        own = self.of(zone_id)
        return ZoneAccess(
            home=self.home,
            zone_id=ZoneId(zone_id),
            store_url=own.store_url,
            key_uri=own.key_uri,
            passphrase=own.passphrase,
            workers=self.workers if workers is None else workers,
            policies_directory=self.policies,
            own_domains=domains_of(self.own_domains),
        )


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings out of an environment; an empty value counts as not set.

    Raises:
        ConfigurationError: A number is none.
    """
    given = {
        name: value for name, value in environ.items() if name.startswith(PREFIX) and value.strip()
    }
    zones: dict[str, dict[str, str]] = {}
    unknown = []
    plain = {setting.name for setting in SETTINGS}
    for name, value in given.items():
        prefix = next((p for p in _BY_ZONE if name.startswith(p) and name != p), None)
        if prefix is not None:
            of_zone = zones.setdefault(name.removeprefix(prefix).lower(), {})
            of_zone[prefix.removeprefix(PREFIX).rstrip("_").lower()] = value
        elif name not in plain:
            unknown.append(name)
    policies = given.get(POLICIES.name)
    return Settings(
        home=Path(given.get(HOME.name, ".c360")).expanduser().absolute(),
        policies=Path(policies).expanduser().absolute() if policies else None,
        own_domains=given.get(OWN_DOMAINS.name, ""),
        workers=_count(WORKERS, given),
        memory_limit=given.get(MEMORY_LIMIT.name, MEMORY_LIMIT.default),
        token=given.get(TOKEN.name),
        zones=MappingProxyType({zone: ZoneSettings(**values) for zone, values in zones.items()}),
        unknown=tuple(sorted(unknown)),
    )


def settings_shown(settings: Settings) -> list[dict[str, str]]:
    """Give every setting that holds, name and value; secrets only as set or not set."""
    rows = [
        (HOME, str(settings.home)),
        (POLICIES, str(settings.policies or "")),
        (OWN_DOMAINS, settings.own_domains),
        (WORKERS, str(settings.workers)),
        (MEMORY_LIMIT, settings.memory_limit),
        (TOKEN, settings.token or ""),
    ]
    named = [(setting.name, setting, value) for setting, value in rows]
    for zone_id, own in sorted(settings.zones.items()):
        for setting, value in (
            (STORE_URL, own.store_url),
            (KEY_URI, own.key_uri),
            (PASSPHRASE, own.passphrase),
        ):
            if value:
                named.append((setting.name.replace("<ZONE>", zone_id.upper()), setting, value))
    return [
        {"setting": name, "value": _shown(setting, value), "default": setting.default}
        for name, setting, value in named
    ]


def _shown(setting: Setting, value: str) -> str:
    if not value:
        return "not set"
    return "set, not shown" if setting.is_secret else value


def _count(setting: Setting, given: Mapping[str, str]) -> int:
    text = given.get(setting.name, setting.default)
    if not text.isdecimal():
        raise ConfigurationError(f"{setting.name} must be a whole number")
    return int(text)
