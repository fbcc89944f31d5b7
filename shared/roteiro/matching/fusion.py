"""Tier 2: what words and letters say of a message and what its sentence vector says, weighed into one ranking."""

from collections.abc import Sequence
from math import log, sqrt

from roteiro.matching.calibrating import Calibration, relevance, soften
from roteiro.matching.deciding import Standing, decide, in_order
from roteiro.matching.entries import Entry
from roteiro.matching.lanes import Lanes, Small, quantise
from roteiro.matching.ranking import MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.rows import unpack_rows

__all__ = ["WIDE", "Fusion", "is_unsure", "mixed"]

SURE = 0.9  # confidence from which a match of words and letters stands alone, see decision 0014
WIDE = 10  # candidates of tier 1 that are weighed; the others count as faint
FAINTEST = 0.001  # the least confidence that tier 1 is taken to have in a script, so that it cannot veto one
FUSED_TIER = 2


def is_unsure(ranking: Ranking) -> bool:
    """Whether a ranking of tier 1 is worth a second look: candidates there are, and none is surely meant."""
    if not ranking.tier or not ranking.candidates:
        return False
    return ranking.decision != MATCH or ranking.candidates[0].confidence < SURE


def mixed(logits: Sequence[float], chances: Sequence[float], weight: float) -> list[float]:
    """Late fusion: each script's logit by vectors plus the weighed logarithm of its confidence by words."""
    return [logit + weight * log(max(chance, FAINTEST)) for logit, chance in zip(logits, chances, strict=True)]


class Fusion:
    """The vectors of a catalogue, ready to weigh in; immutable. `entries` are those of the index it was fitted with."""

    def __init__(self, entries: Sequence[Entry], packed: bytes) -> None:
        facts, rows = unpack_rows(packed)
        self._entries = entries
        self._weight: float = facts["weight"]
        self._calibration = Calibration(*facts["calibration"])
        self._length: int = facts["length"]
        self._head = Lanes(rows[: len(entries) + 1])
        examples = iter(rows[len(entries) + 1 :])
        self._examples = [[next(examples) for _ in range(count)] for count in facts["examples"]]

    def rank(self, first: Ranking, vector: Sequence[float], most: int) -> Ranking:
        """Rank again with the message's vector, at most `most`. Raises ValueError for a vector of another length."""
        if len(vector) != self._length:
            raise ValueError(f"expected a vector of {self._length} numbers, found {len(vector)}")
        said = quantise(vector)
        *logits, background = self._head.products(said)
        fused = mixed(logits, self._chances(first), self._weight)
        chances = soften(fused, self._calibration.temperature)
        best = in_order(range(len(self._entries)), chances, self._entries)
        near, _ = self._nearest(best[0], said)
        lead = fused[best[0]] - background
        standing = Standing(relevance(chances[best[0]], near, lead), lead)
        verdict = decide(best, chances, standing, self._entries, self._calibration)
        doubt = sqrt(standing.belongs / self._calibration.out_of_scope) if verdict.decision == OUT_OF_SCOPE else 1.0
        known = {candidate.script_id: candidate for candidate in first.candidates}
        found = tuple(self._candidate(script, chances[script] * doubt, said, known) for script in best[:most])
        offered = tuple(self._entries[script].script_id for script in verdict.offered)
        return Ranking(verdict.decision, found, self._calibration.match, FUSED_TIER, offered)

    def _chances(self, first: Ranking) -> list[float]:
        total = sum(candidate.confidence for candidate in first.candidates) or 1.0
        known = {candidate.script_id: candidate.confidence / total for candidate in first.candidates}
        return [known.get(entry.script_id, 0.0) for entry in self._entries]

    def _nearest(self, script: int, said: Small) -> tuple[float, int]:
        """The largest cosine with an example of a script, and the example's place; 0 without examples."""
        cosines = [_product(said, example) for example in self._examples[script]]
        best = max(cosines, default=0.0)
        return max(best, 0.0), cosines.index(best) if cosines else 0

    def _candidate(self, script: int, confidence: float, said: Small, known: dict[int, Candidate]) -> Candidate:
        entry = self._entries[script]
        _, place = self._nearest(script, said)
        before = known.get(entry.script_id)
        return Candidate(
            entry.script_id,
            entry.title,
            round(confidence, 4),
            before.evidence if before else (),
            entry.examples[place] if entry.examples else None,
            before.negative_hit if before else None,
        )


def _product(one: Small, other: Small) -> float:
    total = sum(a * b for a, b in zip(one.numbers, other.numbers, strict=True))
    return total * one.unit * other.unit
