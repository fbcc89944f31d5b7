"""The matcher's decision about one message, in the domain's words, and the catalogue a decision may ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from roteiro.domain.conversation import Candidate
from roteiro.domain.ids import ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.script import Script
from roteiro.domain.texts import DEFAULT_LOCALE

__all__ = ["Catalogue", "Choice", "Decision"]


class Decision(StrEnum):
    """What was decided about a message; the last three are for turns in which nothing was matched."""

    MATCH = "match"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOFF = "handoff"
    SMALLTALK = "smalltalk"
    WALK = "walk"
    ANSWER = "answer"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Choice:
    """Ranked scripts and what to do about them; `offered` are the two or three to name in a question."""

    decision: Decision
    candidates: tuple[Candidate, ...] = ()
    offered: tuple[ScriptId, ...] = ()
    revision: int = 0
    threshold: float = 1.0  # confidence from which a script is started without asking
    tier: int = 0  # of matching that decided: 0 the same words, 1 words and letters, 2 sentence vectors, 3 a vote
    match_ms: int = 0  # milliseconds that matching took
    match_tokens: int = 0  # of models that were asked

    @property
    def best(self) -> ScriptId:
        """Return the script that was ranked first; a choice that was left open may have none."""
        return self.candidates[0].script

    @property
    def confidence(self) -> float:
        """Return the best candidate's calibrated confidence, 0..1."""
        return self.candidates[0].confidence if self.candidates else 0.0


class Catalogue(Protocol):
    """The published scripts of one pack, as a turn sees them."""

    def pack(self) -> Pack:
        """Return the pack's texts."""
        ...

    def rank(self, message: str, among: Collection[ScriptId] | None = None) -> Choice:
        """Rank the published scripts (or only those in `among`) for a message."""
        ...

    def glance(self, message: str) -> Choice:
        """Rank by words alone, with the newest catalogue that this instance knows: no read on a warm one, no model."""
        ...

    def topics(self, locale: str = DEFAULT_LOCALE) -> Sequence[tuple[ScriptId, str]]:
        """Return the published scripts' ids and titles in a language, by id."""
        ...

    def script(self, script: ScriptId, version: int | None = None) -> Script:
        """Return one version of a script, the published one if none is named."""
        ...
