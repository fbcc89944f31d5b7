"""Accuracy, calibration and speed of a catalogue on messages it has not seen: what `roteiro evaluate` prints."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypedDict

from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.matching.index import Index, read_index
from roteiro.matching.ranking import MATCH, OUT_OF_SCOPE, Ranking

__all__ = ["Evaluation", "Prediction", "Row", "auroc", "calibration_error", "evaluate", "to_entries"]

Row = tuple[str, str]  # script, text; an empty script is out of scope, an empty text declares a script without examples

Look = Callable[[str, Ranking], Ranking]
Teach = Callable[[Index, Sequence[Entry]], Look]

SHOWN = 3  # candidates that count for top-3
WIDE = 10  # candidates that a later tier looks at
BINS = 15  # of confidence, as in Guo et al. 2017, "On Calibration of Modern Neural Networks"


class Prediction(NamedTuple):
    """One test message as judged; `predicted` is empty if nothing was ranked, `top` = leading (script, confidence)."""

    script: str
    text: str
    predicted: str
    confidence: float
    decision: str
    top: tuple[tuple[str, float], ...]
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Whether the best script was the true one."""
        return self.predicted == self.script

    @property
    def is_shown(self) -> bool:
        """Whether the true script was among the leading ones."""
        return any(name == self.script for name, _ in self.top)

    @property
    def is_started(self) -> bool:
        """Whether its script began without a question."""
        return self.decision == MATCH

    @property
    def is_refused(self) -> bool:
        """Whether the message was called out of scope."""
        return self.decision == OUT_OF_SCOPE


class Evaluation(TypedDict):
    """The keys of `--json` (rates 0..1, `None` when there was nothing to measure), and every prediction."""

    accuracy: float | None
    top3: float | None
    in_scope_accuracy: float | None
    oos_recall: float | None
    oos_auroc: float | None
    ece: float | None
    coverage_auto: float | None
    accuracy_auto: float | None
    conformal_coverage: float | None
    conformal_size: float | None
    fit_seconds: float
    query_ms_p50: float | None
    query_ms_p99: float | None
    artifact_bytes: int
    predictions: list[Prediction]


def evaluate(
    train_rows: Sequence[Row],
    test_rows: Sequence[Row],
    *,
    titles: bool = False,
    now: Callable[[], float],
    progress: Callable[[float], None] | None = None,
    teach: Teach | None = None,
) -> Evaluation:
    """Fit on the training rows as publishing does and judge the test rows; `now` is a clock in seconds.

    `teach` fits a later tier; what it returns looks again at a message and its ranking.
    """
    entries, names = to_entries(train_rows, titles=titles)
    began = now()
    artifact = compile_index(entries, progress=progress)
    index = read_index(artifact)
    look = teach(index, entries) if teach else None
    fit_seconds = now() - began
    predictions = [_judged(index, names, row, now, look) for row in test_rows]
    return _summed_up(predictions, index.calibration.clarify, fit_seconds, len(artifact))


def to_entries(rows: Sequence[Row], *, titles: bool = False) -> tuple[list[Entry], dict[int, str]]:
    """The scripts that rows declare, numbered from 1 by name, and the names; `titles` makes each name a title."""
    names = sorted({script for script, _ in rows if script})
    examples: dict[str, list[str]] = {name: [] for name in names}
    for script, text in rows:
        if script and text.strip():
            examples[script].append(text)
    spoken = {name: name.replace("_", " ").replace("-", " ") if titles else "" for name in names}
    entries = [
        Entry(number, spoken[name], "", tuple(dict.fromkeys(examples[name]))) for number, name in enumerate(names, 1)
    ]
    return entries, dict(enumerate(names, 1))


def calibration_error(claims: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error: how far confidence is from the share that was right, averaged over equal bins."""
    if not claims:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in claims:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    gaps = (abs(sum(confidence - right for confidence, right in members)) for members in bins.values())
    return sum(gaps) / len(claims)


def auroc(own: Sequence[float], strangers: Sequence[float]) -> float | None:
    """How often a message of ours has more confidence than a stranger; a tie counts half."""
    if not own or not strangers:
        return None
    ordered = sorted([(value, True) for value in own] + [(value, False) for value in strangers])
    ranks, at = 0.0, 0
    for _, group in groupby(ordered, key=lambda pair: pair[0]):
        flags = [is_own for _, is_own in group]
        ranks += sum(flags) * (at + (len(flags) + 1) / 2)
        at += len(flags)
    return (ranks - len(own) * (len(own) + 1) / 2) / (len(own) * len(strangers))


def _judged(index: Index, names: dict[int, str], row: Row, now: Callable[[], float], look: Look | None) -> Prediction:
    script, text = row
    began = now()
    ranking = look(text, index.rank(text, WIDE)) if look else index.rank(text)
    took = (now() - began) * 1000
    top = tuple((names[candidate.script_id], candidate.confidence) for candidate in ranking.candidates[:SHOWN])
    predicted, confidence = top[0] if top else ("", 0.0)
    return Prediction(script, text, predicted, confidence, ranking.decision, top, took)


def _summed_up(predictions: list[Prediction], clarify: float, fit_seconds: float, artifact_bytes: int) -> Evaluation:
    own = [one for one in predictions if one.script]
    strangers = [one for one in predictions if not one.script]
    times = sorted(map(_milliseconds, predictions))
    started = list(filter(_is_started, own))
    return Evaluation(
        accuracy=_share(list(map(_is_right, own))),
        top3=_share([one.is_shown for one in own]),
        in_scope_accuracy=_share([one.is_right and not one.is_refused for one in own]),
        oos_recall=_share(list(map(_is_refused, strangers))),
        oos_auroc=auroc(list(map(_confidence, own)), list(map(_confidence, strangers))),
        ece=calibration_error([(one.confidence, one.is_right) for one in own]),
        coverage_auto=_share(list(map(_is_started, own))),
        accuracy_auto=_share(list(map(_is_right, started))),
        conformal_coverage=_share([one.script in _likely(one, clarify) for one in own]),
        conformal_size=_share([len(_likely(one, clarify)) for one in own]),
        fit_seconds=fit_seconds,
        query_ms_p50=_quantile(times, 50),
        query_ms_p99=_quantile(times, 99),
        artifact_bytes=artifact_bytes,
        predictions=predictions,
    )


_is_right = attrgetter("is_right")
_is_started = attrgetter("is_started")
_is_refused = attrgetter("is_refused")
_confidence = attrgetter("confidence")
_milliseconds = attrgetter("milliseconds")


def _likely(prediction: Prediction, clarify: float) -> list[str]:
    return [name for name, confidence in prediction.top if confidence >= clarify]


def _quantile(ordered: Sequence[float], percent: int) -> float | None:
    return ordered[len(ordered) * percent // 100] if ordered else None


def _share(counts: Sequence[int]) -> float | None:
    return sum(counts) / len(counts) if counts else None
