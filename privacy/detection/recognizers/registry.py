"""Every recognizer, written out. All of them read every text, whatever its language."""

from collections.abc import Callable, Mapping, Sequence

from presidio_analyzer import RecognizerRegistry

from privacy.detection.recognizers import (
    ages,
    contact,
    cues,
    dates,
    devices,
    documents,
    groups,
    handles,
    hinglish,
    institutions,
    numbers,
    organisations,
    payment,
    peoples,
    phone,
    postcodes,
    speakers,
    titles,
)
from privacy.detection.recognizers.addresses import everywhere as addresses
from privacy.detection.recognizers.countries import COUNTRIES
from privacy.detection.recognizers.recognizer import ANY_LANGUAGE, GatedRecognizer

GENERIC: Mapping[str, Callable[[], Sequence[GatedRecognizer]]] = {
    "contact": contact.recognizers,
    "payment": payment.recognizers,
    "dates": dates.recognizers,
    "ages": ages.recognizers,
    "numbers": numbers.recognizers,
    "handles": handles.recognizers,
    "devices": devices.recognizers,
    "documents": documents.recognizers,
    "cues": cues.recognizers,
    "speakers": speakers.recognizers,
    "organisations": organisations.recognizers,
    "institutions": institutions.recognizers,
    "groups": groups.recognizers,
    "peoples": peoples.recognizers,
    "titles": titles.recognizers,
    "hinglish": hinglish.recognizers,
    "addresses": addresses.recognizers,
    "postcodes": postcodes.recognizers,
}


def registry(phone_regions: Sequence[str]) -> RecognizerRegistry:
    """Make Presidio's registry with one language-neutral set in it."""
    made: list[GatedRecognizer] = phone.recognizers(phone_regions)
    for recognizers in (*GENERIC.values(), *COUNTRIES.values()):
        made.extend(recognizers())
    return RecognizerRegistry(recognizers=made, supported_languages=[ANY_LANGUAGE])
