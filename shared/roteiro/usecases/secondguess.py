"""A catalogue that looks twice: where words and letters are unsure, a sentence vector weighs in, then a model votes.

Each is asked at most once per request, however often the turn is decided again, and each may fail: what was ranked
before stands.
"""

import logging
import secrets
from collections.abc import Collection, Sequence

from roteiro.domain.ids import ScriptId
from roteiro.errors import ModelUnavailable
from roteiro.matching.fusion import WIDE, Fusion, is_unsure
from roteiro.matching.ranking import Ranking
from roteiro.matching.voting import counted, is_worth_a_vote, nearest_examples
from roteiro.ports import Embedder, Shelf, Voter
from roteiro.prompting.ballot import NONE, Option, ballot
from roteiro.prompting.masking import mask
from roteiro.usecases.parts import read_parts
from roteiro.usecases.published import Kept, PublishedCatalogue

__all__ = ["SecondGuess"]

_EXAMPLES = 2  # of each script on a ballot (matching specification)
_log = logging.getLogger("roteiro.secondguess")


class SecondGuess(PublishedCatalogue):
    """The published scripts of one pack for one request, with the later tiers of matching."""

    def __init__(self, pack: str, shelf: Shelf, kept: Kept, embedder: Embedder | None, voter: Voter | None) -> None:
        super().__init__(pack, shelf, kept)
        self._embedder = embedder
        self._voter = voter
        self._asked = ""  # the message whose turn this is; parts of it are ranked by words and letters alone
        self._guess: tuple[Ranking, int] | None = None

    def _ranked(self, message: str, among: Collection[ScriptId] | None, most: int) -> tuple[Ranking, int]:
        first, tokens = super()._ranked(message, among, most)
        self._asked = self._asked or message
        if among is not None or message != self._asked or not is_unsure(first):
            return first, tokens
        self._guess = self._guess or self._guessed(message)
        ranking, tokens = self._guess
        return ranking._replace(candidates=ranking.candidates[:most]), tokens

    def _guessed(self, message: str) -> tuple[Ranking, int]:
        wide, _ = super()._ranked(message, None, WIDE)
        ranking, spent = self._weighed(message, wide)
        ranking, also_spent = self._voted(message, ranking)
        return ranking, spent + also_spent

    def _weighed(self, message: str, first: Ranking) -> tuple[Ranking, int]:
        """Tier 2, or the ranking as it was."""
        fusion = self._fusion()
        if self._embedder is None or fusion is None:
            return first, 0
        try:
            embedded = self._embedder.embed([mask(message)])
            return fusion.rank(first, embedded.vectors[0], WIDE), embedded.tokens
        except (ModelUnavailable, ValueError) as error:
            _log.info("the second tier is left out: %s", error)
            return first, 0

    def _voted(self, message: str, ranking: Ranking) -> tuple[Ranking, int]:
        """Tier 3, or the ranking as it was."""
        if self._voter is None or not is_worth_a_vote(ranking):
            return ranking, 0
        options = self._options(message, [candidate.script_id for candidate in ranking.candidates])
        try:
            vote = self._voter.vote(ballot(message, options, secrets.token_hex(8)))
        except ModelUnavailable as error:
            _log.info("the vote is left out: %s", error)
            return ranking, 0
        unproven = frozenset(int(option.label) for option in options if not option.examples)
        return counted(ranking, None if vote.label == NONE else int(vote.label), unproven), vote.tokens

    def _options(self, message: str, scripts: Sequence[int]) -> list[Option]:
        by_id = {entry.script_id: entry for entry in self._index(self._pointer()).entries}
        entries = [by_id[script] for script in scripts]
        examples = nearest_examples(message, entries, _EXAMPLES)
        return [Option(str(e.script_id), e.title, e.description, x) for e, x in zip(entries, examples, strict=True)]

    def _fusion(self) -> Fusion | None:
        """Return the catalogue's vectors, if they were made by the model that is asked now."""
        pointer = self._pointer()
        vectors = pointer.get("vectors", {})
        if self._embedder is None or vectors.get("model") != self._embedder.name:
            return None
        name = vectors["name"]
        return self._kept.get(f"vectors:{name}", lambda: self._load_fusion(name))

    def _load_fusion(self, name: str) -> Fusion | None:
        packed = read_parts(f"vectors:{name}", self._shelf)
        return Fusion(self._index(self._pointer()).entries, packed) if packed else None
