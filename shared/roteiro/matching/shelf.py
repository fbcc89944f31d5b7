"""The examples of a catalogue by script: which one is nearest to a message. Vectors are made on first use and kept."""

from collections.abc import Sequence

from roteiro.matching.features import Vector, Vocabulary, count_features, weigh
from roteiro.matching.lexicon import Lexicon
from roteiro.matching.text import words

__all__ = ["Shelf"]

Postings = dict[int, list[tuple[int, float]]]  # feature -> (place of the text, weight)


class Shelf:
    """Texts by script number; keeping the vectors changes no answer, only the time of the second one."""

    def __init__(self, texts: Sequence[Sequence[str]], vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._texts = texts
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._postings: dict[int, Postings] = {}

    def nearest(self, script: int, vector: Vector) -> tuple[float, str | None]:
        """The largest cosine, 0..1, and the text that has it; 0 and `None` when nothing is shared."""
        texts = self._texts[script]
        cosines = [0.0] * len(texts)
        postings = self._postings.get(script) or self._open(script)
        for feature in vector.keys() & postings.keys():
            value = vector[feature]
            for place, weight in postings[feature]:
                cosines[place] += value * weight
        best = max(cosines, default=0.0)
        return best, texts[cosines.index(best)] if best else None

    def _open(self, script: int) -> Postings:
        postings: Postings = {}
        for place, text in enumerate(self._texts[script]):
            for feature, value in weigh(count_features(self._lexicon.join(words(text))), self._vocabulary).items():
                postings.setdefault(feature, []).append((place, value))
        self._postings[script] = postings
        return postings
