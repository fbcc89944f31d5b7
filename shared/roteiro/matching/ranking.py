"""What the matcher answers: ranked candidates and one decision."""

from typing import NamedTuple

__all__ = ["CLARIFY", "HANDOFF", "MATCH", "OUT_OF_SCOPE", "Candidate", "Ranking"]

MATCH = "match"
CLARIFY = "clarify"
OUT_OF_SCOPE = "out_of_scope"
HANDOFF = "handoff"


class Candidate(NamedTuple):
    """One script and why: `evidence` are words of the message, `confidence` is 0..1 and calibrated."""

    script_id: int
    title: str
    confidence: float
    evidence: tuple[str, ...]
    nearest_example: str | None
    negative_hit: str | None


class Ranking(NamedTuple):
    """The best candidates first; `offered` are the script ids to name in the question of a `clarify`."""

    decision: str
    candidates: tuple[Candidate, ...]
    threshold: float
    tier: int
    offered: tuple[int, ...]
