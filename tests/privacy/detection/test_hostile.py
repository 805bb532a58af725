"""Bounded time, no crash, nothing skipped; bounds are a hundred times what it takes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from privacy.detection.engine import Detector

PROGRAM = Path(__file__).with_name("hostile.py")
ROOT = PROGRAM.parents[3]

Find = Callable[..., list[tuple[str, str]]]


def run(what: str, length: int, *, seconds: int) -> str:
    done = subprocess.run(
        [sys.executable, PROGRAM, what, str(length)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
def test_no_text_takes_long_or_hides_what_stands_at_its_end() -> None:
    assert run("texts", 8_500, seconds=300) == ""


@pytest.mark.slow
def test_no_pattern_takes_long_on_a_text_made_of_its_own_pieces() -> None:
    assert run("patterns", 4_000, seconds=300) == ""


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["x", "> 1 "])
def test_a_million_characters_are_read_to_the_end(patterns: Detector, unit: str) -> None:
    text = unit * (1_000_000 // len(unit)) + "\nmail ada@example.com"
    spans = patterns.detect([text], ["en"])[0]
    assert text[spans[-1].start : spans[-1].end] == "ada@example.com"


def test_every_level_of_nested_quotes_is_read(find: Find) -> None:
    levels = [1, 2, 9, 99, 9_999]
    text = "\n".join(f"{'>' * level} mail a{level}@example.com" for level in levels)
    assert [piece for piece, _ in find(text)] == [f"a{level}@example.com" for level in levels]


@pytest.mark.parametrize("sign", ["@", "(", ".", "#", "[", "<", "&", ">"])
def test_ten_thousand_signs_hide_nothing(find: Find, sign: str) -> None:
    row = sign * 10_000
    assert ("ada@example.com", "EMAIL_ADDRESS") in find(f"{row} ada@example.com {row}")


@pytest.mark.parametrize(
    "noise",
    ["\ud800", "\udfff\ud800", "\u202e", "\0", "\u0301" * 500, "\ufeff", "\U000e0041", "\x85"],
)
def test_what_no_keyboard_has_hides_nothing(find: Find, noise: str) -> None:
    found = find(f"{noise} mail {noise} ada@example.com {noise} card 4111 1111 1111 1111{noise}")
    assert {piece.strip(noise): entity for piece, entity in found} == {
        "ada@example.com": "EMAIL_ADDRESS",
        "4111 1111 1111 1111": "CREDIT_CARD",
    }


def test_a_card_written_through_marks_and_controls_is_found_whole(find: Find) -> None:
    card = "4\u02001\u200b1\u00ad1 1\u202e1\u202c11 1111 1111".replace("\u0200", "\u200c")
    assert find(f"card {card}!") == [(card, "CREDIT_CARD")]
