import pickle

import pytest

from privacy.detection.config import ENGLISH, DetectionConfig, ModelChoice, config_for, model_named
from privacy.detection.language import detect_languages
from privacy.errors import ConfigurationError
from privacy.zones.loader import load_policies


def test_every_shipped_zone_has_a_detection_that_can_be_set_up() -> None:
    for policy in load_policies().values():
        config = config_for(policy)
        assert config.models["en"] == ENGLISH
        assert config.phone_regions[: len(policy.countries)] == policy.countries
        assert len(set(config.phone_regions)) == len(config.phone_regions)


def test_every_shipped_zones_languages_can_be_told_apart() -> None:
    for policy in load_policies().values():
        text = "Where is my order? It should have been here on Monday."
        assert detect_languages([text], policy.languages)[0] in policy.languages


def test_a_setup_travels_to_another_process() -> None:
    config = config_for(load_policies()["eu"])
    assert pickle.loads(pickle.dumps(config)) == config


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("en_core_web_md", ENGLISH),
        ("de_core_news_md==3.8.0", ModelChoice("de_core_news_md", "3.8.0")),
        ("models==1.0/de/_model", ModelChoice("models", "1.0", "de/_model")),
    ],
)
def test_a_model_is_named_by_what_it_is_known_as_or_by_package(name, choice) -> None:
    assert model_named(name) == choice


def test_a_name_that_is_neither_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="package==version"):
        model_named("the best one")


def test_a_setup_is_frozen() -> None:
    with pytest.raises(AttributeError):
        DetectionConfig().threshold = 0.1
