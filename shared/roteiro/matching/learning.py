"""The linear model: softmax over sparse weights, started at each script's mean and taught by its mistakes."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import NamedTuple

from roteiro.matching.features import Vector

__all__ = ["Columns", "Sample", "learn", "score"]

Columns = list[dict[int, float]]  # feature number -> {class: weight}

# Chosen on training rows held out from fitting, see decision 0010.
SCALE = 12.0  # of the mean of a class
EPOCHS = 4
RATE = 3.0
LEARNT = 0.05  # an example whose class lacks no more than this probability teaches nothing
FAINT = 0.02  # a class with less probability than this is not pushed away
MOST_TAUGHT = 1000  # scripts; above, the means alone are used (matching specification)


class Sample(NamedTuple):
    """One text: its features and its class; `against` means "anything but this class"."""

    vector: Vector
    label: int
    against: bool = False


def learn(samples: Sequence[Sample], classes: int, features: int) -> Columns:
    """Fit the weights of `classes` classes over `features` features; the same samples give the same weights."""
    columns = _means(samples, features)
    order = list(range(len(samples)))
    chance = Random(7)  # noqa: S311 - shuffling, not secrets
    for epoch in range(EPOCHS if classes <= MOST_TAUGHT else 0):
        chance.shuffle(order)
        rate = RATE / (1 + epoch) ** 0.5
        order = [number for number in order if _teaches(columns, samples[number], classes, rate)]
    return columns


def score(columns: Columns, vector: Vector, classes: int) -> list[float]:
    """The logit of every class."""
    logits = [0.0] * classes
    for feature, value in vector.items():
        for label, weight in columns[feature].items():
            logits[label] += weight * value
    return logits


def _means(samples: Sequence[Sample], features: int) -> Columns:
    columns: Columns = [{} for _ in range(features)]
    sizes: dict[int, int] = {}
    for sample in samples:
        sizes[sample.label] = sizes.get(sample.label, 0) + (not sample.against)
    for sample in samples:
        share = 0.0 if sample.against else SCALE / sizes[sample.label]
        for feature, value in sample.vector.items():
            column = columns[feature]
            column[sample.label] = column.get(sample.label, 0.0) + share * value
    return columns


def _teaches(columns: Columns, sample: Sample, classes: int, rate: float) -> bool:
    """Take one step; what is learnt already says so and is left out of the later rounds."""
    logits = score(columns, sample.vector, classes)
    top = max(logits)
    odds = [exp(logit - top) for logit in logits]
    total = sum(odds)
    own = odds[sample.label] / total
    if (own if sample.against else 1 - own) < LEARNT:
        return False
    if sample.against:
        pushes = [(sample.label, -rate * own)]
    else:
        floor = FAINT * total
        pushes = [(label, -rate * value / total) for label, value in enumerate(odds) if value > floor]
        pushes = [(label, push) for label, push in pushes if label != sample.label]
        pushes.append((sample.label, rate * (1 - own)))
    for feature, value in sample.vector.items():
        column = columns[feature]
        for label, push in pushes:
            column[label] = column.get(label, 0.0) + push * value
    return True
