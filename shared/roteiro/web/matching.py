"""POST /api/v1/match/rank: what the matcher thinks of a message; nothing is stored."""

import time

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.message import clean
from roteiro.domain.turn.wishes import is_courtesy, queue_wanted
from roteiro.errors import NotFound
from roteiro.usecases.published import PublishedCatalogue
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["rank"]


def rank(call: Call, house: House) -> Reply:
    """Rank the published scripts for a message."""
    started = time.perf_counter()
    message = clean(call.body.message)
    pack = call.body.pack or house.pack_front()
    catalogue = house.catalogue(pack)
    if call.body.pack and not catalogue.revision:
        raise NotFound(f"the pack {pack} is not loaded")
    choice = catalogue.rank(message, most=call.body.k)
    body = {
        "decision": _decision(message, choice),
        "candidates": _candidates(choice, catalogue),
        "tier": choice.tier,
        "threshold": round(choice.threshold, 4),
        "catalogue_revision": f"r{catalogue.revision}",
        "took_ms": round((time.perf_counter() - started) * 1000, 2),
    }
    return Reply(body)


def _decision(message: str, choice: Choice) -> Decision:
    """Return what a turn would decide: the word lists come before the ranking."""
    if queue_wanted(message):
        return Decision.HANDOFF
    return Decision.SMALLTALK if is_courtesy(message) else choice.decision


def _candidates(choice: Choice, catalogue: PublishedCatalogue) -> list[dict[str, object]]:
    return [
        {
            "script_id": one.script,
            "version": catalogue.script(one.script).version,
            "title": one.title,
            "confidence": round(one.confidence, 4),
            "evidence": list(one.evidence),
            "nearest_example": one.nearest,
            "negative_hit": one.against,
        }
        for one in choice.candidates
    ]
