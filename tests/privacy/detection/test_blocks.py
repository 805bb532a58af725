import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.blocks import blocks_of

LONG = "This paragraph is long enough to stand alone, as templates are: " + "blah " * 25


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one line", ["one line"]),
        ("", [""]),
        ("\n \n", []),
        ("Kind regards,\n\nAda", ["Kind regards,\n\nAda"]),
        ("new\n> old 1\n> old 2", ["new", "old 1\nold 2"]),
        ("new\n> older\n>> oldest\n> > oldest too", ["new", "older", "oldest\noldest too"]),
        ("> a\n\nb", ["a", "b"]),
        (
            "thanks\n\nOn Tue, 3 Mar 2026 Ada King <ada@x.org> wrote:\n\nold",
            ["thanks\n\nOn Tue, 3 Mar 2026 Ada King <ada@x.org> wrote:", "old"],
        ),
        ("ok\nAm 3. März schrieb Ada King:\n> alt", ["ok\nAm 3. März schrieb Ada King:", "alt"]),
        (
            "see below\n-----Original Message-----\nFrom: Ada\nTo: Bob\n\nold\n\ntext",
            ["see below\n-----Original Message-----", "From: Ada\nTo: Bob", "old\n\ntext"],
        ),
        (f"{LONG}\n\nAda", [LONG.rstrip(), "Ada"]),
        (f"hi\n\n{LONG}\n\n{LONG}", [f"hi\n\n{LONG.rstrip()}", LONG.rstrip()]),
    ],
)
def test_a_text_is_cut_where_it_was_put_together(text: str, blocks: list[str]) -> None:
    assert [block.text for block in blocks_of(text)] == blocks


def test_what_is_quoted_is_cut_as_it_was_when_it_was_new() -> None:
    first = f"Hello,\n\n{LONG}\n\nKind regards,\nAda"
    quoted = "\n".join(f"> {line}" for line in first.split("\n"))
    again = "\n".join(f">> {line}" for line in first.split("\n"))
    reply = f"Thanks!\n\nOn Monday Ada King <a@b.org> wrote:\n{quoted}"
    forward = f"Begin forwarded message:\nFrom: Bob\n\n{first}"
    whole = [block.text for block in blocks_of(first)]
    assert [block.text for block in blocks_of(reply)][1:] == whole
    assert [block.text for block in blocks_of(f"x\n> y\n{again}")][2:] == whole
    assert [block.text for block in blocks_of(forward)][2:] == whole


pieces = st.sampled_from(
    ["\n", "\n\n", "> ", ">>", " ", "Ada", "From: x", "\n--- Original ---\n", "On a day she wrote:\n", LONG]
)  # fmt: skip


@given(st.lists(pieces, max_size=20).map("".join))
def test_every_character_of_a_block_leads_back_to_itself(text: str) -> None:
    reach = 0
    for block in blocks_of(text):
        for at, character in enumerate(block.text):
            start, end = block.original(at, at + 1)
            assert text[start:end] == character
            assert start >= reach
            reach = end


@given(st.lists(pieces, max_size=20).map("".join))
def test_no_word_is_left_out_of_the_blocks(text: str) -> None:
    assert sum(block.text.count("Ada") for block in blocks_of(text)) == text.count("Ada")


def test_ten_thousand_nested_quotes_take_no_time() -> None:
    text = "\n".join(">" * depth + " Ada" for depth in range(2_000))
    assert len(blocks_of(text + "\n" + "> " * 100_000 + "Ada")) == 2_001
