"""Typing errors: a word nobody knows becomes the known word one slip away, if there is one."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from roteiro.matching.concepts import WORDS

__all__ = ["Speller"]

SHORTEST = 5  # letters; shorter words have too many neighbours (four letters: +0.6 on typing errors, -0.1 without)
LONGEST = 16  # letters; the work grows with the length
MOST = 6  # words looked up in one message, so that noise stays cheap


class Speller:
    """Corrects towards the words of a catalogue, the most frequent first, then towards the words of the concepts."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        self._ranks = ranks

    def correct(self, words: Sequence[str]) -> list[str]:
        """The same words, the unknown ones replaced where exactly one slip explains them."""
        left = MOST
        corrected = []
        for word in words:
            if left and SHORTEST <= len(word) <= LONGEST and word not in self._ranks and word not in WORDS:
                left -= 1
                corrected.append(self._nearest(word))
            else:
                corrected.append(word)
        return corrected

    def _nearest(self, word: str) -> str:
        ranks = self._ranks
        near = {slip for slip in _slips(word) if slip in ranks or slip in WORDS}
        return min(near, key=lambda slip: (ranks.get(slip, len(ranks)), slip), default=word)


def _slips(word: str) -> Iterator[str]:
    """Every text one deletion, swap, replacement or insertion away."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        rest = tail[1:]
        if tail:
            yield head + rest
            yield from [head + letter + rest for letter in ascii_lowercase]
        if rest:
            yield head + rest[0] + tail[0] + rest[1:]
        yield from [head + letter + tail for letter in ascii_lowercase]
