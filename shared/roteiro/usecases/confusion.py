"""Whether a change makes other scripts harder to find, by examples alone: held-out accuracy, and copied examples."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.matching.report import Duplicate, duplicates_in
from roteiro.usecases.candidate import Candidate
from roteiro.usecases.heldout import HeldOut, held_out
from roteiro.usecases.report import Check

__all__ = ["confusion"]

WORST_FALL = 0.05  # of the held-out accuracy of another script (scripts specification 8)
FEWEST_LOST = 3  # of its examples that must go astray besides (scripts specification 8)
FEWEST_COPIED = 3  # examples that say the same as another script's (scripts specification 8)


def confusion(candidate: Candidate, changed: Collection[ScriptId], shares: HeldOut | None = None) -> Check:
    """Compare the other scripts before and after; `shares` are measured here if nobody has."""
    fallen = _fallen(shares or held_out(candidate), changed)
    found = [*fallen, *_copied(candidate, changed)] if candidate.is_rerouting else []
    return Check("confusion", passed=not found, blocking=True, detail=found)


def _fallen(shares: HeldOut, changed: Collection[ScriptId]) -> Iterator[dict[str, Any]]:
    old, new = shares
    for script in sorted((old.keys() & new.keys()) - set(changed)):
        (right, count), (still, all_now) = old[script], new[script]
        if right / count - still / all_now > WORST_FALL and right - still >= FEWEST_LOST:
            facts = {"before": round(right / count, 3), "after": round(still / all_now, 3), "lost": right - still}
            yield {"code": "accuracy_fell", "script": script, **facts}


def _copied(candidate: Candidate, changed: Collection[ScriptId]) -> Iterator[dict[str, Any]]:
    """Return the changed scripts that now say what another one says, more than they did before."""
    new = _by_script(duplicates_in(candidate.after.index.entries), changed)
    many = {script: pairs for script, pairs in new.items() if len(pairs) >= FEWEST_COPIED}
    old = _by_script(duplicates_in(candidate.before.index.entries), many) if many else {}
    for script, pairs in sorted(many.items()):
        if len(pairs) > len(old.get(script, {})):
            examples = [{"example": own, "script": other, "other": text} for own, (other, text) in pairs.items()]
            yield {"code": "examples_copied", "script": script, "examples": examples}


def _by_script(pairs: Sequence[Duplicate], scripts: Collection[int]) -> dict[int, dict[str, tuple[int, str]]]:
    """Return script -> its example -> (the other script, the other's example)."""
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for pair in pairs:
        for own, example, other, text in (
            (pair.script_id, pair.example, pair.other_id, pair.other),
            (pair.other_id, pair.other, pair.script_id, pair.example),
        ):
            if own in scripts:
                found.setdefault(own, {})[example] = (other, text)
    return found
