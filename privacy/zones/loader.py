"""Reads the policies of `privacy/zones/policies/`, and refuses what is unsourced or contradictory.

The YAML read here is a small, plain part of YAML: no tags, no aliases, no second value for a key,
and only ``true`` and ``false`` are booleans (so that ``NO`` is Norway).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from privacy.errors import PolicyError, UnknownZone
from privacy.ids import ZoneId
from privacy.zones.model import ZONE_ID, ZonePolicy

POLICIES = Path(__file__).parent / "policies"
"""The policies that come with the project."""

_LARGEST_BYTES = 256 * 1024


def load_policy(zone_id: str, *, directory: Path | None = None) -> ZonePolicy:
    """Read the policy of one zone.

    Args:
        zone_id: The file's name without ``.yaml``.
        directory: Where to look; the project's own policies by default.

    Raises:
        UnknownZone: There is no such file.
        PolicyError: The file is not a policy; names file and field.
    """
    folder = directory or POLICIES
    path = folder / f"{zone_id}.yaml"
    if not ZONE_ID.fullmatch(zone_id) or not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml"))) or "none"
        raise UnknownZone(f"no policy for that zone; there are: {known}")
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


def load_policies(*, directory: Path | None = None) -> Mapping[ZoneId, ZonePolicy]:
    """Read the policy of every zone, in the order of their ids.

    Raises:
        PolicyError: A file is not a policy, or two zones claim one country or one store pattern.
    """
    folder = directory or POLICIES
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise PolicyError("there is no policy file in the folder")
    policies: dict[ZoneId, ZonePolicy] = {}
    for path in paths:
        if not ZONE_ID.fullmatch(path.stem):
            raise PolicyError(f"{path.name}: the file's name is not a zone id")
        policy = load_policy(path.stem, directory=folder)
        policies[policy.id] = policy
    _check_claims(policies, "countries", lambda policy: policy.countries)
    _check_claims(policies, "stores", lambda policy: policy.store_patterns())
    return policies


def _check_claims(policies: Mapping[ZoneId, ZonePolicy], field: str, claims: Any) -> None:
    owners: dict[str, ZoneId] = {}
    for zone, policy in policies.items():
        for claim in claims(policy):
            if claim in owners:
                raise PolicyError(
                    f"{zone}.yaml: {field}: {claim} is claimed by {owners[claim]} too"
                )
            owners[claim] = zone


@lru_cache(maxsize=64)
def _read(path: Path, _mtime_ns: int, size_bytes: int) -> ZonePolicy:
    if size_bytes > _LARGEST_BYTES:
        raise PolicyError(f"{path.name}: larger than {_LARGEST_BYTES} bytes")
    try:
        content = yaml.load(path.read_bytes().decode("utf-8"), Loader=_PlainLoader)  # noqa: S506
    except UnicodeDecodeError:
        raise PolicyError(f"{path.name}: not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise PolicyError(f"{path.name}:{line} {error.problem}".replace(":  ", ": ")) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise PolicyError(f"{path.name}: not readable as YAML ({type(error).__name__})") from None
    if not isinstance(content, dict):
        raise PolicyError(f"{path.name}: not a mapping of fields")
    try:
        policy = ZonePolicy.model_validate(content)
    except ValidationError as error:
        raise PolicyError("; ".join(_complaints(path.name, error))) from None
    if policy.id != path.stem:
        raise PolicyError(f"{path.name}: id: must be the file's name")
    return policy


def _complaints(file: str, error: ValidationError) -> list[str]:
    lines = []
    for fault in error.errors(include_input=False, include_url=False, include_context=False)[:5]:
        field = ".".join(str(part) for part in fault["loc"] if part != "[key]")
        message = fault["msg"].removeprefix("Value error, ")
        lines.append(f"{file}: {field}: {message}" if field else f"{file}: {message}")
    return lines


class _PlainLoader(yaml.SafeLoader):
    """YAML without the parts that surprise: see the module's docstring."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: they make a small file large, and one rule look like another's."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Refuse a second value for a key."""
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a field's name is plain text", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, "one field stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", list("tf")),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("tag:yaml.org,2002:float", r"^-?[0-9]+\.[0-9]+$", list("-0123456789")),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _PlainLoader.add_implicit_resolver(_tag, re.compile(_pattern), _first)
