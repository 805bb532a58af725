"""A language is one file, and every file holds what the story needs."""

import re
from pathlib import Path

import pytest

from pipelines.connectors.replies import split
from pipelines.synthetic import phrases
from pipelines.synthetic.countries import COUNTRIES
from pipelines.synthetic.texts import fill
from privacy.errors import ConfigurationError

LANGUAGES = phrases.languages()
SLOTS = frozenset(
    [
        "full",
        "first",
        "last",
        "email",
        "phone",
        "address",
        "birth",
        "loyalty",
        "order",
        "product",
        "amount",
        "date",
        "days",
        "weekday",
        "time",
        "agent",
        "colleague",
        "card",
        "iban",
        "id_name",
        "national_id",
        "other_full",
        "other_email",
        "other_phone",
    ]
)


def test_every_language_people_speak_has_a_file() -> None:
    spoken = {tag for country in COUNTRIES.values() for tag, _ in country.languages}
    assert spoken <= set(LANGUAGES)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_the_same_keys_and_only_known_slots(tag: str) -> None:
    given = phrases.phrases_of(tag)
    assert given.sentences.keys() == phrases.phrases_of("en").sentences.keys()
    assert all(given.sentences.values())
    used = {slot for key in given.sentences.values() for t in key for _, slot in t if slot}
    assert used <= SLOTS
    assert len(given.first) >= 140
    assert len(given.weekdays_short) == 7
    assert len(given.months) == 12


@pytest.mark.parametrize("tag", LANGUAGES)
def test_there_are_enough_sentences_on_every_reason(tag: str) -> None:
    sentences = phrases.phrases_of(tag).sentences
    for reason in phrases.REASONS:
        assert len(sentences[f"reasons.{reason}.statements"]) >= 5


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_quote_header_of_every_language_is_cut_from_a_mail(tag: str) -> None:
    given = phrases.phrases_of(tag)
    slots: dict[str, tuple[str, str | None]] = {
        name: (value, None) for name, value in phrases.date_slots(given, 2026, 11, 5).items()
    }
    slots |= {"wd": (given.weekdays_short[3], None), "time": ("9:15", None)}
    slots |= {"full": ("Danielle Moubois", None), "email": ("d@mail.example.com", None)}
    header, _ = fill([given.quote_header], slots)
    assert split(f"Text.\n\n{header}\n\n> before").text == "Text."


def test_a_language_without_a_file_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"xx\.yaml"):
        phrases.phrases_of("xx")


def test_a_file_without_a_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (phrases.FOLDER / "en.yaml").read_text(encoding="utf-8")
    broken = re.sub(r"^products:$", "things:", whole, flags=re.MULTILINE)
    (tmp_path / "qq.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(phrases, "FOLDER", tmp_path)
    with pytest.raises(ConfigurationError, match="products"):
        phrases.phrases_of("qq")


def test_a_template_is_split_at_its_slots() -> None:
    assert phrases.compiled("I am {full}.") == (("I am ", "full"), (".", None))
    assert phrases.compiled("Hello") == (("Hello", None),)
