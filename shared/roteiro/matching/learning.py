"""The linear model: one weight per script and feature of its own examples, started at their mean, then softmax steps."""

from math import exp
from random import Random
from typing import NamedTuple

from roteiro.matching.features import Vector

__all__ = ["Columns", "Sample", "learn", "score"]

Columns = list[dict[int, float]]  # feature number -> {class: weight}

SCALE = 12.0  # of the mean of a class; chosen by cross-validation, see decision 0010
EPOCHS = 5
RATE = 4.0
LEARNT = 0.02  # an example whose class already has all but this much teaches nothing
FAINT = 0.002  # a class with less probability than this is not pushed away


class Sample(NamedTuple):
    """One example: its features and its class; `against` means "anything but this class"."""

    vector: Vector
    label: int
    against: bool = False


def learn(samples: list[Sample], classes: int, features: int) -> Columns:
    """Fit the weights of `classes` classes over `features` features; the same samples give the same weights."""
    columns = _means(samples, features)
    order = list(range(len(samples)))
    chance = Random(7)  # noqa: S311 - shuffling, not secrets
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        rate = RATE / (1 + epoch)
        for number in order:
            _step(columns, samples[number], classes, rate)
    return columns


def score(columns: Columns, vector: Vector, classes: int) -> list[float]:
    """The logit of every class."""
    logits = [0.0] * classes
    for feature, value in vector:
        for label, weight in columns[feature].items():
            logits[label] += weight * value
    return logits


def _means(samples: list[Sample], features: int) -> Columns:
    columns: Columns = [{} for _ in range(features)]
    sizes: dict[int, int] = {}
    for sample in samples:
        sizes[sample.label] = sizes.get(sample.label, 0) + (not sample.against)
    for sample in samples:
        share = 0.0 if sample.against else SCALE / sizes[sample.label]
        for feature, value in sample.vector:
            column = columns[feature]
            column[sample.label] = column.get(sample.label, 0.0) + share * value
    return columns


def _step(columns: Columns, sample: Sample, classes: int, rate: float) -> None:
    logits = score(columns, sample.vector, classes)
    top = max(logits)
    odds = [exp(logit - top) for logit in logits]
    total = sum(odds)
    own = odds[sample.label] / total
    wrong = own if sample.against else 1 - own
    if wrong < LEARNT:
        return
    floor = FAINT * total
    pushes = {label: -rate * value / total for label, value in enumerate(odds) if value > floor}
    pushes[sample.label] = -rate * own if sample.against else rate * wrong
    if sample.against:
        pushes = {sample.label: -rate * own}
    for feature, value in sample.vector:
        column = columns[feature]
        for label, push in pushes.items():
            if label in column:
                column[label] += push * value
