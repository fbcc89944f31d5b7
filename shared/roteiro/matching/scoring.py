"""The packed weights of an index: a logit per script for a message, and what each feature gave to it."""

from bisect import bisect_left

from roteiro.matching.artifact import Packed
from roteiro.matching.features import Vector

__all__ = ["Scorer"]


class Scorer:
    """Scripts are numbered as in the index; the last class is the background."""

    def __init__(self, parts: Packed, classes: int) -> None:
        self._starts, self._labels, self._weights = parts.starts, parts.labels, parts.weights
        self._unit: float = parts.facts["unit"]
        self._classes = classes

    def logits(self, vector: Vector) -> list[float]:
        """One number per class."""
        starts, labels, weights = self._starts, self._labels, self._weights
        sums = [0.0] * self._classes
        for feature, value in vector.items():
            begin, end = starts[feature], starts[feature + 1]
            for label, weight in zip(labels[begin:end], weights[begin:end], strict=True):
                sums[label] += weight * value
        return [total * self._unit for total in sums]

    def given(self, feature: int, value: float, label: int) -> float:
        """What one feature adds to the logit of one class."""
        begin, end = self._starts[feature], self._starts[feature + 1]
        at = bisect_left(self._labels, label, begin, end)
        return self._weights[at] * value * self._unit if at < end and self._labels[at] == label else 0.0
