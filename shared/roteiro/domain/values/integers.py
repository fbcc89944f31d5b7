"""Whole numbers: "3", "três", "uma dúzia"."""

import re
from collections.abc import Iterator
from fractions import Fraction

from roteiro.domain.values.letters import level
from roteiro.domain.values.numbers import Word, read_number, words_of
from roteiro.domain.values.spanish import in_portuguese
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_integers"]

_DOZEN = {"duzia": 12, "duzias": 12, "dezena": 10, "dezenas": 10}
_ARTICLES = frozenset(("um", "uma"))
_ATTACHED = re.compile(r"[a-z0-9/:$@]")
_HALF = frozenset(("meio", "meia"))


def find_integers(text: str, hints: Hints) -> Found:
    """Find whole numbers. Problems: `not_whole`, `out_of_range` (minimum, maximum as the script has them)."""
    levelled = level(text)
    words = words_of(levelled)
    found = [*_numbers(levelled, in_portuguese(words) if hints.locale.startswith("es") else words)]
    sure = [number for number in found if levelled[number[1] : number[2]] not in _ARTICLES]
    for value, start, end in sure or found:  # in "um carro e três motos" the "um" is an article
        yield _integer(value, start, end, hints)


def _integer(value: Fraction, start: int, end: int, hints: Hints) -> Value | Problem:
    if value.denominator != 1:
        return Problem("not_whole")
    number = int(value)
    if not hints.allows(number):
        return hints.out_of_range()
    return Value(number, str(number), start, end, LIKELY if hints.asked else BARE)


def _numbers(levelled: str, words: list[Word]) -> Iterator[tuple[Fraction, int, int]]:
    at = 0
    while at < len(words):
        value, after = _number(words, at)
        start = words[at].start
        if after > at and not (start and _ATTACHED.match(levelled[start - 1])):
            yield (-value if _negative(levelled, start) else value), start, words[after - 1].end
        at = max(after, at + 1)


def _number(words: list[Word], at: int) -> tuple[Fraction, int]:
    """Return the number at a word and the index after it; the same index if there is none."""
    number = read_number(words, at)
    if not number:
        dozen = _DOZEN.get(_text(words, at + 1), 0) if _text(words, at) in _HALF else 0
        return Fraction(dozen, 2), at + 2 if dozen else at
    if dozen := _DOZEN.get(_text(words, number.after), 0):
        return number.value * dozen, number.after + 1
    if _text(words, number.after) == "e" and _text(words, number.after + 1) in _HALF:
        return number.value + Fraction(1, 2), number.after + 2
    return number.value, number.after


def _text(words: list[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""


def _negative(levelled: str, start: int) -> bool:
    return levelled[start - 1 : start] == "-" and not levelled[start - 2 : start - 1].isalnum()
