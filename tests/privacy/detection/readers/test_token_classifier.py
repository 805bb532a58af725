import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy.detection.readers.model_files import folder_of, hash_of
from privacy.detection.readers.registry import RAMPART, ModelChoice, ModelFormat, make
from privacy.detection.readers.token_classifier import TokenClassifier
from privacy.errors import ConfigurationError

TABLE = {"ada": "B-GIVEN_NAME", "lovelace": "B-SURNAME", "london": "B-CITY", "lives": "O"}


@pytest.fixture(scope="module")
def rampart() -> TokenClassifier:
    return TokenClassifier(folder_of(RAMPART, "de"))


def found(reader, text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.entity) for one in reader.read([text])[0]]


def test_an_exported_classifier_is_read_from_its_folder_by_its_hash(make_classifier) -> None:
    folder = make_classifier(TABLE)
    choice = ModelChoice(
        folder=str(folder), format=ModelFormat.TOKEN_CLASSIFIER, sha256=hash_of(folder)
    )
    reader = make(choice, "en")
    assert found(reader, "Ada Lovelace lives in London.") == [
        ("Ada Lovelace", "PERSON"),
        ("London", "LOCATION"),
    ]
    assert reader.read(["", "lives", "London"])[2][0].score == 0.89


@pytest.mark.parametrize("lead", [0, 100, 135, 150, 159, 160, 161, 200, 1000])
def test_a_name_is_whole_wherever_windows_are_cut(make_classifier, lead: int) -> None:
    reader = TokenClassifier(make_classifier(TABLE))
    text = "lives " * lead + "Ada Lovelace " + "lives " * 200
    assert found(reader, text) == [("Ada Lovelace", "PERSON")]


def test_each_text_of_a_batch_has_its_own_finds(make_classifier) -> None:
    reader = TokenClassifier(make_classifier(TABLE))
    texts = ["lives " * (at % 7) + ("Ada" if at % 3 else "lives") for at in range(200)]
    for at, spans in enumerate(reader.read(texts)):
        assert [texts[at][one.start : one.end] for one in spans] == ["Ada"] * bool(at % 3)


def test_a_classifier_without_entities_or_graph_is_refused(make_classifier) -> None:
    folder = make_classifier(TABLE)
    (folder / "model.onnx").rename(folder / "weights.bin")
    with pytest.raises(ConfigurationError, match="no ONNX graph"):
        TokenClassifier(folder)
    (folder / "config.json").write_text(json.dumps({"id2label": {"0": "O", "1": "B-MONEY"}}))
    with pytest.raises(ConfigurationError, match="names no entities"):
        TokenClassifier(folder)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Die Post kam von Annegret Schulze aus Kassel.", ["Annegret Schulze", "Kassel"]),
        ("Herr Müller-Lüdenscheidt klagte in Köln.", ["Müller-Lüdenscheidt", "Köln"]),
        ("met vriendelijke groet, jan van der berg", ["jan van der berg"]),
        ("Mrs. Anne-Marie O'Connor-Smith's parcel", ["Anne-Marie O'Connor-Smith"]),
        ("\ud800 Ada Lovelace", ["Ada Lovelace"]),
        ("\U0001f642 " * 9 + "Ada Lovelace", ["Ada Lovelace"]),
    ],
)
def test_names_are_found_whole(rampart, text: str, names: list[str]) -> None:
    assert [value for value, _ in found(rampart, text)] == names


def test_a_texts_finds_do_not_depend_on_its_company(rampart) -> None:
    texts = [
        f"{word} Annegret Schulze aus Kassel" * size
        for word in ("Frau", "von")
        for size in (1, 2, 9)
    ]
    together = rampart.read([*texts, "!" * 500, "Ada Lovelace 4a"])
    assert together[: len(texts)] == [rampart.read([text])[0] for text in texts]


def test_a_street_a_postcode_and_a_town_are_told_apart(rampart) -> None:
    assert found(rampart, "Rechnung an Lindenweg 4a, 34117 Kassel") == [
        ("Lindenweg 4a", "STREET_ADDRESS"),
        ("34117", "ZIP_CODE"),
        ("Kassel", "LOCATION"),
    ]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(st.characters(codec=None), max_size=80), max_size=4))
def test_spans_are_in_range_and_apart_whatever_the_text(rampart, texts: list[str]) -> None:
    for text, spans in zip(texts, rampart.read(texts), strict=True):
        reach = 0
        for span in spans:
            assert reach <= span.start < span.end <= len(text)
            assert 0 < span.score <= 1
            reach = span.end
