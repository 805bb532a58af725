import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.lexicons.context_words import context_words
from privacy.detection.lexicons.lexicon import HERE, WORD_LANGUAGES, Lexicon
from privacy.detection.lexicons.plain import plain

WORDS = {
    "de": ("Rechnung", "Lieferungen"), "en": ("order", "refunded"), "es": ("pedido", "devolver"),
    "fr": ("commande", "livré"), "id": ("pesanan", "dikirim"), "it": ("ordine", "consegnato"),
    "nl": ("bestelling", "geleverd"), "pl": ("zamówienia", "zwrotem"),
    "pt": ("encomenda", "entregue"), "tr": ("siparişimi", "faturanın"),
}  # fmt: skip


@pytest.mark.parametrize("language", WORD_LANGUAGES)
def test_words_in_their_forms_are_known_and_names_are_no_words(language: str) -> None:
    lexicon = Lexicon(language)
    assert all(lexicon.is_word(word) for word in WORDS[language])
    for name in ("Anna", "Krzysztof", "Mehmet", "Priya", "Giuseppe"):
        assert lexicon.is_given_name(name)
        assert not lexicon.is_word(name)


@pytest.mark.parametrize(
    ("name", "form"),
    [("Małgorzata", "Małgorzatą"), ("Krzysztof", "Krzysztofem"), ("Jürgen", "juergen"),
     ("Şükrü", "sukru"), ("François", "FRANCOIS")],
)  # fmt: skip
def test_a_given_name_is_known_declined_and_without_its_accents(name: str, form: str) -> None:
    lexicon = Lexicon("pl")
    assert lexicon.name_bits(plain(name))
    assert lexicon.name_bits(plain(form))


def test_family_names_and_places_are_known() -> None:
    lexicon = Lexicon("en")
    assert all(map(lexicon.is_surname, ("Kowalski", "Wiśniewskiej", "Siregar", "Yılmaz", "García")))
    assert all(map(lexicon.is_place, ("Kraków", "Krakowie", "New York", "İzmir", "Surabaya")))
    assert not lexicon.is_place("refund")


def test_the_longest_place_or_brand_is_taken() -> None:
    lexicon = Lexicon("en")
    text = plain("From New York City to Newark, by Louis Vuittonesque")
    end, bits = lexicon.place_at(text, 5)
    assert text[5:end] == "new york city"
    assert bits
    assert lexicon.brand_at(text, text.index("louis")) == text.index("louis")


def test_candidates_are_the_words_that_may_be_names() -> None:
    text = "Hello, my order went to Priya and Anna Kowalska instead. Please tell jakub"
    found = [text[start:end] for start, end in Lexicon("en").candidates(text)]
    assert found == ["Priya", "Anna", "Kowalska", "jakub"]
    assert Lexicon("de").candidates("Meine Bestellung ist nicht angekommen.") == []


def test_a_language_without_words_still_knows_names() -> None:
    lexicon = Lexicon("sv-SE")
    assert not lexicon.is_word("hej")
    assert lexicon.is_given_name("Göran")


@given(st.text())
def test_the_plain_form_keeps_every_position(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_the_lexicons_stay_small() -> None:
    assert sum(path.stat().st_size for path in HERE.glob("*.dawg")) < 11_000_000


@pytest.mark.parametrize("language", [*WORD_LANGUAGES, "sv"])
def test_words_beside_names_are_in_plain_form(language: str) -> None:
    beside = context_words(language)
    assert all(word == plain(word) for words in beside for word in words)
    assert "dr" in beside.titles
