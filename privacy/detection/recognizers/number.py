"""How a country file writes down a national number: its shape, its checksum, its words."""

from collections.abc import Callable, Sequence

from privacy.detection.recognizers.recognizer import WEAK, GatedRecognizer


def national(
    entity: str,
    shape: str,
    *,
    check: Callable[[str], bool] | None = None,
    context: Sequence[str],
    alone: float = WEAK,
    min_digits: int = 5,
    is_case_sensitive: bool = False,
    window: int = 60,
) -> GatedRecognizer:
    """Make a recognizer of one national number.

    Args:
        entity: Country code and name: ``PL_PESEL``.
        shape: Regular expression without borders; those are added.
        check: The checksum. A find that fails it is dropped.
        context: What people write before it.
        alone: What a find is worth without a context word. Leave it weak unless the shape or the
            checksum is met by fewer than one order number in a hundred.
        min_digits: Fewest digits such a number has.
        is_case_sensitive: Its letters are always capitals.
        window: Characters before a find where context counts.
    """
    return GatedRecognizer(
        entity,
        [(rf"(?<![a-zA-Z0-9_.-])(?:{shape})(?![a-zA-Z0-9_]|[.-][a-zA-Z0-9])", alone)],
        check=check,
        checked_score=alone,
        context=context,
        min_digits=min_digits,
        is_case_sensitive=is_case_sensitive,
        window=window,
    )


PASSPORT = (
    "passport", "reisepass", "passeport", "pasaporte", "passaporto", "paspoort", "paszport", "passaporte", "护照", "旅券", "여권",
)  # fmt: skip
DRIVER = (
    "driver's license", "driver license", "drivers license", "driving licence", "driving license", "license number", "licence number", "dl#",
    "führerschein", "permis de conduire", "carnet de conducir", "licencia de conducir", "patente", "rijbewijs", "prawo jazdy",
    "carteira de motorista", "cnh", "驾驶证", "驾照",
)  # fmt: skip
IDENTITY = (
    "id card", "identity card", "national id", "id number", "identification", "personalausweis", "ausweis", "carte d'identité", "cni",
    "documento de identidad", "carta d'identità", "carta di identità", "identiteitskaart", "dowód", "dowodu", "identidade", "身份证",
)  # fmt: skip
TAX = (
    "tax", "tin", "steuer", "impôt", "impuesto", "fiscal", "fiscale", "belasting", "podat", "imposto", "税",
)  # fmt: skip
