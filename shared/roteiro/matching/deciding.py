"""The policy: from confidences to `match`, `clarify`, `out_of_scope` or `handoff`. It forces a script on nobody."""

from collections.abc import Sequence
from typing import NamedTuple

from roteiro.matching.calibrating import Calibration
from roteiro.matching.entries import Entry
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE

__all__ = ["Standing", "Verdict", "decide", "decide_exact", "in_order"]

MOST_OFFERED = 3  # scripts a question may name (matching specification)
LOOKED_AT = 3  # how far down a script without examples makes the bot ask (matching specification)
WORTH_NAMING = 0.02  # confidence below which a second topic is no choice at all; chosen
FOREMOST = 0.0  # logits above the background from which a script starts unasked, see decision 0015
# Of a script that begins readily, see decision 0034: chosen on messages that its pack was not tuned to.
LIKELY = 0.5  # confidence: more probable than all others together
BARELY_BEHIND = -1.5  # logits beside the background
NEAR_ENOUGH = 0.7  # of the relevance that others need
TIE = 0.02  # difference of confidence that `priority` may turn round (scripts specification 2.3)


class Standing(NamedTuple):
    """Of the leading script: its relevance, 0..1, and how many logits it stands above the background."""

    belongs: float
    lead: float


class Verdict(NamedTuple):
    """The decision and the numbers of the scripts to name in the question, best first."""

    decision: str
    offered: tuple[int, ...] = ()


def in_order(scripts: Sequence[int], chances: Sequence[float], entries: Sequence[Entry]) -> list[int]:
    """Most confident first; among those within a hair of the first, the higher priority wins."""
    best = sorted(scripts, key=chances.__getitem__, reverse=True)
    near = [script for script in best if chances[script] > chances[best[0]] - TIE]
    return sorted(near, key=lambda script: -entries[script].priority) + best[len(near) :]


def decide_exact(said_word_for_word: Sequence[int]) -> Verdict | None:
    """Tier 0: the example of one script starts it, of several asks which; `None` when it is nobody's example."""
    if len(said_word_for_word) > 1:
        return Verdict(CLARIFY, tuple(said_word_for_word[:MOST_OFFERED]))
    return Verdict(MATCH) if said_word_for_word else None


def decide(
    best: Sequence[int],
    chances: Sequence[float],
    standing: Standing,
    entries: Sequence[Entry],
    calibration: Calibration,
) -> Verdict:
    """`best` are script numbers in order, `standing` is how the first of them stands beside the background."""
    first = best[0]
    if standing.belongs < _least_relevance(entries[first], calibration):
        return Verdict(OUT_OF_SCOPE)
    likely = [script for script in best if chances[script] >= calibration.clarify]
    unproven = any(entries[script].is_title_only for script in likely[:LOOKED_AT])
    if not unproven and _is_sure(chances[first], standing, entries[first], calibration):
        return Verdict(MATCH)
    if standing.belongs < calibration.out_of_scope:
        return Verdict(OUT_OF_SCOPE)
    if len(likely) > MOST_OFFERED and not unproven:
        return Verdict(HANDOFF)
    named = likely if len(likely) > 1 else _worth_naming(best[:2], chances)
    return Verdict(CLARIFY, tuple(named[:MOST_OFFERED]) or (first,))


def _worth_naming(scripts: Sequence[int], chances: Sequence[float]) -> list[int]:
    return [script for script in scripts if chances[script] >= WORTH_NAMING]


def _least_relevance(entry: Entry, calibration: Calibration) -> float:
    return calibration.out_of_scope * (NEAR_ENOUGH if entry.readily else 1)


def _is_sure(chance: float, standing: Standing, entry: Entry, calibration: Calibration) -> bool:
    usual, lead = (LIKELY, BARELY_BEHIND) if entry.readily else (calibration.match, FOREMOST)
    return chance >= max(usual, entry.min_confidence) and standing.lead >= lead
