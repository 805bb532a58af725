import re

from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.readers import arabic, hindi, scripts

LETTERS = "ابعدملي محسنخو أنا اسمي:،\nराजेशम ाीनाहै जी Іван Κώστας משה ABc.é ß İ 1\u0301"
READERS = [arabic.reader(), hindi.reader(), scripts.reader()]


def reader_of(*, phrases: Phrases | None = None) -> GrammarReader:
    classes = {"ann": "G", "lee": "F"}
    return GrammarReader(
        "Test",
        Grammar(
            re.compile(r"([a-z]+)|[^\sa-z]+"),
            str,
            lambda word, key: ("G", 3) if key == "andann" else (classes.get(key, "u"), 0),
            re.compile(r"(?P<Q>i am )"),
            (
                rule("(GF)", "PERSON", 0.7),
                rule("Q(u)", "PERSON", 0.8),
                rule("(P)", "LOCATION", 0.7),
            ),
            phrases or Phrases({}),
        ),
    )


def found(reader: GrammarReader, text: str) -> list[str]:
    return [text[span.start : span.end] for span in reader.read([text])[0]]


def test_a_rule_over_classes_leads_back_to_the_words() -> None:
    assert found(reader_of(), "so ann lee said") == ["ann lee"]


def test_no_name_goes_beyond_a_mark() -> None:
    assert found(reader_of(), "ann, lee") == []


def test_what_a_cue_announces_is_found() -> None:
    assert found(reader_of(), "well i am zoe") == ["zoe"]
    assert found(reader_of(), "i am ") == []


def test_a_particle_written_together_with_a_name_is_not_part_of_it() -> None:
    assert found(reader_of(), "andann lee") == ["ann lee"]


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases({"new york": "P", "new york city": "P"})
    assert found(reader_of(phrases=phrases), "in new york city") == ["new york city"]


@given(st.text(alphabet=LETTERS, max_size=60))
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    for reader in READERS:
        for span in reader.read([text])[0]:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
