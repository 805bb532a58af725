import pickle

import pytest

from privacy.detection.config import DetectionConfig, config_for, model_named
from privacy.detection.language import detect_languages
from privacy.detection.readers.model_files import ModelChoice, ModelFormat
from privacy.detection.readers.registry import LANGUAGES
from privacy.errors import ConfigurationError
from privacy.zones.loader import load_policies
from privacy.zones.rules import DetectionRules


def test_every_shipped_zone_has_a_detection_that_can_be_set_up() -> None:
    for policy in load_policies().values():
        config = config_for(policy)
        assert config.models["en"] == LANGUAGES["en"]
        assert config.models.keys() >= LANGUAGES.keys()
        assert config.phone_regions[: len(policy.countries)] == policy.countries
        assert len(set(config.phone_regions)) == len(config.phone_regions)


def test_every_shipped_zones_languages_can_be_told_apart() -> None:
    for policy in load_policies().values():
        text = "Where is my order? It should have been here on Monday."
        assert detect_languages([text], policy.languages)[0] in policy.languages


def test_a_setup_travels_to_another_process() -> None:
    config = config_for(load_policies()["eu"])
    assert pickle.loads(pickle.dumps(config)) == config


HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("en_core_web_md", "en_core_web_md"),
        (f"de_news==3.8.0#sha256={HASH}", ModelChoice("de_news", "3.8.0", sha256=HASH)),
        (
            f"spacy:models==1.0/de/_model#sha256={HASH}",
            ModelChoice("models", "1.0", "de/_model", sha256=HASH),
        ),
        (
            f"gliner:/srv/models/multi pii#sha256={HASH}",
            ModelChoice(folder="/srv/models/multi pii", format=ModelFormat.GLINER, sha256=HASH),
        ),
    ],
)
def test_a_model_is_named_by_what_it_is_known_as_or_by_where_it_lies(name, choice) -> None:
    assert model_named(name) == choice


@pytest.mark.parametrize(
    "name", ["the best one", "de_news==3.8.0", "/srv/models/de", f"relative/de#sha256={HASH}"]
)
def test_a_name_that_is_neither_or_has_no_hash_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="sha256"):
        model_named(name)


def test_a_format_nothing_reads_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="spacy, token_classifier, gliner"):
        model_named(f"pickle:/srv/de#sha256={HASH}")


def test_one_model_or_several_may_be_named_for_a_language() -> None:
    eu = load_policies()["eu"]
    rules = DetectionRules.model_validate(
        {"models": {"en": "en_core_web_md", "de": ["rampart", f"/srv/de#sha256={HASH}"], "pl": []}}
    )
    models = config_for(eu.model_copy(update={"detection": rules})).models
    assert models["en"] == ("en_core_web_md",)
    assert models["de"] == ("rampart", ModelChoice(folder="/srv/de", sha256=HASH))
    assert models["pl"] == ()


def test_a_setup_is_frozen() -> None:
    with pytest.raises(AttributeError):
        DetectionConfig().threshold = 0.1
