"""From cross-validated scores to the numbers that turn logits into an honest confidence and a decision."""

from collections.abc import Sequence
from itertools import groupby
from math import exp, log, sqrt
from operator import itemgetter
from typing import NamedTuple

from roteiro.matching.validating import Trial

__all__ = ["CAUTIOUS", "Calibration", "calibrate", "relevance", "soften"]


class Calibration(NamedTuple):
    """`temperature` divides logits; `out_of_scope` bounds the relevance, `clarify`, `match` the confidence (0..1)."""

    temperature: float
    out_of_scope: float
    clarify: float
    match: float


# For catalogues too small to validate: between the values that samples of 6 to 10 scripts gave, see decision 0011.
CAUTIOUS = Calibration(temperature=0.55, out_of_scope=0.12, clarify=0.1, match=0.85)

TEMPERATURES = [0.2 * 1.08**step for step in range(32)]  # 0.2 to 2.2
SELECTIVE = 0.97  # share of automatic starts that must be right (matching specification)
LEAST_MATCH = 0.8  # where more than one automatic start in five would be wrong, we ask; chosen, see decision 0011
NEVER_MATCH = 0.98  # when no threshold is safe enough; chosen
COVERED = 0.93  # how often the right script must be among those asked about (matching specification)
MOST_REFUSED = 0.05  # share of rightly ranked examples that may be called out of scope, see decision 0012
STRICTEST = 0.25  # relevance; no real catalogue wanted more, but one whose examples repeat each other would (0012)
STRANGER = 0.5  # worth of refusing one stranger against keeping one of our own, see decision 0012
FOREIGN = 3.0  # logits the background must lead by to weigh as much as the doubt, see decision 0012


def soften(logits: Sequence[float], temperature: float) -> list[float]:
    """Softmax at a temperature: the confidence of each script."""
    top = max(logits)
    odds = [exp((logit - top) / temperature) for logit in logits]
    total = sum(odds)
    return [value / total for value in odds]


def relevance(confidence: float, nearest: float, lead: float) -> float:
    """How much a message belongs here, 0..1: sure of a script, near one of its examples, not led by the background.

    `lead` is the script's logit minus the background's.
    """
    return confidence * nearest / (1 + exp(min(-lead - FOREIGN, 500.0)))


def calibrate(trials: Sequence[Trial]) -> Calibration:
    """Choose temperature and thresholds so that what the trials promise is what they kept."""
    scripts = len(trials[0].logits) - 1
    own = [trial for trial in trials if trial.label < scripts]
    temperature = min(TEMPERATURES, key=lambda candidate: _surprise(own, candidate))
    chances = [soften(trial.logits[:-1], temperature) for trial in own]
    leaders = [max(range(scripts), key=chance.__getitem__) for chance in chances]
    firsts = [(chance[first], first == t.label) for chance, first, t in zip(chances, leaders, own, strict=True)]
    return Calibration(
        temperature=temperature,
        out_of_scope=_refusal(trials, temperature),
        clarify=_quantile([chance[trial.label] for chance, trial in zip(chances, own, strict=True)], 1 - COVERED),
        match=_safe_start(sorted(firsts, reverse=True)),
    )


def _surprise(trials: Sequence[Trial], temperature: float) -> float:
    return -sum(log(max(soften(trial.logits[:-1], temperature)[trial.label], 1e-9)) for trial in trials)


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _safe_start(ranked: Sequence[tuple[float, bool]]) -> float:
    wrong, count, threshold = 0, 0, NEVER_MATCH
    for confidence, equals in groupby(ranked, key=itemgetter(0)):
        flags = [is_right for _, is_right in equals]
        wrong += flags.count(False)
        count += len(flags)
        if (
            wrong + sqrt(wrong) <= (1 - SELECTIVE) * count
        ):  # one standard error of a rare count: few trials prove little
            threshold = confidence
    return max(min(threshold, NEVER_MATCH), LEAST_MATCH)


def _refusal(trials: Sequence[Trial], temperature: float) -> float:
    """The relevance below which refusing costs least: own examples against the same with their script taken away."""
    scripts = len(trials[0].logits) - 1
    kept, strangers = [], []
    for trial in trials:
        logits = trial.logits[:-1]
        if trial.label < scripts:
            first = max(range(scripts), key=logits.__getitem__)
            if first == trial.label:
                kept.append(_relevance_of(first, logits, trial, temperature))
            logits[trial.label] = min(logits) - 1.0
        strangers.append(_relevance_of(max(range(scripts), key=logits.__getitem__), logits, trial, temperature))
    return min(_balance(sorted(kept), sorted(strangers)), STRICTEST) if kept else CAUTIOUS.out_of_scope


def _relevance_of(script: int, logits: Sequence[float], trial: Trial, temperature: float) -> float:
    nearest = trial.near[script != trial.label]
    return relevance(soften(logits, temperature)[script], nearest, logits[script] - trial.logits[-1])


def _balance(kept: Sequence[float], strangers: Sequence[float]) -> float:
    best, threshold, refused = 0.0, kept[0], 0
    for lost, candidate in enumerate(kept[: int(MOST_REFUSED * len(kept)) + 1]):
        while refused < len(strangers) and strangers[refused] < candidate:
            refused += 1
        worth = STRANGER * refused / len(strangers) - lost / len(kept)
        if worth > best:
            best, threshold = worth, candidate
    return threshold
