"""Policy numbers: whatever the script's vetted pattern says, else a code with at least four digits."""

import re
from collections.abc import Iterator

from roteiro.domain.values.letters import level
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_policy_numbers"]

_DEFAULT = re.compile(r"[A-Z0-9./-]{4,20}")
_FEWEST_DIGITS = 4
_LONGEST = 60  # characters of an attempt; chosen, far above any policy number
_WORD = re.compile(r"[^\s,;:!?()\"']+")
_SIGNS_AROUND = "./-#*"


def find_policy_numbers(text: str, hints: Hints) -> Found:
    """Find the words that fit the pattern, or digits written in groups that fit when joined. Problem: `bad_form`."""
    found = list(_single(text, hints)) or list(_joined(text, hints))
    yield from found
    if not found and any(map(str.isdecimal, text)):
        yield Problem("bad_form")


def _single(text: str, hints: Hints) -> Iterator[Value]:
    for word in _WORD.finditer(text):
        trimmed = word[0].strip(_SIGNS_AROUND)
        start = word.start() + word[0].find(trimmed)
        stored = _fitting(trimmed, hints)
        if stored:
            yield Value(stored, stored, start, start + len(trimmed), LIKELY)


def _joined(text: str, hints: Hints) -> Iterator[Value]:
    """Take "1234 5678" as one number: neighbours that are all digits and signs."""
    for run in re.finditer(r"[0-9./-]{1,20}(?: [0-9./-]{1,20}){1,9}", level(text)):
        stored = _fitting(run[0].replace(" ", "").strip(_SIGNS_AROUND), hints)
        if stored:
            yield Value(stored, stored, *run.span(), BARE)


def _fitting(word: str, hints: Hints) -> str | None:
    """Return the word as the pattern wants it: as typed, else in upper case and plain digits."""
    plain = level(word).upper()
    for form in (word, plain):
        if len(form) <= _LONGEST and (hints.pattern or _DEFAULT).fullmatch(form):
            enough = hints.pattern is not None or sum(map(str.isdecimal, form)) >= _FEWEST_DIGITS
            return form if enough else None
    return None
