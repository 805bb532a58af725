"""Words in Devanagari: the form in which one is looked up."""

import re

_NASAL = re.compile(r"[ङञणनम]्(?=[क-घच-झट-ढत-धप-भ])")
_NUKTA = "़"


def key(word: str) -> str:
    """Write a nasal before a stop, and letters with a dot below, in one way."""
    return _NASAL.sub("ं", word.replace("ँ", "ं").replace(_NUKTA, ""))
