from datetime import date

from privacy.zones.loader import load_policies
from privacy.zones.reference import as_markdown


def test_the_reference_names_every_zone_rule_and_that_it_is_no_advice():
    policies = load_policies()
    page = as_markdown(policies)
    assert "None of this is legal advice" in page
    for zone, policy in policies.items():
        assert f"\n## {zone}\n" in page
        for rules in (policy.purposes, policy.retention, policy.deadlines):
            for name, rule in rules.items():
                assert f"| {name} |" in page
                assert rule.source in page
    assert "| request | 1 month, and 2 months more |" in page
    assert "| request | 45 days, and 45 days more |" in page
    assert "| breach_authority | 3 business days |" in page
    assert "| breach_authority | 72 hours |" in page
    assert "| breach_subjects | at once |" in page


def test_every_line_of_a_table_has_as_many_cells_as_its_head():
    width = 0
    for line in as_markdown(load_policies()).splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        width = width or cells
        assert cells == width, line


def test_the_reference_is_the_same_each_time():
    assert as_markdown(load_policies()) == as_markdown(load_policies())


def test_a_rule_that_ends_says_when():
    policies = load_policies()
    rule = policies["us"].territory.model_copy(update={"effective_to": date(2030, 1, 1)})
    ending = {"us": policies["us"].model_copy(update={"territory": rule})}
    assert "2023-01-01 until 2030-01-01" in as_markdown(ending)
