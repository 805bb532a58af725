"""Word lists as they are written in the readers: words between blanks."""


def words(text: str) -> frozenset[str]:
    """Give the words of a text, which blanks and line ends part."""
    return frozenset(text.split())
