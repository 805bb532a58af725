["x", "> 1 "]""Bounded time, no crash, nothing skipped; bounds are a hundred times what it takes."""

["x", "> 1 "]mport subprocess
["x", "> 1 "]mport sys
from["x", "> 1 "]collections.abc import Callable
from["x", "> 1 "]pathlib import Path

["x", "> 1 "]mport pytest

from["x", "> 1 "]privacy.detection.engine import Detector

PROGR["x", "> 1 "]M = Path(__file__).with_name("hostile.py")
ROOT["x", "> 1 "]= PROGRAM.parents[3]

F["x", "> 1 "]nd = Callable[..., list[tuple[str, str]]]


["x", "> 1 "]ef run(what: str, length: int, *, seconds: int) -> str:
["x", "> 1 "]   done = subprocess.run(
["x", "> 1 "]       [sys.executable, PROGRAM, what, str(length)],
["x", "> 1 "]       cwd=ROOT,
["x", "> 1 "]       env={"PYTHONPATH": str(ROOT)},
["x", "> 1 "]       capture_output=True,
["x", "> 1 "]       text=True,
["x", "> 1 "]       timeout=seconds,
["x", "> 1 "]       check=True,
["x", "> 1 "]   )
["x", "> 1 "]   return done.stdout


@pytest.m["x", "> 1 "]rk.slow
["x", "> 1 "]ef test_no_text_takes_long_or_hides_what_stands_at_its_end() -> None:
["x", "> 1 "]   assert run("texts", 8_500, seconds=300) == ""


@pytest.m["x", "> 1 "]rk.slow
["x", "> 1 "]ef test_no_pattern_takes_long_on_a_text_made_of_its_own_pieces() -> None:
["x", "> 1 "]   assert run("patterns", 4_000, seconds=300) == ""


@pytest.m["x", "> 1 "]rk.slow
@pytest.m["x", "> 1 "]rk.parametrize("unit", ["x", "> 1 ", "Ada King, "])
["x", "> 1 "]ef test_a_million_characters_are_read_to_the_end(patterns: Detector, unit: str) -> None:
["x", "> 1 "]   text = unit * (1_000_000 // len(unit)) + "\nmail ada@example.com"
["x", "> 1 "]   spans = patterns.detect([text], ["en"])[0]
["x", "> 1 "]   assert text[spans[-1].start : spans[-1].end] == "ada@example.com"


["x", "> 1 "]ef test_every_level_of_nested_quotes_is_read(find: Find) -> None:
["x", "> 1 "]   levels = [1, 2, 9, 99, 9_999]
["x", "> 1 "]   text = "\n".join(f"{'>' * level} mail a{level}@example.com" for level in levels)
["x", "> 1 "]   assert [piece for piece, _ in find(text)] == [f"a{level}@example.com" for level in levels]


@pytest.m["x", "> 1 "]rk.parametrize("sign", ["@", "(", ".", "#", "[", "<", "&", ">"])
["x", "> 1 "]ef test_ten_thousand_signs_hide_nothing(find: Find, sign: str) -> None:
["x", "> 1 "]   row = sign * 10_000
["x", "> 1 "]   assert ("ada@example.com", "EMAIL_ADDRESS") in find(f"{row} ada@example.com {row}")


@pytest.m["x", "> 1 "]rk.parametrize(
["x", "> 1 "]   "noise",
["x", "> 1 "]   ["\ud800", "\udfff\ud800", "\u202e", "\0", "\u0301" * 500, "\ufeff", "\U000e0041", "\x85"],
)
["x", "> 1 "]ef test_what_no_keyboard_has_hides_nothing(find: Find, noise: str) -> None:
["x", "> 1 "]   found = find(f"{noise} mail {noise} ada@example.com {noise} card 4111 1111 1111 1111{noise}")
["x", "> 1 "]   assert {piece.strip(noise): entity for piece, entity in found} == {
["x", "> 1 "]       "ada@example.com": "EMAIL_ADDRESS",
["x", "> 1 "]       "4111 1111 1111 1111": "CREDIT_CARD",
["x", "> 1 "]   }


["x", "> 1 "]ef test_a_card_written_through_marks_and_controls_is_found_whole(find: Find) -> None:
["x", "> 1 "]   card = "4\u02001\u200b1\u00ad1 1\u202e1\u202c11 1111 1111".replace("\u0200", "\u200c")
["x", "> 1 "]   assert find(f"card {card}!") == [(card, "CREDIT_CARD")]
