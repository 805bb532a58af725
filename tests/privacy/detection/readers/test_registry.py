import importlib

import pytest

from privacy.detection.language import LANGUAGES as NAMED
from privacy.detection.readers.model_files import ModelChoice, folder_of, verified
from privacy.detection.readers.registry import LANGUAGES, READERS, Maker


def test_every_language_has_readers_and_every_other_has_those_of_the_unknown() -> None:
    assert set(NAMED) | {"und"} <= LANGUAGES.keys()
    assert all(LANGUAGES.values())


def test_every_default_reader_is_on_the_list() -> None:
    assert {name for names in LANGUAGES.values() for name in names} <= READERS.keys()


@pytest.mark.parametrize("name", [name for name, one in READERS.items() if isinstance(one, Maker)])
def test_what_makes_a_reader_is_there(name: str) -> None:
    module, _, attribute = READERS[name].path.partition(":")
    assert callable(getattr(importlib.import_module(module), attribute))


@pytest.mark.parametrize(
    "name", [name for name, one in READERS.items() if isinstance(one, ModelChoice)]
)
def test_every_shipped_model_is_installed_as_pinned(name: str) -> None:
    choice = READERS[name]
    assert verified(choice, "en") == folder_of(choice, "en")
    assert len(choice.sha256) == 64
