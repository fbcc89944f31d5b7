"""Publishing: scripts to the bytes of an index. The same scripts always give the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from roteiro.matching.artifact import Packed, pack
from roteiro.matching.background import BACKGROUND
from roteiro.matching.calibrating import CAUTIOUS, Calibration, calibrate
from roteiro.matching.corpus import Corpus, gather, word_ranks
from roteiro.matching.entries import Entry
from roteiro.matching.learning import Columns, learn
from roteiro.matching.text import normalise
from roteiro.matching.validating import cross_validate, held_out

__all__ = ["compile_index"]

ENOUGH = 50  # examples; with fewer, five folds say too little and cautious thresholds serve (matching specification)
FULL = 127  # the largest weight, in the eight bits it is kept in
WORTH_KEEPING = 3  # of 127; lighter weights cost half the query time and give 0.3 points, see decision 0010
VALIDATING = 0.85  # of the time goes into five fits on four fifths of the texts, the rest into the last fit


def compile_index(
    entries: Sequence[Entry],
    background: Sequence[str] = BACKGROUND,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """Fit, calibrate and pack; `progress` hears the share done, 0..1. Takes seconds at hundreds of scripts."""
    report = progress or (lambda _: None)
    corpus = gather(entries, background)
    validated = _validated(entries, corpus, report)
    columns = learn(corpus.samples, corpus.classes, len(corpus.vocabulary.features))
    report(1.0)
    return _packed(entries, background, corpus, columns, validated)


class _Validated(NamedTuple):
    """What cross-validation gave: the calibration, and (right, all) by script; nothing of a small catalogue."""

    calibration: Calibration = CAUTIOUS
    held_out: Sequence[tuple[int, int]] = ()


def _validated(entries: Sequence[Entry], corpus: Corpus, report: Callable[[float], None]) -> _Validated:
    if sum(len(entry.examples) for entry in entries) < ENOUGH:
        return _Validated()
    trials = cross_validate(corpus, lambda share: report(VALIDATING * share))
    return _Validated(calibrate(trials), held_out(trials, len(entries)))


def _packed(
    entries: Sequence[Entry],
    background: Sequence[str],
    corpus: Corpus,
    columns: Columns,
    validated: _Validated,
) -> bytes:
    unit = max((abs(weight) for column in columns for weight in column.values()), default=1.0) / FULL
    starts, labels, weights = [0], list[int](), list[int]()
    for column in columns:
        kept = _rounded(column, unit)
        labels += kept
        weights += kept.values()
        starts.append(len(labels))
    features, unseen = corpus.vocabulary
    facts = {
        "entries": [list(entry) for entry in entries],
        "exact": [[normalise(example) for example in entry.examples] for entry in entries],
        "vocabulary": "\n".join(features),
        "unseen": unseen,
        "words": " ".join(word_ranks(entries, background)),
        "unit": unit,
        "calibration": list(validated.calibration),
        "held_out": list(map(list, validated.held_out)),
    }
    return pack(Packed(facts, starts, labels, weights, [weight for _, weight in features.values()]))


def _rounded(column: Mapping[int, float], unit: float) -> dict[int, int]:
    """Return a feature's weights in units, by label, without those too small to keep."""
    whole = {label: round(column[label] / unit) for label in sorted(column)}
    return {label: weight for label, weight in whole.items() if abs(weight) >= WORTH_KEEPING}
