"""Vehicle plates: ABC1234 until 2018, Mercosul ABC1D23 since (Contran resolution 729/2018)."""

import re

from roteiro.domain.values.letters import level
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_plates", "shown"]

_PLATE = re.compile(r"(?<![0-9a-z-])(?P<letters>[a-z]{3})(?P<gap>[ -]?)(?P<rest>[0-9][a-z0-9][0-9]{2})(?![0-9a-z-])")
_ATTEMPT = re.compile(
    r"(?<![0-9a-z])(?=[a-z -]{0,9}[0-9])(?=[0-9 -]{0,9}[a-z])[a-z0-9]{1,4}[ -]?[a-z0-9]{3,5}(?![0-9a-z])"
)
_CUE = re.compile(r"\bplacas?\b")
_LENGTH = 7


def find_plates(text: str, hints: Hints) -> Found:
    """Find plates; a lower-case one with a blank only where one was asked for or named. Problem: `bad_form`.

    O and 0 are never guessed: they are different plates.
    """
    levelled = level(text)
    cued = hints.asked or _CUE.search(levelled) is not None
    found = [plate for plate in _PLATE.finditer(levelled) if cued or _shows_itself(plate)]
    for plate in found:
        stored = (plate["letters"] + plate["rest"]).upper()
        yield Value(stored, shown(stored), *plate.span(), LIKELY if plate["gap"] != " " else BARE)
    if hints.asked and not found and _ATTEMPT.search(levelled):
        yield Problem("bad_form")


def shown(stored: str) -> str:
    """Return the plate as it is painted: the old one with a hyphen.

    >>> shown("ABC1234"), shown("ABC1D23")
    ('ABC-1234', 'ABC1D23')
    """
    return f"{stored[:3]}-{stored[3:]}" if stored[3:].isdecimal() else stored


def _shows_itself(plate: re.Match[str]) -> bool:
    """Say whether nothing but a plate is written so: "abc 1d23" does, "art 1234" does not."""
    return plate["gap"] != " " or plate["rest"][1].isalpha()
