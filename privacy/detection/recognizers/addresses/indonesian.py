"""Indonesian and Malay addresses: Jl., number, RT/RW, Kel., Kec., town and postcode."""

from privacy.detection.recognizers.letters import LETTER, UPPER
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAME = rf"(?:[{UPPER}](?:{LETTER}|[.']){{1,20}}|[IVX]{{1,4}})"
_NUMBER = r"(?:,? ?(?:no(?:mor|\.)?|kav(?:ling|\.)?|blok|lt\.?|lantai) ?\.? ?[a-z]{0,2}[-/]?\d{1,4}(?:[a-z](?![^\W_])|[-/.]\d{1,4}[a-z]?)?|,? ?blok [a-z]{1,2}\d{0,3})"
_WARDS = rf"(?:,? ?(?i:rt\.? ?/? ?\d{{1,3}} ?/? ?,? ?(?:rw\.? ?)?/? ?\d{{0,3}})|,? ?(?i:kel(?:urahan|\.)|kec(?:amatan|\.)|desa|dusun|kab(?:upaten|\.)|kota) ?{_NAME}(?: {_NAME}){{0,2}})"
_TOWN = rf"(?:,? {_NAME}(?: {_NAME}){{0,2}})?(?:,? \d{{5}}(?!\d))?"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    border = r"(?<![^\W_])"
    road = r"(?i:jl|jln|jalan|gg|gang|lorong|lrg|lebuh|persiaran)\.?"
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"{border}{road} ?{_NAME}(?: {_NAME}){{0,4}}(?:(?i:{_NUMBER}){{1,3}}| \d{{1,4}}[A-Za-z]?(?![^\W_]))(?:{_WARDS}){{0,6}}{_TOWN}", 0.7),
                (rf"{border}(?i:jl|jln|jalan|gg|gang)\.? ?(?:{LETTER}{{3,16}} ){{1,4}}(?i:no\.? ?)\d{{1,4}}[a-zA-Z]?(?![^\W_])(?: (?i:rt)\.? ?\d{{1,3}}(?: ?/? ?(?i:rw)\.? ?\d{{1,3}})?)?(?: (?!(?:ya|yang|dan|di|ke|pak|bu|saya|tolong)\b){LETTER}{{4,16}}(?=\s*(?:[.,]|$)))?", 0.6),
                (rf"{border}(?i:jl|jln|jalan)\.? ?{_NAME}(?: {_NAME}){{0,4}}(?:{_WARDS}){{0,5}}", 0.5),
                (rf"{border}(?i:perum(?:ahan)?|komplek|kompleks|kp\.?|kampung|taman|apartemen|ruko)\.? (?:{_NAME} ){{1,4}}(?i:{_NUMBER}|blok [a-z]{{1,2}}[-/]?\d{{0,3}})(?i:{_NUMBER}){{0,2}}(?:{_WARDS}){{0,5}}{_TOWN}", 0.7),
            ],
            name="IndonesianAddresses",
            words=("jl", "jln", "jalan", "gg", "gang", "lorong", "lrg", "lebuh", "persiaran", "perum", "komple", "kp", "kampung", "taman", "aparte", "ruko"),
            is_unicode=True,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
