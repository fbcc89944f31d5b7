"""CEP, the Brazilian postal code: eight digits."""

import re
from collections.abc import Iterator

from roteiro.domain.values.letters import level
from roteiro.domain.values.spoken import spoken_digits
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_ceps", "shown"]

_LENGTH = 8
_CEP = re.compile(r"(?<![0-9a-z])(?<![0-9][.,/-])[0-9]{2}\.?[0-9]{3}[ -]?[0-9]{3}(?![0-9a-z])(?![.,/-][0-9])")
_ATTEMPT = re.compile(r"(?<![0-9a-z])[0-9](?:[ .-]{0,3}[0-9]){2,40}(?![0-9a-z])")
_CUE = re.compile(r"\bcep\b")


def find_ceps(text: str, hints: Hints) -> Found:
    """Find postal codes; eight bare digits only where one was asked for or named.

    Problems: `wrong_digits` (00000000), `wrong_length` (expected, received).
    """
    levelled = level(text)
    cued = hints.asked or _CUE.search(levelled) is not None
    candidates = _candidates(levelled, cued=cued)
    for digits, start, end in candidates:
        hyphened = "-" in levelled[start:end]
        if cued or hyphened:
            yield _cep(digits, start, end, LIKELY if hyphened else BARE)
    if hints.asked and not candidates:
        yield from _attempts(levelled)


def _candidates(levelled: str, *, cued: bool) -> list[tuple[str, int, int]]:
    """Return (digits, start, end) of what is written or, where a code is expected, dictated."""
    written = [(re.sub("[ .-]", "", found[0]), *found.span()) for found in _CEP.finditer(levelled)]
    return written + [run for run in spoken_digits(levelled) if cued and len(run[0]) == _LENGTH]


def _cep(digits: str, start: int, end: int, certainty: float) -> Value | Problem:
    return Value(digits, shown(digits), start, end, certainty) if digits.strip("0") else Problem("wrong_digits")


def _attempts(levelled: str) -> Iterator[Problem]:
    for attempt in _ATTEMPT.finditer(levelled):
        received = len(re.sub("[^0-9]", "", attempt[0]))
        yield Problem("wrong_length", (("expected", str(_LENGTH)), ("received", str(received))))


def shown(stored: str) -> str:
    """Return the code as people read it.

    >>> shown("01310100")
    '01310-100'
    """
    return f"{stored[:5]}-{stored[5:]}"
