"""What an admin should know before publishing: who is taken for whom, and which examples argue with their script."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from roteiro.matching.background import BACKGROUND
from roteiro.matching.corpus import Corpus, gather
from roteiro.matching.entries import Entry
from roteiro.matching.validating import Trial, cross_validate, held_out, leader

__all__ = ["Contradiction", "Duplicate", "Pair", "Report", "duplicates_in", "report_on"]

SAME = 0.95  # cosine from which two examples of different scripts say the same (scripts specification 8, check 4)
CONFUSED_OFTEN = 2  # examples that must go astray between two scripts before the pair is worth a line; chosen


class Pair(NamedTuple):
    """`times` held-out examples of `script_id` were ranked as `taken_for`."""

    script_id: int
    taken_for: int
    times: int


class Contradiction(NamedTuple):
    """An example that every fold without it would have given to another script."""

    script_id: int
    example: str
    taken_for: int


class Duplicate(NamedTuple):
    """Two examples of different scripts that say nearly the same; `likeness` is their cosine, 0..1."""

    script_id: int
    example: str
    other_id: int
    other: str
    likeness: float


class Report(NamedTuple):
    """All shares are of held-out examples, 0..1; `by_script` maps a script id to (right, all)."""

    accuracy: float
    by_script: dict[int, tuple[int, int]]
    confusable: tuple[Pair, ...]
    contradicting: tuple[Contradiction, ...]
    duplicates: tuple[Duplicate, ...]


def report_on(
    entries: Sequence[Entry],
    background: Sequence[str] = BACKGROUND,
    progress: Callable[[float], None] | None = None,
) -> Report:
    """Cross-validate a catalogue and say what to look at; takes as long as the calibration of `compile_index`."""
    corpus = gather(entries, background)
    trials = [trial for trial in cross_validate(corpus, progress or (lambda _: None)) if trial.label < len(entries)]
    strays = [(trial, leader(trial)) for trial in trials if leader(trial) != trial.label]
    ids = [entry.script_id for entry in entries]
    return Report(
        accuracy=1 - len(strays) / len(trials) if trials else 0.0,
        by_script={script: share for script, share in zip(ids, held_out(trials, len(ids)), strict=True) if share[1]},
        confusable=_confusable(strays, ids),
        contradicting=tuple(
            Contradiction(ids[trial.label], corpus.texts[trial.sample], ids[winner]) for trial, winner in strays
        ),
        duplicates=tuple(_duplicates(corpus, ids)),
    )


def duplicates_in(entries: Sequence[Entry], background: Sequence[str] = BACKGROUND) -> list[Duplicate]:
    """Return the examples of different scripts that say nearly the same."""
    return list(_duplicates(gather(entries, background), [entry.script_id for entry in entries]))


def _confusable(strays: Sequence[tuple[Trial, int]], ids: Sequence[int]) -> tuple[Pair, ...]:
    pairs = Counter((trial.label, winner) for trial, winner in strays).most_common()
    return tuple(Pair(ids[own], ids[other], count) for (own, other), count in pairs if count >= CONFUSED_OFTEN)


def _duplicates(corpus: Corpus, ids: Sequence[int]) -> list[Duplicate]:
    found = []
    own = [number for number, fold in enumerate(corpus.folds) if fold is not None and corpus.is_example(number)]
    postings: dict[int, list[tuple[int, float]]] = {}
    for number in own:
        sample = corpus.samples[number]
        for earlier, likeness in _likeness(sample.vector, postings).items():
            other = corpus.samples[earlier].label
            if likeness >= SAME and other != sample.label:
                texts = corpus.texts[earlier], corpus.texts[number]
                found.append(Duplicate(ids[other], texts[0], ids[sample.label], texts[1], round(likeness, 3)))
        for feature, value in sample.vector.items():
            postings.setdefault(feature, []).append((number, value))
    return found


def _likeness(vector: dict[int, float], postings: dict[int, list[tuple[int, float]]]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for feature, value in vector.items():
        for number, weight in postings.get(feature, ()):
            sums[number] = sums.get(number, 0.0) + value * weight
    return sums
