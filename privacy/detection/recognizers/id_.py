"""Indonesia."""

from stdnum.id import nik, npwp

from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("ID_NIK", r"[1-9]\d{5}[0-7]\d[01]\d\d{2}\d{4}", check=nik.is_valid, context=("nik", "ktp", "nomor induk kependudukan", "e-ktp"), kind=IDENTITY, at_home=0.6),
        national("ID_FAMILY_CARD", r"\d{16}", context=("kartu keluarga", "no. kk", "no kk", "kk")),
        national("ID_NPWP", r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", context=("npwp",), kind=TAX, alone=0.8),
        national("ID_NPWP", r"\d{15,16}", check=npwp.is_valid, context=("npwp",), kind=TAX),
        national("ID_BPJS", r"\d{13}|\d{11}", context=("bpjs", "kis"), kind=(HEALTH, SOCIAL)),
        national("ID_PASSPORT", r"[A-Z]{1,2}\d{6,7}", kind=PASSPORT),
        national("ID_DRIVER_LICENSE", r"\d{12,14}|\d{4}-\d{4}-\d{6}", kind=DRIVER),
    ]  # fmt: skip
