"""What a text is made of for the matcher: stems, concepts, pairs of neighbours and the letters inside words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from roteiro.matching.concepts import CONCEPTS
from roteiro.matching.lexicon import MARK
from roteiro.matching.stems import stem

__all__ = ["Counts", "Vector", "Vocabulary", "cosine", "count_features", "measure_rarity", "weigh", "word_features"]

Counts = dict[str, int]
Vector = dict[int, float]  # feature number -> weight; a text of known features only has length 1, any other less

LETTERS = 3  # in-word groups of 3 letters survive typing errors; 2 to 5 cost twice the time, see decision 0010
CONCEPT_WEIGHT = 2.0  # a shared meaning says more than a shared spelling; by cross-validation, see decision 0010


class Vocabulary(NamedTuple):
    """Every feature's number and weight, and the weight of one never seen."""

    features: dict[str, tuple[int, float]]
    unseen: float


def count_features(words: Sequence[str]) -> Counts:
    """Count `w:` stems, `s:` concepts, `t:` pairs of neighbouring concepts or stems, and letter groups (`_` = edge)."""
    roots = [_root(word) for word in words]
    meanings = [_meanings(root) for root in roots]
    heads = ["^", *(meaning[0] if meaning else root for root, meaning in zip(roots, meanings, strict=True))]
    found = ["w:" + root for root in roots]
    found += ["s:" + name for meaning in meanings for name in meaning]
    found += ["t:" + one + " " + two for one, two in pairwise(heads)]
    for word in words:
        if not word.startswith(MARK):
            found += _letters(f"_{word}_")
    return Counter(found)


def _root(word: str) -> str:
    return MARK if word.startswith(MARK) else stem(word)


def _meanings(root: str) -> tuple[str, ...]:
    return (MARK,) if root == MARK else CONCEPTS.get(root, ())


def _letters(edged: str) -> list[str]:
    return [edged[at : at + LETTERS] for at in range(len(edged) - LETTERS + 1)]


def word_features(word: str) -> list[str]:
    """The features of a word as a whole: its stem and its concepts."""
    root = _root(word)
    return ["w:" + root, *("s:" + name for name in _meanings(root))]


def measure_rarity(documents: Sequence[Counts]) -> Vocabulary:
    """Inverse document frequency of every feature, smoothed as if one more text held them all."""
    seen = Counter(feature for counts in documents for feature in counts)
    weights = {feature: _weight(feature, len(documents), times) for feature, times in sorted(seen.items())}
    numbered = {feature: (number, weight) for number, (feature, weight) in enumerate(weights.items())}
    return Vocabulary(numbered, _weight("", len(documents), 1))


def weigh(counts: Counts, vocabulary: Vocabulary) -> Vector:
    """Sub-linear counts times rarity, divided by the length of the whole text: unknown words weaken the known ones."""
    known: Vector = {}
    square = 0.0
    features, unseen = vocabulary
    for feature, times in counts.items():
        number, weight = features.get(feature, (-1, unseen))
        value = weight if times == 1 else (1 + log(times)) * weight
        square += value * value
        if number >= 0:
            known[number] = value
    length = sqrt(square) or 1.0
    return {number: value / length for number, value in known.items()}


def cosine(one: Vector, others: Iterable[Vector]) -> float:
    """The largest cosine between a text and others, 0..1."""
    return max(
        (sum(one[shared] * other[shared] for shared in one.keys() & other.keys()) for other in others), default=0.0
    )


def _weight(feature: str, documents: int, times: int) -> float:
    rarity = log((1 + documents) / (1 + times)) + 1
    return rarity * CONCEPT_WEIGHT if feature.startswith("s:") else rarity
