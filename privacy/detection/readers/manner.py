"""How a language writes names, and what it has to tell them by."""

import re
from dataclasses import dataclass

from privacy.detection.lexicons.context_words import ContextWords, context_words
from privacy.detection.lexicons.lexicon import NATIVE, Lexicon

_NAME_ENDINGS = {
    "pl": re.compile(
        r"(?:[scd]k|[scd]zk)(?:i|a|iego|iemu|im|iej|a|ich|imi)$|wicz(?:a|owi|em|u|ow)?$"
    ),
    "tr": re.compile(r"oglu$|ogullari$|[^aeiou]ye?v$|[eo]va?$|insk[iy]$"),
}
_ANY_ENDING = re.compile(r"(?:[lwn]sk[iya]|owicz|enko|ovic|opoulos|idze|shvili|sson|poulou|escu)$")


@dataclass(frozen=True)
class Manner:
    """How a language writes names.

    Attributes:
        language: BCP 47 primary tag.
        lexicon: Of it.
        beside: What stands beside names.
        capitals_count: A capital letter in the middle of a sentence says something.
        ending: What family names, and no words, end in.
        native: Bit of the names of those who speak it; 0 where a model reads.
    """

    language: str
    lexicon: Lexicon
    beside: ContextWords
    capitals_count: bool
    ending: re.Pattern[str]
    native: int

    @classmethod
    def of(cls, language: str) -> "Manner":
        """Give the manner of a language."""
        lexicon = Lexicon(language)
        return cls(
            language=lexicon.language,
            lexicon=lexicon,
            beside=context_words(lexicon.language),
            capitals_count=lexicon.language != "de" and lexicon.has_words,
            ending=_NAME_ENDINGS.get(lexicon.language, _ANY_ENDING),
            native=NATIVE.get(lexicon.language, 0),
        )
