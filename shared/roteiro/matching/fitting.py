"""Publishing the second tier: the vectors of a catalogue's texts to a head, a weight and thresholds, as bytes."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from math import log

from roteiro.matching.calibrating import CAUTIOUS, Calibration, calibrate, soften
from roteiro.matching.corpus import FOLDS, Corpus, gather
from roteiro.matching.entries import Entry
from roteiro.matching.fusion import WIDE, mixed
from roteiro.matching.head import Lesson, Taught, teach
from roteiro.matching.lanes import Lanes, quantise
from roteiro.matching.rows import pack_rows
from roteiro.matching.validating import Trial, cross_validate

__all__ = ["choose_weight", "fit_fusion", "texts_to_embed"]

ENOUGH = 50  # examples; with fewer, five folds say too little and cautious values serve (matching specification)
WEIGHTS = (0.0, 0.2, 0.4, 0.6, 0.8)  # of tier 1 that are tried
USUAL_WEIGHT = 0.4  # what most catalogues of the benchmark chose
USUAL_TEMPERATURE = 1.0  # the same for the fused logits
CAREFUL = CAUTIOUS._replace(temperature=USUAL_TEMPERATURE, out_of_scope=0.2)


def texts_to_embed(entries: Sequence[Entry], background: Sequence[str]) -> list[str]:
    """Every text that needs a vector, once: examples, summaries, the background; no negative examples."""
    return list(dict.fromkeys(text for _, text, _ in _spoken(gather(entries, background))))


def fit_fusion(
    entries: Sequence[Entry],
    background: Sequence[str],
    vectors: Mapping[str, Sequence[float]],
    temperature: float,
    progress: Callable[[float], None],
) -> bytes:
    """Teach and calibrate; `vectors` are of length 1, by text; `temperature` is that of tier 1's calibration."""
    corpus = gather(entries, background)
    spoken = _spoken(corpus)
    own = [vectors[text] for _, text, _ in spoken]
    lesson = _lesson([label for _, _, label in spoken], own, corpus.classes)
    progress(0.2)
    weight, calibration = USUAL_WEIGHT, CAREFUL
    if sum(len(entry.examples) for entry in entries) >= ENOUGH:
        weight, calibration = _calibrated(corpus, spoken, lesson, temperature, progress)
    head = [_mean(shares, own) for shares in teach(lesson, range(len(own))).shares]
    examples = [[vectors[text] for text in entry.examples or (entry.summary,) if text] for entry in entries]
    facts = {"weight": weight, "calibration": list(calibration), "examples": list(map(len, examples))}
    progress(1.0)
    return pack_rows(facts, list(map(quantise, chain(head, *examples))))


def _lesson(labels: Sequence[int], vectors: Sequence[Sequence[float]], classes: int) -> Lesson:
    small = [quantise(vector) for vector in vectors]
    lanes = Lanes(small)
    return Lesson(labels, [array("f", lanes.products(one)) for one in small], classes)


def choose_weight(trials: Sequence[tuple[int, Sequence[float], Sequence[float]]]) -> float:
    """The weight of tier 1 that is least surprised by held-out examples: (script, logits by vectors, tier 1's chances).

    >>> choose_weight([(0, (1.0, 1.5), (0.9, 0.1)), (1, (0.0, 0.5), (0.2, 0.8))])
    0.8
    """
    return min(WEIGHTS, key=lambda weight: sum(_surprise(*trial, weight) for trial in trials))


def _surprise(script: int, logits: Sequence[float], chances: Sequence[float], weight: float) -> float:
    return -log(max(soften(mixed(logits, chances, weight), USUAL_TEMPERATURE)[script], 1e-9))


_Spoken = list[tuple[int, str, int]]  # number in the corpus, text, class


def _spoken(corpus: Corpus) -> _Spoken:
    rows = zip(corpus.texts, corpus.samples, strict=True)
    return [(number, text, sample.label) for number, (text, sample) in enumerate(rows) if not sample.against]


def _calibrated(
    corpus: Corpus, spoken: _Spoken, lesson: Lesson, temperature: float, progress: Callable[[float], None]
) -> tuple[float, Calibration]:
    held_out = _held_out(corpus, spoken, lesson, progress)
    by_words = cross_validate(corpus, lambda share: progress(0.6 + 0.3 * share))
    chances = {trial.sample: _widest(soften(trial.logits[:-1], temperature)) for trial in by_words}
    own = [(t.label, t.logits[:-1], chances[t.sample]) for t in held_out if t.label != corpus.background]
    weight = choose_weight(own)
    fused = [
        trial._replace(logits=[*mixed(trial.logits[:-1], chances[trial.sample], weight), trial.logits[-1]])
        for trial in held_out
    ]
    return weight, calibrate(fused)


def _widest(chances: Sequence[float]) -> list[float]:
    """What a ranking tells: the chances of the leading scripts alone."""
    least = sorted(chances, reverse=True)[: WIDE + 1][-1] if len(chances) > WIDE else 0.0
    return [chance if chance > least else 0.0 for chance in chances]


def _held_out(corpus: Corpus, spoken: _Spoken, lesson: Lesson, progress: Callable[[float], None]) -> list[Trial]:
    trials: list[Trial] = []
    for fold in range(FOLDS):
        kept = [place for place, (number, *_) in enumerate(spoken) if corpus.folds[number] != fold]
        taught = teach(lesson, kept)
        members: list[list[int]] = [[] for _ in range(corpus.classes)]
        for place in kept:
            members[lesson.labels[place]].append(place)
        held = [place for place, (number, *_) in enumerate(spoken) if corpus.folds[number] == fold]
        trials += [_trial(place, spoken, lesson, taught, members) for place in held]
        progress(0.2 + 0.4 * (fold + 1) / FOLDS)
    return trials


def _trial(place: int, spoken: _Spoken, lesson: Lesson, taught: Taught, members: Sequence[Sequence[int]]) -> Trial:
    number, _, label = spoken[place]
    logits = [of[place] for of in taught.logits]
    scripts = range(len(logits) - 1)
    other = max((script for script in scripts if script != label), key=logits.__getitem__, default=0)
    own = label if label in scripts else other
    near = [max((lesson.products[place][member] for member in members[script]), default=0.0) for script in (own, other)]
    return Trial(number, label, logits, (max(near[0], 0.0), max(near[1], 0.0)))


def _mean(shares: Mapping[int, float], vectors: Sequence[Sequence[float]]) -> list[float]:
    total = [0.0] * len(vectors[0])
    for place, share in shares.items():
        total = [before + share * number for before, number in zip(total, vectors[place], strict=True)]
    return total
