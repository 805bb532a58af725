import pytest

from privacy.consent.withdrawal import affected_models
from privacy.errors import UnknownPurpose

MANIFEST = {
    "nodes": {
        "model.c360.customer_360": {
            "name": "customer_360",
            "resource_type": "model",
            "config": {"meta": {"purpose": "analytics"}},
        },
        "model.c360.old_style": {
            "name": "old_style",
            "resource_type": "model",
            "config": {"meta": {}},
            "meta": {"purpose": "analytics"},
        },
        "model.c360.agent_context": {
            "name": "agent_context",
            "resource_type": "model",
            "config": {"meta": {"purpose": "service"}},
        },
        "model.c360.stg": {"name": "stg", "resource_type": "model", "config": None, "meta": None},
        "test.c360.x": {
            "name": "x",
            "resource_type": "test",
            "config": {"meta": {"purpose": "analytics"}},
        },
    }
}


def test_a_withdrawal_names_the_models_of_its_purpose_and_no_others():
    assert affected_models(MANIFEST, ["analytics"]) == ["customer_360", "old_style"]
    assert affected_models(MANIFEST, ["marketing"]) == []
    assert affected_models({}, ["analytics"]) == []


def test_an_unknown_purpose_is_refused():
    with pytest.raises(UnknownPurpose):
        affected_models(MANIFEST, ["stalking"])
