"""Five-fold cross-validation: every example is scored once by a model that has not seen it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from roteiro.matching.corpus import FOLDS, Corpus
from roteiro.matching.features import Vector, cosine
from roteiro.matching.learning import Columns, learn, score

__all__ = ["Trial", "cross_validate", "held_out", "leader"]


class Trial(NamedTuple):
    """One held-out text: a logit per class (the background last), its class, and how near each leading script came.

    `near` holds the cosine of the nearest example of its own script (of the best one for the background's texts), and
    of the best script that is not its own.
    """

    sample: int
    label: int
    logits: list[float]
    near: tuple[float, float]


def cross_validate(corpus: Corpus, progress: Callable[[float], None]) -> list[Trial]:
    """Score every example and background text; `progress` hears the share done, 0..1."""
    trials: list[Trial] = []
    for fold in range(FOLDS):
        kept = [sample for sample, its in zip(corpus.samples, corpus.folds, strict=True) if its != fold]
        columns = learn(kept, corpus.classes, len(corpus.vocabulary.features))
        shelves: list[list[Vector]] = [[] for _ in range(corpus.classes)]
        for sample in kept:
            if not sample.against:
                shelves[sample.label].append(sample.vector)
        trials += _trials(corpus, fold, columns, shelves)
        progress((fold + 1) / FOLDS)
    return trials


def leader(trial: Trial) -> int:
    """Return the script that a held-out text was ranked as."""
    return max(range(len(trial.logits) - 1), key=trial.logits.__getitem__)


def held_out(trials: Sequence[Trial], scripts: int) -> list[tuple[int, int]]:
    """Return (right, all) of the held-out examples of each script; (0, 0) for one without examples."""
    counts = [[0, 0] for _ in range(scripts)]
    for trial in trials:
        if trial.label < scripts:
            counts[trial.label][0] += leader(trial) == trial.label
            counts[trial.label][1] += 1
    return [(right, count) for right, count in counts]


def _trials(corpus: Corpus, fold: int, columns: Columns, shelves: Sequence[Sequence[Vector]]) -> list[Trial]:
    found = []
    for number, (sample, its) in enumerate(zip(corpus.samples, corpus.folds, strict=True)):
        if its != fold or sample.against:
            continue
        logits = score(columns, sample.vector, corpus.classes)
        best = sorted(range(corpus.background), key=logits.__getitem__, reverse=True)[:2]
        other = next((label for label in best if label != sample.label), best[0])
        own = other if sample.label == corpus.background else sample.label
        near = (cosine(sample.vector, shelves[own]), cosine(sample.vector, shelves[other]))
        found.append(Trial(number, sample.label, logits, near))
    return found
