"""How much an unlisted Arabic word looks like a name."""

from privacy.detection.lexicons.arabic_script import key
from privacy.detection.lexicons.likeness import likeness


def test_names_of_other_peoples_look_like_names() -> None:
    arabic = likeness("ar")
    for name in "غونزاليس هيرفي بوشناق".split():  # noqa: SIM905
        assert arabic.weigh(key(name)) > 0
        assert not arabic.has_word(key(name))


def test_words_of_the_language_do_not() -> None:
    arabic = likeness("ar")
    for word in "متعلق تطبيق مستشفيات".split():  # noqa: SIM905
        assert arabic.weigh(key(word)) < 0
