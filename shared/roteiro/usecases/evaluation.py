"""How a catalogue does on messages whose script is known: what an admin tries before publishing."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from roteiro.domain.choice import Choice, Decision
from roteiro.usecases.published import PublishedCatalogue

__all__ = ["Case", "Confused", "Evaluation", "Outcome", "evaluate_cases"]

_SHOWN = 3  # candidates looked at: those of accuracy@3


class Case(NamedTuple):
    """A message and the script it is about; None: it is about nothing that we handle."""

    text: str
    script: int | None


class Outcome(NamedTuple):
    """What was decided about a case: the best script, its calibrated confidence 0..1, and whether that was right."""

    text: str
    script: int | None
    predicted: int | None
    confidence: float
    decision: Decision
    is_right: bool
    is_shown: bool  # the right script is among the first three


class Confused(NamedTuple):
    """`times` cases of `script` were ranked as `taken_for`."""

    script: int
    taken_for: int
    times: int


class Evaluation(NamedTuple):
    """Shares 0..1; the accuracies are of the ranking alone, over cases with a script; None: there was no such case."""

    accuracy_at_1: float | None
    accuracy_at_3: float | None
    abstention: float  # cases for which no script started, of all
    out_of_scope_recall: float | None  # cases without a script that were refused
    confusion: Sequence[Confused]
    outcomes: Sequence[Outcome]


def evaluate_cases(cases: Sequence[Case], catalogue: PublishedCatalogue) -> Evaluation:
    """Rank every case with the compiled index."""
    outcomes = [_outcome(case, catalogue.rank(case.text, most=_SHOWN)) for case in cases]
    own = [outcome for outcome in outcomes if outcome.script is not None]
    strangers = [outcome for outcome in outcomes if outcome.script is None]
    return Evaluation(
        accuracy_at_1=_share(own, lambda one: one.is_right),
        accuracy_at_3=_share(own, lambda one: one.is_shown),
        abstention=_share(outcomes, lambda one: one.decision is not Decision.MATCH) or 0.0,
        out_of_scope_recall=_share(strangers, lambda one: one.is_right),
        confusion=_confusion(outcomes),
        outcomes=outcomes,
    )


def _outcome(case: Case, choice: Choice) -> Outcome:
    ranked = [candidate.script for candidate in choice.candidates]
    predicted = ranked[0] if ranked else None
    is_refused = choice.decision is Decision.OUT_OF_SCOPE
    return Outcome(
        text=case.text,
        script=case.script,
        predicted=predicted,
        confidence=round(choice.confidence, 4),
        decision=choice.decision,
        is_right=is_refused if case.script is None else predicted == case.script,
        is_shown=case.script in ranked,
    )


def _confusion(outcomes: Sequence[Outcome]) -> list[Confused]:
    """Return which scripts were taken for which, the most frequent first."""
    wrong = Counter(
        (one.script, one.predicted)
        for one in outcomes
        if one.script is not None and one.predicted is not None and not one.is_right
    )
    return [Confused(script, taken_for, times) for (script, taken_for), times in wrong.most_common()]


def _share(outcomes: Sequence[Outcome], is_counted: Callable[[Outcome], bool]) -> float | None:
    return round(sum(map(is_counted, outcomes)) / len(outcomes), 4) if outcomes else None
