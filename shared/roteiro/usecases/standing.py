"""What a change takes away from the scripts it concerns: being found, the law's protection, their own tests."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.ids import ScriptId
from roteiro.usecases.candidate import Candidate
from roteiro.usecases.heldout import HeldOut
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.report import Check

__all__ = ["standing", "untested"]

WORST_FALL = 0.20  # of a changed script's own accuracy; chosen: its author means to change it, others' scripts 5 %
FEWEST_LOST = 3  # of its examples that must be lost besides; as for other scripts (scripts specification 8)

_Document = Mapping[str, Any]


class _Edit(NamedTuple):
    """A published script, and what it would become."""

    script: ScriptId
    before: _Document
    after: _Document


def standing(candidate: Candidate, changed: Mapping[ScriptId, _Document], shares: HeldOut) -> Check:
    """Refuse a change after which a script is no longer found, or no longer protected; tell its accuracy anyway."""
    edits = list(_edits(candidate.before, changed))
    found = [one for edit in edits for one in (*_unprotected(edit), *_unfound(edit, candidate, shares))]
    figures = [_figures(script, shares) for script in changed if shares.before or shares.after]
    return Check("own", passed=not found, blocking=True, detail=found, figures=figures)


def untested(candidate: Candidate, changed: Mapping[ScriptId, _Document]) -> Check:
    """Warn of scripts whose steps change while the last of their tests goes."""
    found = [
        {"code": "tests_gone", "script": edit.script, "before": len(edit.before["tests"])}
        for edit in _edits(candidate.before, changed)
        if edit.before.get("tests") and not edit.after.get("tests") and edit.before["script"] != edit.after["script"]
    ]
    return Check("own_tests", passed=not found, blocking=False, detail=found)


def _edits(before: PublishedCatalogue, changed: Mapping[ScriptId, _Document]) -> Iterator[_Edit]:
    published = {script for script, _ in before.topics()}
    for script, document in changed.items():
        if script in published:
            yield _Edit(script, before.document(script, before.script(script).version)["script"], document)


def _figures(script: ScriptId, shares: HeldOut) -> dict[str, Any]:
    """Return a script's own accuracy before and after; None where there is nothing to measure."""
    return {"script": script, "before": _share(shares.before.get(script)), "after": _share(shares.after.get(script))}


def _share(counted: tuple[int, int] | None) -> float | None:
    return round(counted[0] / counted[1], 3) if counted else None


def _unprotected(edit: _Edit) -> Iterator[dict[str, Any]]:
    before, after = _protected(edit.before), _protected(edit.after)
    if before and before != after:
        yield {"code": "protection_lost", "script": edit.script, "protected": before}
    elif before and _examples(edit.before) and not _examples(edit.after):
        yield {"code": "protected_unfound", "script": edit.script, "protected": before}


def _unfound(edit: _Edit, candidate: Candidate, shares: HeldOut) -> Iterator[dict[str, Any]]:
    """Say by how much a script got worse: at its own examples, or at those it had, which customers go on saying."""
    if not candidate.is_rerouting or not _is_on(edit.after):  # switched off on purpose: that is no slip
        return
    own = _Fall(shares.before.get(edit.script, (0, 0)), shares.after.get(edit.script, (0, 0)))
    worse = (fall for fall in (own, _fall_of_dropped(edit, candidate)) if fall.is_bad)
    if fall := next(worse, None):
        facts = {"before": round(fall.before, 3), "after": round(fall.after, 3), "lost": fall.lost}
        yield {"code": "own_accuracy_fell", "script": edit.script, **facts}


class _Fall(NamedTuple):
    """(right, all) examples before and after."""

    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def before(self) -> float:
        return self.old[0] / (self.old[1] or 1)

    @property
    def after(self) -> float:
        return self.new[0] / (self.new[1] or 1)

    @property
    def lost(self) -> int:
        return self.old[0] - self.new[0]

    @property
    def is_bad(self) -> bool:
        return self.before - self.after > WORST_FALL and self.lost >= FEWEST_LOST


def _fall_of_dropped(edit: _Edit, candidate: Candidate) -> _Fall:
    """Ask both matchers for the examples that go; those that stay are found as before.

    Accuracy at the new examples alone says nothing of this: eight strangers find each other perfectly.
    """
    was, now = _examples(edit.before), set(_examples(edit.after))
    dropped = [text for text in was if text not in now]
    stay = len(was) - len(dropped)
    old, new = (
        stay + sum(_serves(side.rank(text, most=1), edit.script) for text in dropped)
        for side in (candidate.before, candidate.after)
    )
    return _Fall((old, len(was)), (new, len(was)))


def _protected(document: _Document) -> str:
    return (document.get("legal") or {}).get("protected") or ""


def _is_on(document: _Document) -> bool:
    return bool((document.get("match") or {}).get("enabled", True))


def _examples(document: _Document) -> list[str]:
    """Return the examples by which a script is found; none while it is switched off."""
    return list((document.get("match") or {}).get("examples") or ()) if _is_on(document) else []


def _serves(choice: Choice, script: ScriptId) -> bool:
    """Say whether a script begins with a message, or is among those we ask about."""
    if choice.decision is Decision.CLARIFY:
        return script in choice.offered
    return choice.decision is Decision.MATCH and choice.best == script
