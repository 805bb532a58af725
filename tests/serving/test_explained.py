"""A marked text shows what was found, and nothing a text holds can act."""

from rich.console import Console

from privacy.detection.spans import Reason, Span
from serving.explained import REASONS, as_html, on_terminal, rows, visible

TEXT = "call Ada <b>&"
SPANS = [Span(5, 8, "PERSON", 0.85, "Model", Reason.MODEL)]


def test_a_page_escapes_the_text_and_marks_the_find() -> None:
    page = as_html(TEXT, SPANS, language="en", title="a < b")
    assert "Ada<small>PERSON</small></mark>" in page
    assert "&lt;b&gt;&amp;</div>" in page
    assert "<title>a &lt; b</title>" in page
    assert 'title="Model, 0.85, model: a model read it so"' in page


def test_a_page_of_a_text_with_nothing_in_it_says_so() -> None:
    assert "0 found" in as_html("hello", [], language="en", title="t")


def test_a_terminal_shows_the_entity_where_there_are_no_colours() -> None:
    console = Console(width=80, color_system=None, record=True, file=None, quiet=True)
    with console.capture():
        assert on_terminal(TEXT, SPANS).plain == "call [Ada PERSON] <b>&"


def test_controls_and_direction_marks_are_shown_and_do_not_act() -> None:
    hostile = "a\x1b[31m\u202eb\x00\ud800\u2028c\nd\u200de"
    shown = visible(hostile)
    assert len(shown) == len(hostile)
    assert shown == "a�[31m�b���c\nd\u200de"
    assert shown.encode()


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert rows(SPANS)[0]["reason"] == "model: a model read it so"
