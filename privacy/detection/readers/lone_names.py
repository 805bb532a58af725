"""How much speaks for one capitalised word in the middle of a sentence being someone's name."""

from privacy.detection.lexicons.lexicon import (
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    RARE_FAMILY,
    RARE_GIVEN,
    TOWN,
)
from privacy.detection.readers.name_page import Page
from privacy.detection.readers.name_tokens import Shape
from privacy.detection.readers.words import words as _listed

ALONE_LANGUAGES = ("es", "it", "nl", "pt")
"""Where a capital in the middle of a sentence is a proper name's, and a small model misses many."""
_QUOTES = tuple("'’\"“«")
_BEFORE_THINGS = {
    "es": _listed(
        "un una mi tu su el este esta ley sentencia doctrina enfermedad signo marca modelo coche app"
    ),
    "it": _listed(
        "un uno una mio mia tuo tua suo sua questo legge decreto direttiva sentenza morbo sindrome"
        " scala marca modello app"
    ),
    "nl": _listed("een mijn je jouw uw ons onze de het deze dit wet arrest ziekte merk model app"),
    "pt": _listed("um uma meu minha seu sua este esta lei doenca sinal marca modelo carro app"),
}
"""What stands before goods rather than people."""


def weigh_alone(page: Page, at: int) -> float:
    """Weigh that a word in the middle of a sentence is a name of someone, and nothing else."""
    word = page.words[at]
    manner = page.manner
    if manner.language not in ALONE_LANGUAGES or word.shape is not Shape.CAPITAL:
        return 0.0
    if not word.bits & (FAMILY | RARE_FAMILY | GIVEN | RARE_GIVEN) or len(word.key) < 4:
        return 0.0
    place = manner.lexicon.place_bits(word.key)
    if (place and not (place == TOWN and word.bits & (GIVEN | COMMON_FAMILY))) or word.gap[
        -1:
    ] in _QUOTES:
        return 0.0
    if page.has_next(at) and page.words[at + 1].shape is not Shape.LOWER:
        return 0.0
    if at and page.words[at - 1].key in _BEFORE_THINGS[manner.language]:
        return 0.0
    return 0.5 if word.bits & (FAMILY | GIVEN) else 0.8
