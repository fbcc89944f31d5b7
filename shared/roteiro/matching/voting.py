"""What a vote may change: it can settle a question between the leading two, or raise one, and nothing else."""

from collections.abc import Sequence

from roteiro.matching.entries import Entry
from roteiro.matching.features import cosine, count_features, measure_rarity, weigh
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, Ranking
from roteiro.matching.text import words

__all__ = ["counted", "is_worth_a_vote", "nearest_examples"]

LEADING = 2  # candidates among which a vote may settle the question (matching specification)
VOTER_TIER = 3


def is_worth_a_vote(ranking: Ranking) -> bool:
    """Whether a vote could change the decision: never one that was out of scope, nor one of words and letters alone."""
    return ranking.decision in (CLARIFY, HANDOFF) or (ranking.decision == MATCH and ranking.tier > 1)


def counted(ranking: Ranking, vote: int | None, unproven: frozenset[int]) -> Ranking:
    """The ranking after a vote for a script id, or for none of them.

    `unproven` are the scripts without examples, which never start without being asked about.
    """
    leading = [candidate.script_id for candidate in ranking.candidates[:LEADING]]
    if ranking.decision == MATCH:
        return ranking._replace(tier=VOTER_TIER) if vote == leading[0] else _asked(ranking, leading)
    if vote not in leading:
        return ranking._replace(tier=VOTER_TIER)
    if ranking.decision == HANDOFF or vote in unproven:
        return _asked(ranking, sorted(leading, key=lambda script: script != vote))
    first = sorted(ranking.candidates, key=lambda candidate: candidate.script_id != vote)
    return ranking._replace(decision=MATCH, candidates=tuple(first), tier=VOTER_TIER, offered=())


def nearest_examples(message: str, entries: Sequence[Entry], most: int) -> list[tuple[str, ...]]:
    """For each entry its examples that are most like the message, at most `most`, nearest first."""
    documents = [count_features(words(example)) for entry in entries for example in entry.examples]
    vocabulary = measure_rarity(documents)
    said = weigh(count_features(words(message)), vocabulary)
    near = iter([cosine(said, [weigh(counts, vocabulary)]) for counts in documents])
    ranked = [sorted(((next(near), example) for example in entry.examples), reverse=True) for entry in entries]
    return [tuple(example for _, example in examples[:most]) for examples in ranked]


def _asked(ranking: Ranking, offered: Sequence[int]) -> Ranking:
    return ranking._replace(decision=CLARIFY, tier=VOTER_TIER, offered=tuple(offered))
