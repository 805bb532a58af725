import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.folding import fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>Jo</b>hn", "John"),
        ("<p>Ada</p><p>Bob</p>", "\nAda\n\nBob\n"),
        ("Ada<br/>Bob<BR>Cy", "Ada\nBob\nCy"),
        ("<td>Ada</td><td>Bob</td>", " Ada  Bob "),
        ("ada&#64;example&#x2e;com", "ada@example.com"),
        ("Ada&nbsp;King &amp; Co", "Ada King & Co"),
        ("Ada&shy;&zwnj;&#x200b;King", "AdaKing"),
        ("&#xd800;&#0;&#1114112;", "\ufffd\ufffd\ufffd"),
        ("&notanentity; &copy", "&notanentity; &copy"),
        ('<a href="mailto:ada@example.com">Ada</a>', " mailto:ada@example.com Ada"),
        ('<span class="name" style="x">Ada</span>', "Ada"),
        ("<img alt='Ada King' width=9>", " Ada King "),
        ("<input value=ada@example.com>", " ada@example.com "),
        ('<a title="a&#64;b.de">x</a>', " a@b.de x"),
        ("<!-- Ada -->", "  Ada  "),
        ("<![CDATA[Ada]]>", " Ada "),
        ("<!DOCTYPE html><html>", " \n"),
        ("mailto:ada%40example.com", "mailto:ada@example.com"),
        ("<ada@example.com>", "<ada@example.com>"),
        ("Ada <ada@example.com> wrote", "Ada <ada@example.com> wrote"),
        ("i <3 you, a < b > c", "i <3 you, a < b > c"),
        ("<script>call('Ada')</script>", "\ncall('Ada')\n"),
    ],
)
def test_html_is_read_as_it_is_seen(written: str, read: str) -> None:
    assert fold(written).text == read


def test_offsets_lead_back_to_where_it_stands_in_the_markup() -> None:
    text = '<a href="mailto:ada%40example.com"><b>Jo</b>hn</a> &lt;x&gt;'
    folded = fold(text)
    at = folded.text.index("ada@example.com")
    start, end = folded.original(at, at + len("ada@example.com"))
    assert text[start:end] == "ada%40example.com"
    at = folded.text.index("John")
    start, end = folded.original(at, at + 4)
    assert text[start:end] == "Jo</b>hn"


markup = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<br>", "<a href='", "'>", "<p title=\"x&amp;y\">", "&#64;", "&", "&lt;", ";",
         "<", ">", "Ada", " ", "１", "\ud800", "%40", "<!--", "-->", "é", "x=y", "\u200b", "&#55296;"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(markup)
def test_every_folded_range_leads_back_into_the_markup(text: str) -> None:
    folded = fold(text)
    folded.text.encode()
    previous = 0
    for at in range(len(folded.text)):
        start, end = folded.original(at, at + 1)
        assert previous <= start < end <= len(text)
        previous = start


@given(markup)
def test_no_word_is_skipped(text: str) -> None:
    assert fold(text).text.count("Ada") == text.count("Ada")


@pytest.mark.parametrize("unit", ["<a ", "<a href='", "&#", "<!--", "<b>", "<a x=y "])
def test_broken_markup_takes_no_time(unit: str) -> None:
    text = unit * 20_000 + "Ada"
    assert fold(text).text.endswith("Ada")
