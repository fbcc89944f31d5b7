"""The compiled catalogue, ready to rank messages. Immutable; one per instance and catalogue revision."""

from collections.abc import Collection, Sequence
from math import sqrt
from typing import Any, NamedTuple

from roteiro.matching.artifact import Packed, unpack
from roteiro.matching.calibrating import Calibration, relevance, soften
from roteiro.matching.clauses import clauses
from roteiro.matching.corpus import known_names
from roteiro.matching.deciding import Standing, Verdict, decide, decide_exact, in_order
from roteiro.matching.entries import Entry
from roteiro.matching.explaining import Parts, evidence, split
from roteiro.matching.features import Vector, Vocabulary, count_features, weigh
from roteiro.matching.phrases import MEASURES
from roteiro.matching.ranking import MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.scoring import Scorer
from roteiro.matching.shelf import Shelf
from roteiro.matching.spelling import Speller
from roteiro.matching.text import normalise, words

__all__ = ["Index", "read_index"]

CHECKED = 3  # leading scripts whose negative examples are compared with the message
NEGATIVE_NEAR = 0.5  # cosine from which a negative example may speak; chosen
NEGATIVE_AHEAD = 0.1  # cosine by which it must be nearer than every example: shared words alone do not count
NEGATIVE_LEFT = 0.2  # what such a negative example leaves of a confidence; chosen
FEWEST_LETTERS = 3  # of a message that begins anything readily: "x" is likely of whatever has an x; chosen
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
        self._unready = tuple(entry._replace(readily=False) for entry in self.entries)
        self._numbers = {entry.script_id: number for number, entry in enumerate(self.entries)}
        self.calibration = Calibration(*facts["calibration"])
        # (right, all) of each script's examples when held out; empty for a small catalogue or an index of before
        shares = zip(self.entries, facts.get("held_out", ()), strict=False)
        self.held_out: dict[int, tuple[int, int]] = {entry.script_id: (right, all_) for entry, (right, all_) in shares}
        self._vocabulary = _vocabulary(parts)
        self._speller = Speller({word: rank for rank, word in enumerate(facts["words"].split())})
        self._scorer = Scorer(parts, len(self.entries) + 1)
        self._lexicon = known_names(self.entries)
        own = [entry.examples or (entry.summary,) for entry in self.entries]
        self._examples = Shelf(own, self._vocabulary, self._lexicon)
        self._negatives = Shelf([entry.negative_examples for entry in self.entries], self._vocabulary, self._lexicon)
        self._exact = _turned(facts["exact"])

    def rank(self, message: str, k: int = 3, among: Collection[int] | None = None) -> Ranking:
        """Rank at most `k` scripts for a message; `among` leaves only these script ids."""
        allowed = self._allowed(among)
        parts = clauses(message) if any(self.entries[script].readily for script in allowed) else ()
        if not parts:
            return self._ranked(message, k, allowed)
        whole = self._ranked(message, k, allowed, readily=False)
        if whole.decision == MATCH:
            return whole
        return self._by_clause(parts, k, allowed) or self._ranked(message, k, allowed)

    def _by_clause(self, parts: Sequence[str], k: int, allowed: Sequence[int]) -> Ranking | None:
        """Rank by the one clause that alone is sure of a script; None if none is, or two of different ones.

        A courtesy (a script of negative priority) is no demand beside others.
        """
        sure: dict[int, Ranking] = {}
        for clause in parts:
            found = self._ranked(clause, k, allowed, readily=False)
            if found.decision == MATCH and self.entries[self._numbers[found.candidates[0].script_id]].priority >= 0:
                sure.setdefault(found.candidates[0].script_id, found)
        return next(iter(sure.values())) if len(sure) == 1 else None

    def _ranked(self, message: str, k: int, allowed: Sequence[int], *, readily: bool = True) -> Ranking:
        said = self._read(message)
        if not said.vector or not allowed:
            return self._ranking(Verdict(OUT_OF_SCOPE), (), 1)
        logits = self._scorer.logits(said.vector)
        chances = self._chances(logits, allowed)
        best = in_order(allowed, chances, self.entries)
        hits = self._negative_hits(best[:CHECKED], chances, said)
        exact = self._exact.get(said.plain, set()).intersection(allowed)
        if exact:
            chances = _shared_among(exact, len(chances))
        if hits or exact:
            best = in_order(allowed, chances, self.entries)
        standing = self._standing(best[0], chances, logits, said.vector)
        entries = self.entries if readily and _says_something(said.plain) else self._unready
        verdict = decide_exact(best[: len(exact)]) or decide(best, chances, standing, entries, self.calibration)
        doubt = sqrt(standing.belongs / self.calibration.out_of_scope) if verdict.decision == OUT_OF_SCOPE else 1.0
        found = tuple(self._candidate(script, chances[script] * doubt, said, hits.get(script)) for script in best[:k])
        return self._ranking(verdict, found, 0 if exact else 1)

    def _allowed(self, among: Collection[int] | None) -> list[int]:
        numbers = self._numbers
        return [numbers[script] for script in (numbers if among is None else among) if script in numbers]

    def _read(self, message: str) -> _Message:
        found = self._lexicon.join(self._speller.correct(words(message)))
        vector = weigh(count_features(found), self._vocabulary)
        return _Message(normalise(message), vector, split(found, vector, self._vocabulary))

    def _chances(self, logits: Sequence[float], allowed: Sequence[int]) -> list[float]:
        chances = [0.0] * len(self.entries)
        softened = soften([logits[script] for script in allowed], self.calibration.temperature)
        for script, chance in zip(allowed, softened, strict=True):
            chances[script] = chance
        return chances

    def _negative_hits(self, leading: Sequence[int], chances: list[float], said: _Message) -> dict[int, str]:
        """Take confidence away from scripts whose negative example is clearly nearer than any example; say which."""
        hits: dict[int, str] = {}
        for script in leading:
            near, text = self._negatives.nearest(script, said.vector)
            if not text or near < NEGATIVE_NEAR:
                continue
            if near > self._examples.nearest(script, said.vector)[0] + NEGATIVE_AHEAD:
                hits[script] = text
                chances[script] *= NEGATIVE_LEFT
        return hits

    def _standing(self, script: int, chances: Sequence[float], logits: Sequence[float], vector: Vector) -> Standing:
        lead = logits[script] - logits[-1]
        return Standing(relevance(chances[script], self._examples.nearest(script, vector)[0], lead), lead)

    def _candidate(self, script: int, confidence: float, said: _Message, hit: str | None) -> Candidate:
        entry = self.entries[script]
        nearest = self._examples.nearest(script, said.vector)[1] if entry.examples else None
        carried = evidence(said.parts, script, self._scorer)
        return Candidate(entry.script_id, entry.title, round(confidence, 4), carried, nearest, hit)

    def _ranking(self, verdict: Verdict, found: tuple[Candidate, ...], tier: int) -> Ranking:
        offered = tuple(self.entries[script].script_id for script in verdict.offered)
        return Ranking(verdict.decision, found, self.calibration.match, tier, offered)


