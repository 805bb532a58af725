"""Reference pages of what is decided on the way in: recognizers, quality gates, quarantine.

What is kept afterwards is in `serving.reference_data`.
"""

from collections.abc import Callable, Mapping, Sequence

from pipelines.landing.reasons import LEFT, MEANINGS
from privacy.detection.config import PHONE_REGIONS, DetectionConfig
from privacy.detection.identifiers import HANDLE_OF_ENTITY
from privacy.detection.recognizers import phone
from privacy.detection.recognizers.countries import COUNTRIES
from privacy.detection.recognizers.number import NationalNumber
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.registry import GENERIC
from privacy.detection.spans import Reason
from quality.registry import SUITES
from quality.rules import Rule
from serving.reference_data import table

_THRESHOLD = DetectionConfig().threshold
_SHOWN_WORDS = 3


def recognizers_page(made: str) -> str:
    """Give the page of every recognizer: what it reports, of which country, how it decides.

    Args:
        made: The line that says the page is generated.
    """
    lines = [
        "# Recognizers",
        "",
        made,
        "",
        "What is looked for in free text. All of these read every text, whatever its language: a"
        " customer may write any country's number in any language. A find counts from a score of"
        f" {_THRESHOLD} on (`detection.threshold` of a zone's policy). *A word nearby* is one of the"
        " recognizer's own, in some ten languages; the first few are shown. *Check* is a number's"
        " checksum, or, of an address, that its ending exists.",
        "",
        "Beside them, `PERSON`, `LOCATION`, `ORGANIZATION` and the like come from the language"
        " models a zone's policy names under `detection.models`, and what is known of the people in"
        " a conversation (names, addresses, numbers the vendor gives) is found wherever it occurs.",
        "",
        "Values of "
        + ", ".join(f"`{entity}`" for entity in HANDLE_OF_ENTITY)
        + " are blind-indexed as handles are, so that a person's mentions in other people's"
        " messages can be found.",
        "",
        "To add one: [add-a-recognizer.md](../how-to/add-a-recognizer.md).",
        "",
    ]
    files: dict[str, Callable[[], Sequence[GatedRecognizer]]] = {
        **GENERIC,
        "phone": lambda: phone.recognizers(PHONE_REGIONS),
    }
    for name, make in files.items():
        lines += [f"## Of no country: {name}", "", *_recognizers(make())]
    for country, make in COUNTRIES.items():
        lines += [f"## {country}", "", *_recognizers(make())]
    return "\n".join(lines).rstrip() + "\n"


def quality_page(made: str) -> str:
    """Give the page of every quality suite and its rules.

    Args:
        made: The line that says the page is generated.
    """
    lines = [
        "# Quality gates",
        "",
        made,
        "",
        "What must be true of every row before the next stage may begin. A gate that fails stops"
        " the run there and the profiles of the run before stay up. Reports name columns and count"
        " rows; they hold no value. Great Expectations runs the rules named `expect_…`; the others"
        " are figures derived from the batch, each of which must be zero.",
        "",
    ]
    for suite in SUITES.values():
        lines += [f"## {suite.name}", "", f"Guards: {suite.guards}.", ""]
        rows = ((f"`{r.column}`", f"`{r.expectation}`", _settings(r)) for r in suite.rules)
        lines += table(("column", "rule", "with"), rows)
    return "\n".join(lines).rstrip() + "\n"


def quarantine_page(made: str) -> str:
    """Give the page of every reason for quarantine, and for leaving a file where it is.

    Args:
        made: The line that says the page is generated.
    """
    lines = [
        "# Quarantine",
        "",
        made,
        "",
        "Why an item is held, sealed, until somebody decides. What to do about it is in"
        " [run-a-zone.md](../how-to/run-a-zone.md#quarantine).",
        "",
        *_codes(MEANINGS),
        "## Left in the inbox",
        "",
        "A file is left where it is, and looked at again by the next run, when it is",
        "",
        *_codes(LEFT),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _recognizers(recognizers: Sequence[GatedRecognizer]) -> list[str]:
    rows = [(f"`{one.entity}`", f"`{one.label}`", _decides(one)) for one in recognizers]
    return table(("entity", "recognizer", "decides by"), rows)


def _decides(recognizer: GatedRecognizer) -> str:
    """Say in words what a find must have."""
    if type(recognizer) not in (GatedRecognizer, NationalNumber):
        return (type(recognizer).__doc__ or "").splitlines()[0].rstrip(".")
    form = "cue phrase" if recognizer.reason is Reason.CUE else "form"
    said = f"{form} and check" if recognizer.has_checksum else form
    if recognizer.alone >= _THRESHOLD:
        return said
    words = ", ".join(recognizer.context[:_SHOWN_WORDS])
    said = f"{said}, and a word nearby ({words}, …)"
    if isinstance(recognizer, NationalNumber) and recognizer.at_home >= _THRESHOLD:
        said += "; in a text of the country's language also without"
    return said


def _settings(rule: Rule) -> str:
    values = rule.settings.get("value_set")
    if values is not None:
        return ", ".join(f"`{value}`" for value in values)
    if rule.derive is not None:
        return ", ".join(f"{name} {v}" for name, v in rule.settings.items() if v is not None)
    return ", ".join(f"`{value}`" for value in rule.settings.values())


def _codes(meanings: Mapping[str, str]) -> list[str]:
    return table(("reason", "meaning"), ((f"`{code}`", said) for code, said in meanings.items()))
