import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.recognizers.gate import Gate
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.registry import registry

MADE = list(registry(("US", "DE")).recognizers)
GATE = Gate(MADE, 0.4)

SAMPLES = [
    "Sehr geehrte Frau Dr. Weiß, Hauptstraße 12a, 10115 Berlin, Steuer-ID 36 574 261 809",
    "my name is ada lovelace, born 12 May 1984, card 4111 1111 1111 1111, cvv 123",
    "write to a.b@example.co.uk or www.example.com, ip 10.0.0.1, insta: ada_99, order #A-4711",
    "Kind regards,\nBob O'Neil\nP.O. Box 287, 221 West Hill Road Apt. 5, Boston MA 02110",
    "我叫王小明,卡号4111111111111111,微信号: wang_88,住在北京市朝阳区建国路88号",
    "RSSMRA85T10A562S 54362315-K x-2482300w 390.533.447-05 GB82 WEST 1234 5698 7654 32",
    "меня зовут Анна, ＭＲ. Smith, İSİM, the password: hunter22, at 12 rue de la Paix, 75002 Paris",
]


def found(text: str, *, through_gate: bool) -> set[tuple[str, int, int, float]]:
    chosen = GATE.open_to(text) if through_gate else [(one, None) for one in MADE]
    raw = []
    for recognizer, patterns in chosen:
        raw += recognizer.analyze(text) if patterns is None else recognizer.read(text, patterns)
    # What is worth less than the threshold counts only with a context word: those may stay closed.
    return {(one.entity_type, one.start, one.end, one.score) for one in raw if one.score >= 0.4}


@pytest.mark.parametrize("text", [*SAMPLES, *map(str.upper, SAMPLES), *map(str.title, SAMPLES)])
def test_no_find_is_lost_at_the_gate(text: str) -> None:
    assert found(text, through_gate=True) >= found(text, through_gate=False)


words = st.sampled_from([*" ".join(SAMPLES).split(), "mr", "at", "is", "\n", "12", "@", "İ"])


@given(st.lists(words, max_size=12).map(" ".join))
def test_no_find_is_lost_at_the_gate_whatever_the_words(text: str) -> None:
    assert found(text, through_gate=True) >= found(text, through_gate=False)


def test_a_text_that_holds_nothing_opens_next_to_nothing() -> None:
    assert len(GATE.open_to("where on earth did you put it")) <= 3


def test_a_pattern_worth_too_little_alone_waits_for_a_context_word() -> None:
    weak = GatedRecognizer("X", [(r"\d{6}", 0.3)], context=("tin", "passport", "هاتف"))
    gate = Gate([weak], 0.4)
    assert gate.open_to("number 123456") == []
    assert gate.open_to("latin 123456") == []
    assert gate.open_to("tin 123456") == [(weak, [0])]
    assert gate.open_to("passports 123456") == [(weak, [0])]
    assert gate.open_to("الهاتف 123456") == [(weak, [0])]


def test_what_is_declared_closes_the_gate_too() -> None:
    declared = GatedRecognizer("X", [("[a-z]", 0.9)], needs="@:", words=("id",), min_digits=2)
    gate = Gate([declared], 0.4)
    assert gate.open_to("ID: 42") == [(declared, [0])]
    assert gate.open_to("ID 42") == gate.open_to("ID: 4") == gate.open_to("no: 42") == []


def test_a_recognizer_that_reads_in_its_own_way_is_asked_as_a_whole() -> None:
    class Own(GatedRecognizer):
        def analyze(self, text, entities=None, nlp_artifacts=None, regex_flags=None):
            return []

    own = Own("X", [("never in the text", 0.9)], min_digits=1)
    assert Gate([own], 0.4).open_to("1") == [(own, None)]
    assert Gate([own], 0.4).open_to("a") == Gate([], 0.4).open_to("a") == []