def _says_something(plain: str) -> bool:
    """Say whether words may begin anything readily: more than a letter, an amount or a time."""
    if len(plain) < FEWEST_LETTERS:
        return False
    return any(word not in MEASURES and not word[0].isdecimal() for word in plain.split())


def _shared_among(exact: Collection[int], count: int) -> list[float]:
    """Return all certainty for the scripts whose example was said word for word."""
    return [CERTAIN / len(exact) * (script in exact) for script in range(count)]


def _vocabulary(parts: Packed) -> Vocabulary:
    written = parts.facts["vocabulary"]
    names = written.split("\n") if written else []
    return Vocabulary(dict(zip(names, enumerate(parts.rarities), strict=True)), parts.facts["unseen"])


def _turned(forms: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """Turn the plain forms of each script's examples into the scripts of each form."""
    scripts: dict[str, set[int]] = {}
    for script, plains in enumerate(forms):
        for plain in plains:
            scripts.setdefault(plain, set()).add(script)
    return scripts


def _entry(raw: Sequence[Any]) -> Entry:
    script_id, title, description, examples, negatives, keywords, priority, least, *later = raw
    readily, names = later or (False, ())  # an index of before has neither
    texts = (tuple(examples), tuple(negatives), tuple(keywords))
    return Entry(script_id, title, description, *texts, priority, least, readily, tuple(names))
