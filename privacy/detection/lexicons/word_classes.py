"""The compiled words of a script's names: from a word in normal form to its class."""

import gzip
from importlib.resources import files


def load(name: str) -> dict[str, str]:
    """Read one compiled list.

    Args:
        name: Of a file in ``privacy/detection/lexicons``, without its ending. Each line is a class,
            one letter, and the words and phrases of it, set apart by tabs.

    Returns:
        Word or phrase, its words set apart by one blank, to its class.
    """
    packed = files("privacy.detection").joinpath("lexicons", f"{name}.txt.gz").read_bytes()
    classes: dict[str, str] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        kind, *words = line.split("\t")
        classes.update(dict.fromkeys(words, kind))
    return classes
