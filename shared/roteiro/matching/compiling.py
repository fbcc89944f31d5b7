"""Publishing: scripts to the bytes of an index. The same scripts always give the same bytes."""

from collections.abc import Callable, Sequence

from roteiro.matching.artifact import Packed, pack
from roteiro.matching.background import BACKGROUND
from roteiro.matching.calibrating import CAUTIOUS, Calibration, Trial, calibrate
from roteiro.matching.entries import Entry
from roteiro.matching.features import Counts, count_features, measure_rarity, weigh
from roteiro.matching.learning import Columns, Sample, learn, score

__all__ = ["compile_index"]

FOLDS = 5
ENOUGH = 50  # examples; with fewer, five folds say too little and fixed cautious thresholds serve (specification)


def compile_index(
    entries: Sequence[Entry],
    background: Sequence[str] = BACKGROUND,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """Fit, calibrate and pack; `progress` hears the share done, 0..1. Takes seconds at hundreds of scripts."""
    report = progress or (lambda _: None)
    texts = _labelled(entries, background)
    rarity = measure_rarity([counts for counts, _, _ in texts])
    vocabulary = {feature: (number, value) for number, (feature, value) in enumerate(rarity.items())}
    samples = [Sample(weigh(counts, vocabulary), label, against) for counts, label, against in texts]
    classes = len(entries) + 1
    calibration = _cross_validate(samples, len(entries), len(vocabulary), report)
    columns = learn(samples, classes, len(vocabulary)) if entries else [{} for _ in vocabulary]
    report(1.0)
    return _packed(entries, list(vocabulary), list(rarity.values()), columns, calibration)


def _labelled(entries: Sequence[Entry], background: Sequence[str]) -> list[tuple[Counts, int, bool]]:
    texts: list[tuple[Counts, int, bool]] = []
    for label, entry in enumerate(entries):
        texts += [(count_features(example), label, False) for example in entry.examples]
        texts.append((count_features(" ".join((entry.title, entry.description, *entry.keywords))), label, False))
        texts += [(count_features(example), label, True) for example in entry.negative_examples]
    return texts + [(count_features(text), len(entries), False) for text in background]


def _cross_validate(
    samples: list[Sample], background: int, features: int, report: Callable[[float], None]
) -> Calibration:
    own = [sample for sample in samples if sample.label != background and not sample.against]
    if len(own) < ENOUGH:
        return CAUTIOUS
    trials: list[Trial] = []
    for fold in range(FOLDS):
        kept = [sample for number, sample in enumerate(samples) if number % FOLDS != fold]
        columns = learn(kept, background + 1, features)
        trials += [
            Trial(score(columns, sample.vector, background + 1), sample.label)
            for number, sample in enumerate(samples)
            if number % FOLDS == fold and sample.label != background and not sample.against
        ]
        report((fold + 1) / (FOLDS + 1))
    return calibrate(trials)


def _packed(
    entries: Sequence[Entry],
    vocabulary: list[str],
    rarities: list[float],
    columns: Columns,
    calibration: Calibration,
) -> bytes:
    largest = max((abs(weight) for column in columns for weight in column.values()), default=1.0)
    unit = largest / 127 or 1.0
    starts, labels, weights = [0], [], []
    for column in columns:
        for label, weight in sorted(column.items()):
            if rounded := round(weight / unit):
                labels.append(label)
                weights.append(rounded)
        starts.append(len(labels))
    facts = {
        "entries": [list(entry) for entry in entries],
        "vocabulary": "\n".join(vocabulary),
        "unit": unit,
        "calibration": list(calibration),
    }
    return pack(Packed(facts, starts, labels, weights, rarities))
