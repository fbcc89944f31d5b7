"""The second tier's own linear model: softmax over sentence vectors, taught by the products of vectors alone.

Every class is a sum of taught vectors, so its logit for any text is a sum of products already known. Teaching moves the
logits of all texts at once, and those of held-out texts come out of it without another pass.
"""

from array import array
from collections.abc import Sequence
from math import exp
from random import Random
from typing import NamedTuple

__all__ = ["Lesson", "Taught", "teach"]

# Chosen by cross-validation on training rows, see decision 0014.
SCALE = 18.0  # of the mean of a class
EPOCHS = 5
RATE = 3.0
LEARNT = 0.05  # a text whose class lacks no more than this probability teaches nothing
FAINT = 0.02  # a class with less probability than this is not pushed away
MOST_TAUGHT = 6000  # texts; above, the means alone are used: the table of products would take minutes and 150 MB


class Lesson(NamedTuple):
    """All texts of a catalogue: their classes, and per text its products with every text."""

    labels: Sequence[int]
    products: Sequence["array[float]"]
    classes: int


class Taught(NamedTuple):
    """Per class the logits of all texts, and the share of each taught text in it."""

    logits: list[list[float]]
    shares: list[dict[int, float]]


def teach(lesson: Lesson, texts: Sequence[int]) -> Taught:
    """Learn from some texts, given by number; the same lesson gives the same result."""
    taught = _means(lesson, texts)
    order = list(texts)
    chance = Random(7)  # noqa: S311 - shuffling, not secrets
    for epoch in range(EPOCHS if len(lesson.labels) <= MOST_TAUGHT else 0):
        chance.shuffle(order)
        rate = RATE / (1 + epoch) ** 0.5
        order = [number for number in order if _teaches(taught, lesson, number, rate)]
    return taught


def _means(lesson: Lesson, texts: Sequence[int]) -> Taught:
    members: list[list[int]] = [[] for _ in range(lesson.classes)]
    for number in texts:
        members[lesson.labels[number]].append(number)
    logits, shares = [], []
    for numbers in members:
        share = SCALE / (len(numbers) or 1)
        sums = map(sum, zip(*(lesson.products[number] for number in numbers), strict=True))
        logits.append([share * total for total in sums] or [0.0] * len(lesson.labels))
        shares.append(dict.fromkeys(numbers, share))
    return Taught(logits, shares)


def _teaches(taught: Taught, lesson: Lesson, number: int, rate: float) -> bool:
    """Take one step; what is learnt already says so and is left out of the later rounds."""
    own, products = lesson.labels[number], lesson.products[number]
    odds = [exp(logits[number]) for logits in taught.logits]
    total = sum(odds)
    if 1 - odds[own] / total < LEARNT:
        return False
    for label, value in enumerate(odds):
        push = rate * ((label == own) - value / total)
        if label == own or value > FAINT * total:
            taught.logits[label] = [z + push * near for z, near in zip(taught.logits[label], products, strict=True)]
            taught.shares[label][number] = taught.shares[label].get(number, 0.0) + push
    return True
