"""Names out of a known list inside a text: whole words, without accents and case; one typo if allowed."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from roteiro.domain.values.letters import level
from roteiro.domain.values.value import BARE, CERTAIN

__all__ = ["Name", "Span", "longest", "named", "one_typo_apart", "same_word", "words_in"]

_WORD = re.compile(r"[a-z0-9]+")
_TYPO_FROM = 5  # letters a word needs before one may be wrong (specs: "one typo in words >= 5 letters")


class Name(NamedTuple):
    """One name of the option or entry number `at`, as levelled words."""

    at: int
    words: tuple[str, ...]


class Span(NamedTuple):
    """Where entry number `at` was named."""

    at: int
    start: int
    end: int
    certainty: float


def words_in(text: str) -> list[re.Match[str]]:
    """Return the words of a text, levelled, each with its place."""
    return list(_WORD.finditer(level(text)))


def named(words: list[re.Match[str]], names: Iterable[Name], *, typos: bool) -> Iterator[Span]:
    """Yield every place where a name stands word by word."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word[0], []).append(place)
    for at, name in names:
        for first in range(len(words)) if typos else places.get(name[0], ()):
            said = words[first : first + len(name)]
            is_same = (same_word(word[0], meant, typos=typos) for word, meant in zip(said, name, strict=False))
            if len(said) == len(name) and all(is_same):
                yield Span(at, said[0].start(), said[-1].end(), BARE if typos else CERTAIN)


def longest(spans: Iterable[Span]) -> list[Span]:
    """Keep no name that lies inside a longer one: "carro reserva" does not name "carro"."""
    kept: list[Span] = []
    reach = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > reach or (kept and kept[-1][1:3] == span[1:3]):  # two entries may have the same name
            kept.append(span)
            reach = span.end
    return kept


def same_word(said: str, meant: str, *, typos: bool) -> bool:
    """Say whether a word was meant; with `typos`, also when a longer one has a single mistake."""
    return said == meant or (typos and len(meant) >= _TYPO_FROM and one_typo_apart(said, meant))


def one_typo_apart(said: str, meant: str) -> bool:
    """Say whether two words differ by one letter wrong, missing, extra, or swapped with its neighbour.

    >>> one_typo_apart("residencail", "residencial"), one_typo_apart("carro", "curra")
    (True, False)
    """
    if abs(len(said) - len(meant)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    a, b = said[same:], meant[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
