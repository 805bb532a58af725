import pytest

from privacy.detection.lexicons.lexicon import Lexicon
from privacy.detection.readers.shape import Shape
from privacy.detection.spans import Span


def shaped(language: str, text: str, value: str, score: float = 0.7) -> list[str]:
    start = text.index(value)
    found = Span(start, start + len(value), "PERSON", score, "test", "model")
    whole = Shape(Lexicon(language)).whole(text, [found])
    return [text[one.start : one.end] for one in whole]


@pytest.mark.parametrize(
    ("language", "text", "value", "expected"),
    [
        ("de", "liebe grüße von gruß jörg", "gruß jörg", ["jörg"]),
        ("es", "soy Rodrigo Fuentes de Valparaíso", "Rodrigo Fuentes de", ["Rodrigo Fuentes"]),
        ("es", "el paciente refiere dolor", "refiere dolor", []),
        ("fr", "merci de votre réponse", "votre réponse", []),
    ],
)
def test_ordinary_words_are_no_part_of_a_name(language, text, value, expected) -> None:
    assert shaped(language, text, value) == expected


@pytest.mark.parametrize(
    ("language", "text", "value", "expected"),
    [
        ("en", "What's your name? Jildau S Bouts", "Jildau", "Jildau S Bouts"),
        ("es", "para Nuria de la Fuente, Calle Mayor", "Nuria", "Nuria de la Fuente"),
        ("de", "Zeuge K. Obermaier gab an", "Obermaier", "K. Obermaier"),
        ("en", "by J. R. R. Tolkien", "Tolkien", "J. R. R. Tolkien"),
        ("en", "met Ngozi Adeyemi there", "Adeyemi", "Ngozi Adeyemi"),
        ("en", "tell Ngozi That it came", "Ngozi", "Ngozi"),
        ("es", "GARCÍA ULLOA, BELÉN - pago", "BELÉN", "GARCÍA ULLOA, BELÉN"),
        ("de", "Trautwein, Gerlinde kommt", "Gerlinde", "Trautwein, Gerlinde"),
        ("en", "Brabec, Doyle and White", "Doyle", "Doyle"),
        ("nl", "bel karin de boer nog", "karin", "karin de boer"),
        ("it", "Hryhorii Shevchuk e Nives Dapretto", "Hryhorii Shevchuk", "Hryhorii Shevchuk"),
        ("en", "ask Ngozi LATER", "Ngozi", "Ngozi"),
        ("en", "ask Ngozi. Adeyemi left", "Ngozi", "Ngozi"),
    ],
)
def test_a_name_has_what_belongs_to_it(language, text, value, expected) -> None:
    assert shaped(language, text, value) == [expected]


def test_what_is_no_name_keeps_its_borders() -> None:
    found = Span(0, 4, "STREET_ADDRESS", 0.7, "test", "model")
    assert list(Shape(Lexicon("en")).whole("road of stones", [found])) == [found]
