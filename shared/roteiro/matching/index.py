"""The compiled catalogue, ready to rank messages. Immutable; one per instance and catalogue revision."""

from collections.abc import Collection, Sequence
from math import sqrt
from typing import Any, NamedTuple

from roteiro.matching.answering import NONE_OF_THEM, named, position
from roteiro.matching.artifact import Packed, unpack
from roteiro.matching.calibrating import Calibration, relevance, soften
from roteiro.matching.deciding import Verdict, decide, decide_exact, in_order
from roteiro.matching.entries import Entry
from roteiro.matching.explaining import Parts, evidence, split
from roteiro.matching.features import Vector, Vocabulary, count_features, weigh
from roteiro.matching.ranking import MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.scoring import Scorer
from roteiro.matching.shelf import Shelf
from roteiro.matching.spelling import Speller
from roteiro.matching.text import normalise, words

__all__ = ["Index", "read_index"]

CHECKED = 3  # leading scripts whose negative examples are compared with the message
NEGATIVE_NEAR = 0.5  # cosine from which a negative example may speak; chosen
NEGATIVE_LEFT = 0.2  # what a negative example nearer than every example leaves of a confidence; chosen
CERTAIN = 1.0  # of an example said word for word


def read_index(artifact: bytes) -> "Index":
    """Read what `compile_index` wrote. Raises `ValueError` when it is damaged or of an unknown version."""
    return Index(unpack(artifact))


class _Message(NamedTuple):
    """A customer's words as the index sees them; `plain` is the form in which tier 0 compares."""

    plain: str
    vector: Vector
    parts: Parts


class Index:
    """Ranks messages over the scripts it was compiled from."""

    def __init__(self, parts: Packed) -> None:
        facts = parts.facts
        self.entries = tuple(_entry(raw) for raw in facts["entries"])
        self._numbers = {entry.script_id: number for number, entry in enumerate(self.entries)}
        self.calibration = Calibration(*facts["calibration"])
        names = facts["vocabulary"].split("\n") if facts["vocabulary"] else []
        numbered = zip(names, enumerate(parts.rarities), strict=True)
        self._vocabulary = Vocabulary(dict(numbered), facts["unseen"])
        self._speller = Speller({word: rank for rank, word in enumerate(facts["words"].split())})
        self._scorer = Scorer(parts, len(self.entries) + 1)
        self._examples = Shelf([entry.examples or (entry.summary,) for entry in self.entries], self._vocabulary)
        self._negatives = Shelf([entry.negative_examples for entry in self.entries], self._vocabulary)
        self._exact: dict[str, set[int]] = {}
        for number, plains in enumerate(facts["exact"]):
            for plain in plains:
                self._exact.setdefault(plain, set()).add(number)

    def rank(self, message: str, k: int = 3, among: Collection[int] | None = None) -> Ranking:
        """Rank at most `k` scripts for a message.

        `among` leaves only these script ids, in the order in which a question named them: then "o primeiro", "sim" and
        a word of one title are understood too.
        """
        allowed = self._allowed(among)
        said = self._read(message)
        if among is not None and (chosen := self._answer(message, allowed)) is not None:
            return self._answered(chosen, allowed, said, k)
        if not said.vector or not allowed:
            return self._ranking(Verdict(OUT_OF_SCOPE), (), 1)
        logits = self._scorer.logits(said.vector)
        chances = self._chances(logits, allowed)
        best = in_order(allowed, chances, self.entries)
        hits = self._negative_hits(best[:CHECKED], chances, said)
        exact = self._exact.get(said.plain, set()).intersection(allowed)
        if exact:
            chances = [CERTAIN / len(exact) * (script in exact) for script in range(len(chances))]
        if hits or exact:
            best = in_order(allowed, chances, self.entries)
        belongs = self._belongs(best[0], chances, logits, said.vector)
        verdict = decide_exact(best[: len(exact)]) or decide(best, chances, belongs, self.entries, self.calibration)
        doubt = sqrt(belongs / self.calibration.out_of_scope) if verdict.decision == OUT_OF_SCOPE else 1.0
        found = tuple(self._candidate(script, chances[script] * doubt, said, hits.get(script)) for script in best[:k])
        return self._ranking(verdict, found, 0 if exact else 1)

    def _allowed(self, among: Collection[int] | None) -> list[int]:
        numbers = self._numbers
        return [numbers[script] for script in (numbers if among is None else among) if script in numbers]

    def _read(self, message: str) -> _Message:
        found = self._speller.correct(words(message))
        vector = weigh(count_features(found), self._vocabulary)
        return _Message(normalise(message), vector, split(found, vector, self._vocabulary))

    def _answer(self, message: str, allowed: Sequence[int]) -> int | None:
        """The place in `allowed` that a short answer names, `NONE_OF_THEM`, or `None` when it is no such answer."""
        place = position(message, len(allowed))
        return named(message, [self.entries[script].title for script in allowed]) if place is None else place

    def _answered(self, chosen: int, allowed: Sequence[int], said: _Message, k: int) -> Ranking:
        if chosen == NONE_OF_THEM:
            return self._ranking(Verdict(OUT_OF_SCOPE), (), 0)
        order = [allowed[chosen], *allowed[:chosen], *allowed[chosen + 1 :]]
        found = tuple(self._candidate(script, CERTAIN * (script == order[0]), said, None) for script in order[:k])
        return self._ranking(Verdict(MATCH), found, 0)

    def _chances(self, logits: Sequence[float], allowed: Sequence[int]) -> list[float]:
        chances = [0.0] * len(self.entries)
        softened = soften([logits[script] for script in allowed], self.calibration.temperature)
        for script, chance in zip(allowed, softened, strict=True):
            chances[script] = chance
        return chances

    def _negative_hits(self, leading: Sequence[int], chances: list[float], said: _Message) -> dict[int, str]:
        """Take confidence away from scripts whose negative example is nearer than any example; say which it was."""
        hits: dict[int, str] = {}
        for script in leading:
            near, text = self._negatives.nearest(script, said.vector)
            if text and near >= NEGATIVE_NEAR and near > self._examples.nearest(script, said.vector)[0]:
                hits[script] = text
                chances[script] *= NEGATIVE_LEFT
        return hits

    def _belongs(self, script: int, chances: Sequence[float], logits: Sequence[float], vector: Vector) -> float:
        return relevance(chances[script], self._examples.nearest(script, vector)[0], logits[script] - logits[-1])

    def _candidate(self, script: int, confidence: float, said: _Message, hit: str | None) -> Candidate:
        entry = self.entries[script]
        nearest = self._examples.nearest(script, said.vector)[1] if entry.examples else None
        carried = evidence(said.parts, script, self._scorer)
        return Candidate(entry.script_id, entry.title, round(confidence, 4), carried, nearest, hit)

    def _ranking(self, verdict: Verdict, found: tuple[Candidate, ...], tier: int) -> Ranking:
        offered = tuple(self.entries[script].script_id for script in verdict.offered)
        return Ranking(verdict.decision, found, self.calibration.match, tier, offered)


def _entry(raw: Sequence[Any]) -> Entry:
    script_id, title, description, examples, negatives, keywords, priority, least = raw
    return Entry(script_id, title, description, tuple(examples), tuple(negatives), tuple(keywords), priority, least)
