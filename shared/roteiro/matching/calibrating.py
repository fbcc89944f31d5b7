"""From cross-validated scores to the numbers that turn a logit into an honest confidence and a decision."""

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

__all__ = ["CAUTIOUS", "Calibration", "Trial", "calibrate", "soften"]


class Calibration(NamedTuple):
    """All numbers are chosen on the scripts' own examples; `match`, `clarify` and `out_of_scope` are confidences 0..1."""

    temperature: float
    out_of_scope: float
    clarify: float
    match: float


class Trial(NamedTuple):
    """One example scored by a model that had not seen it."""

    logits: list[float]
    label: int


CAUTIOUS = Calibration(temperature=1.6, out_of_scope=0.25, clarify=0.12, match=0.75)
TEMPERATURES = [1.08**step for step in range(-12, 25)]  # 0.4 to 6.3
SELECTIVE = 0.97  # share of automatic starts that must be right (matching specification)
COVERED = 0.93  # how often the right script must be among those asked about (matching specification)
KEPT = 0.97  # share of examples that must not be called out of scope


def soften(logits: Sequence[float], temperature: float) -> list[float]:
    """Softmax at a temperature: the confidence of each class."""
    top = max(logits)
    odds = [exp((logit - top) / temperature) for logit in logits]
    total = sum(odds)
    return [value / total for value in odds]


def calibrate(trials: Sequence[Trial]) -> Calibration:
    """Choose temperature and thresholds so that what the trials promise is what they kept."""
    temperature = min(TEMPERATURES, key=lambda candidate: _surprise(trials, candidate))
    known: list[tuple[float, float, bool]] = []
    for trial in trials:
        chances = soften(trial.logits, temperature)
        best = max(range(len(chances) - 1), key=chances.__getitem__)
        known.append((chances[best], chances[trial.label], best == trial.label))
    return Calibration(
        temperature=temperature,
        out_of_scope=_quantile(sorted(best for best, _, _ in known), 1 - KEPT),
        clarify=_quantile(sorted(own for _, own, _ in known), 1 - COVERED),
        match=_safe_start(sorted(((best, right) for best, _, right in known), reverse=True)),
    )


def _surprise(trials: Sequence[Trial], temperature: float) -> float:
    return -sum(log(max(soften(trial.logits, temperature)[trial.label], 1e-9)) for trial in trials)


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _safe_start(ranked: Sequence[tuple[float, bool]]) -> float:
    right, threshold = 0, 0.95
    for count, (confidence, is_right) in enumerate(ranked, start=1):
        right += is_right
        if right >= SELECTIVE * count:
            threshold = confidence
    return max(threshold, 0.4)
