"""What a text is made of for the matcher: words, stems, word pairs and the letters inside words, each with a weight."""

from collections import Counter
from itertools import pairwise
from math import log, sqrt

from roteiro.matching.stems import stem
from roteiro.matching.text import words

__all__ = ["Counts", "Vector", "count_features", "measure_rarity", "weigh"]

Counts = Counter[str]
Vector = list[tuple[int, float]]  # (feature number, weight), of length 1 in all

LETTERS = range(2, 6)  # in-word character n-grams of 2 to 5: what survives typing errors


def count_features(text: str) -> Counts:
    """Count `w:` stems, `b:` pairs of neighbours, and letter groups with `_` for the edges of a word."""
    found = words(text)
    counts: Counts = Counter("w:" + stem(word) for word in found)
    counts.update("b:" + stem(one) + " " + stem(two) for one, two in pairwise(["^", *found]))
    for word in found:
        edged = f"_{word}_"
        counts.update(edged[at : at + size] for size in LETTERS for at in range(len(edged) - size + 1))
    return counts


def measure_rarity(documents: list[Counts]) -> dict[str, float]:
    """Inverse document frequency of every feature, smoothed as if one more text held them all."""
    seen = Counter(feature for counts in documents for feature in counts)
    return {feature: log((1 + len(documents)) / (1 + times)) + 1 for feature, times in sorted(seen.items())}


def weigh(counts: Counts, vocabulary: dict[str, tuple[int, float]]) -> Vector:
    """Sub-linear counts times rarity, brought to length 1 over all known features; unknown features are dropped."""
    known = [(vocabulary[feature], times) for feature, times in counts.items() if feature in vocabulary]
    raw = [(number, (1 + log(times)) * rarity) for (number, rarity), times in known]
    length = sqrt(sum(value * value for _, value in raw)) or 1.0
    return [(number, value / length) for number, value in raw]
