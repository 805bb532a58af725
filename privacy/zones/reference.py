"""Writes the policies as a page of reference: every rule with its source and how sure we are."""

from collections.abc import Iterable, Mapping

from privacy.ids import ZoneId
from privacy.zones.model import Deadline, Period, PurposeRule, Rule, ZonePolicy

_INTRODUCTION = """\
# Zones

The law and the configuration of each zone, as written in `privacy/zones/policies/`. This page is
generated from those files.

**None of this is legal advice.** Every rule says how sure we are of it: *verified* was read in the
law's own text, *secondary* on a page about the law, *unverified* is general knowledge and wants
counsel before you rely on it. A number marked *ours* is a choice the law leaves to the controller.
"""


def as_markdown(policies: Mapping[ZoneId, ZonePolicy]) -> str:
    """Give the page: an overview, then a section a zone.

    Args:
        policies: As `privacy.zones.loader.load_policies` gives them.
    """
    parts = [_INTRODUCTION, _overview(policies.values())]
    parts += [_zone(policy) for policy in policies.values()]
    return "\n".join(parts).rstrip() + "\n"


def _overview(policies: Iterable[ZonePolicy]) -> str:
    rows = [
        (f"[`{p.id}`](#{p.id})", p.name, p.regime, p.suite, str(len(p.countries))) for p in policies
    ]
    return _table(("zone", "name", "regime", "suite", "countries"), rows)


def _zone(policy: ZonePolicy) -> str:
    configuration = [
        ("countries", ", ".join(policy.countries)),
        ("languages", ", ".join(policy.languages)),
        ("time zone", policy.time_zone),
        ("cipher of sealed values", policy.suite),
        ("key provider", f"`{policy.key_uri}`"),
        ("stores", ", ".join(f"`{pattern}`" for pattern in policy.stores) or "none"),
        ("legal bases", ", ".join(policy.bases)),
        ("consents alone from", f"{policy.consent_age_years} years"),
        ("links a shared handle may have", str(policy.identity.links_per_handle)),
        (
            "what other zones pass on is received in",
            policy.transfers.received_in or policy.countries[0],
        ),
        (
            "records of other zones are passed on under",
            policy.transfers.handed_over_under or "none",
        ),
    ]
    standing = [
        ("territory", policy.territory),
        ("cipher", policy.suite_rule),
        ("legal bases", policy.bases_rule),
        ("age of consent", policy.consent_age),
        ("transfers", policy.transfers.default),
    ]
    sections = [
        f"## {policy.id}",
        f"{policy.name}: {policy.regime}.",
        _table(("setting", "value"), configuration),
        "### Purposes",
        _table(
            ("purpose", "basis", "person's word", *_RULE),
            [(p, r.basis, _word(r), *_rule(r)) for p, r in policy.purposes.items()],
        ),
        "### Retention",
        _table(
            ("category", "kept", "from", "number", *_RULE),
            [
                (c, _length(r), r.starts, "ours" if r.set_by == "controller" else "law", *_rule(r))
                for c, r in policy.retention.items()
            ],
        ),
        "### Deadlines",
        _table(
            ("deadline", "time", "from", "paused", *_RULE),
            [
                (n, _deadline(r), r.starts, r.pause or "never", *_rule(r))
                for n, r in policy.deadlines.items()
            ],
        ),
        "### Transfers",
        _table(
            ("instrument", "title", "destinations", *_RULE),
            [
                (n, r.title, ", ".join(r.destinations) or "any", *_rule(r))
                for n, r in policy.transfers.instruments.items()
            ],
        ),
        *_volumes(policy),
        "### Other rules",
        _table(("rule", *_RULE), [(name, *_rule(rule)) for name, rule in standing]),
    ]
    return "\n\n".join(section.rstrip() for section in sections) + "\n"


def _volumes(policy: ZonePolicy) -> list[str]:
    steps = policy.transfers.volumes
    if not steps:
        return []
    rows = [
        (
            _most(step.persons_at_most),
            _most(step.sensitive_at_most),
            ", ".join(step.instruments),
            *_rule(step),
        )
        for step in steps
    ]
    head = ("persons since 1 January", "with sensitive data", "instruments that suffice", *_RULE)
    return ["### Volumes of transfers", _table(head, rows)]


def _most(limit: int | None) -> str:
    return "any number" if limit is None else f"at most {limit:,}"


_RULE = ("source", "since", "confidence", "note")


def _rule(rule: Rule) -> tuple[str, str, str, str]:
    source = f"[{rule.source}]({rule.url})" if rule.url else rule.source
    since = rule.effective_from.isoformat()
    if rule.effective_to is not None:
        since += f" until {rule.effective_to.isoformat()}"
    return source, since, rule.confidence, rule.note or ""


def _word(rule: PurposeRule) -> str:
    if rule.needs_consent:
        return "closed until a yes"
    return "open until a no" if rule.is_objectable else "stands"


def _length(rule: Period) -> str:
    return _amount(rule.months, "month") if rule.months else _amount(rule.days, "day")


def _deadline(rule: Deadline) -> str:
    if rule.is_at_once:
        return "at once"
    units = (
        (rule.hours, "hour"),
        (rule.days, "day"),
        (rule.business_days, "business day"),
        (rule.months, "month"),
    )
    time = next(_amount(value, unit) for value, unit in units if value is not None)
    extensions = (
        (rule.extension_days, "day"),
        (rule.extension_business_days, "business day"),
        (rule.extension_months, "month"),
    )
    longer = [f", and {_amount(value, unit)} more" for value, unit in extensions if value]
    return time + "".join(longer)


def _amount(value: int | None, unit: str) -> str:
    return f"{value} {unit}{'' if value == 1 else 's'}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("--" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")
