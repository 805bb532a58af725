"""India."""

from stdnum.in_ import aadhaar, epic, gstin, pan, vid

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("aadhaar", "aadhar", "adhaar", "uidai", "आधार", "uid")


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IN_AADHAAR", r"[2-9]\d{3}([ -])\d{4}\1\d{4}", check=aadhaar.is_valid, context=_NAMES, kind=IDENTITY, at_home=0.5),
        national("IN_AADHAAR", r"[2-9]\d{11}", check=aadhaar.is_valid, context=_NAMES, kind=IDENTITY),
        national("IN_VIRTUAL_ID", r"[2-9]\d{3} ?\d{4} ?\d{4} ?\d{4}", check=vid.is_valid, context=("vid", "virtual id"), kind=IDENTITY),
        national("IN_PAN", r"[A-Z]{3}[ABCFGHJLPTK][A-Z]\d{4}[A-Z]", check=pan.is_valid, context=("pan", "permanent account number", "पैन"), kind=TAX, alone=0.6),
        national("IN_VOTER", r"[A-Z]{3}\d{7}", check=epic.is_valid, context=("voter", "epic", "elector", "मतदाता"), kind=IDENTITY),
        national("IN_PASSPORT", r"[A-PR-WY][1-9]\d ?\d{4}[1-9]", kind=PASSPORT),
        national("IN_DRIVER_LICENSE", r"[A-Z]{2}[ -]?\d{2}[ -]?(?:19|20)\d{2}[ -]?\d{7}", kind=DRIVER, alone=0.6),
        national("IN_GSTIN", r"\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]", check=gstin.is_valid, context=("gstin", "gst"), kind=COMPANY, alone=0.8),
        national("IN_UAN", r"\d{12}", context=("uan", "universal account number", "epfo"), kind=SOCIAL),
        national("IN_HEALTH_ID", r"\d{2}-\d{4}-\d{4}-\d{4}", context=("abha", "health id", "ayushman"), kind=HEALTH),
        national("IN_VEHICLE_REGISTRATION", r"[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}", context=("vehicle", "registration", "number plate", "car", "bike", "गाड़ी", "वाहन")),
    ]  # fmt: skip
