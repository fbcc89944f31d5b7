"""The compiled catalogue, ready to rank messages. Immutable; one per instance and catalogue revision."""

from collections.abc import Collection, Sequence
from typing import Any

from roteiro.matching.artifact import Packed, unpack
from roteiro.matching.calibrating import Calibration, soften
from roteiro.matching.entries import Entry
from roteiro.matching.features import Vector, count_features, weigh
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.text import normalise, words

__all__ = ["Index", "read_index"]

MOST_OFFERED = 3  # scripts a question may name (specification)
TIE = 0.02  # difference of confidence that `priority` may turn round (specification)
NEGATIVE_LEFT = 0.2  # what is left of a confidence when the message equals a negative example; chosen


def read_index(artifact: bytes) -> "Index":
    """Read what `compile_index` wrote. Raises `ValueError` when it is damaged or of an unknown version."""
    return Index(unpack(artifact))


class Index:
    """Ranks messages over the scripts it was compiled from."""

    def __init__(self, parts: Packed) -> None:
        facts = parts.facts
        self.entries = [_entry(raw) for raw in facts["entries"]]
        self.calibration = Calibration(*facts["calibration"])
        self._unit: float = facts["unit"]
        names = facts["vocabulary"].split("\n") if facts["vocabulary"] else []
        self._vocabulary = {
            name: (number, rarity) for number, (name, rarity) in enumerate(zip(names, parts.rarities, strict=True))
        }
        self._parts = parts
        self._exact: dict[str, set[int]] = {}
        self._negative: dict[str, set[int]] = {}
        for number, entry in enumerate(self.entries):
            for example in entry.examples:
                self._exact.setdefault(normalise(example), set()).add(number)
            for example in entry.negative_examples:
                self._negative.setdefault(normalise(example), set()).add(number)

    def rank(self, message: str, k: int = 3, among: Collection[int] | None = None) -> Ranking:
        """Rank at most `k` scripts for a message; `among` leaves only these script ids (the answer to "A ou B?")."""
        vector = weigh(count_features(message), self._vocabulary)
        allowed = [n for n, entry in enumerate(self.entries) if among is None or entry.script_id in among]
        if not vector or not allowed:
            return Ranking(OUT_OF_SCOPE, (), self.calibration.match, 1, ())
        chances = self._chances(vector)
        plain = normalise(message)
        for number in self._negative.get(plain, ()):
            chances[number] *= NEGATIVE_LEFT
        exact = self._exact.get(plain, set()) & set(allowed)
        if len(exact) == 1:
            (number,) = exact
            chances[number] = 1.0
        best = self._in_order(allowed, chances)
        offered = [n for n in best if chances[n] >= self.calibration.clarify][: MOST_OFFERED + 1]
        decision = MATCH if len(exact) == 1 else self._decide(best, chances, offered)
        candidates = tuple(self._candidate(number, chances[number], message, vector, plain) for number in best[:k])
        ids = tuple(self.entries[number].script_id for number in offered) if decision == CLARIFY else ()
        return Ranking(decision, candidates, self.calibration.match, 0 if exact else 1, ids)

    def _chances(self, vector: Vector) -> list[float]:
        starts, labels, weights = self._parts.starts, self._parts.labels, self._parts.weights
        logits = [0.0] * (len(self.entries) + 1)
        for feature, value in vector:
            begin, end = starts[feature], starts[feature + 1]
            for label, weight in zip(labels[begin:end], weights[begin:end], strict=True):
                logits[label] += weight * value
        return soften([logit * self._unit for logit in logits], self.calibration.temperature)

    def _in_order(self, allowed: Sequence[int], chances: Sequence[float]) -> list[int]:
        best = sorted(allowed, key=lambda number: (-chances[number], number))
        near = [n for n in best if chances[n] > chances[best[0]] - TIE]
        return sorted(near, key=lambda n: -self.entries[n].priority) + best[len(near) :]

    def _decide(self, best: Sequence[int], chances: Sequence[float], offered: Sequence[int]) -> str:
        first = best[0]
        if chances[first] < self.calibration.out_of_scope:
            return OUT_OF_SCOPE
        sure = chances[first] >= max(self.calibration.match, self.entries[first].min_confidence)
        if sure and not any(self.entries[number].is_title_only for number in offered):
            return MATCH
        return CLARIFY if offered and len(offered) <= MOST_OFFERED else HANDOFF

    def _candidate(self, number: int, confidence: float, message: str, vector: Vector, plain: str) -> Candidate:
        entry = self.entries[number]
        spoken = set(words(message))
        nearest = max(entry.examples, key=lambda example: len(spoken & set(words(example))), default=None)
        hit = next((text for text in entry.negative_examples if normalise(text) == plain), None)
        evidence = tuple(word for word in dict.fromkeys(words(message)) if nearest and word in set(words(nearest)))
        return Candidate(entry.script_id, entry.title, round(min(confidence, 1.0), 4), evidence, nearest, hit)


def _entry(raw: Sequence[Any]) -> Entry:
    script_id, title, description, examples, negatives, keywords, priority, min_confidence = raw
    return Entry(
        script_id, title, description, tuple(examples), tuple(negatives), tuple(keywords), priority, min_confidence
    )
