"""The publish gate: what a change would do to the scripts' own tests, to past customers and to the other scripts.

Nothing is published, nothing is written, and no model is called.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.authoring.rehearsal import Rehearsal, read_tests
from roteiro.domain.ids import ScriptId
from roteiro.errors import InvalidRequest
from roteiro.ports import Store
from roteiro.usecases.candidate import Candidate, make_candidate
from roteiro.usecases.confusion import confusion
from roteiro.usecases.heldout import held_out
from roteiro.usecases.linting import lint_errors
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.publishing import Admin
from roteiro.usecases.rehearsing import Played, play
from roteiro.usecases.replaying import FirstMessage, first_messages, replay
from roteiro.usecases.report import Check, Report
from roteiro.usecases.stage import Stage
from roteiro.usecases.standing import standing, untested

__all__ = ["GateTools", "run_gate"]

# What refuses changed documents beside the catalogue of today, as findings of a report.
Lint = Callable[[Mapping[ScriptId, Mapping[str, Any]], PublishedCatalogue], Sequence[dict[str, Any]]]


@dataclass(frozen=True)
class GateTools:
    """What the gate needs besides the catalogue: past conversations, a stage for tests, what lint refuses."""

    store: Store
    stage: Stage
    lint: Lint = lint_errors


def run_gate(
    pack: str,
    changed: Mapping[ScriptId, Mapping[str, Any]],
    admin: Admin,
    tools: GateTools,
    *,
    leaving: Sequence[ScriptId] = (),
) -> Report:
    """Check what publishing `changed` and archiving `leaving` would do; with a broken document nothing else is run."""
    began = time.perf_counter()
    if faults := list(_faults(changed)):
        return Report((_check("document", faults),), took_ms=_ms(began))
    lint = _check("document", tools.lint(changed, PublishedCatalogue(pack, admin.shelf, admin.kept)))
    candidate = make_candidate(pack, changed, leaving, admin)
    tests = _tests(pack, {*changed, *leaving}, candidate, tools.stage)
    replayed, rerouted = replay(_messages(pack, candidate, tools.store), candidate)
    shares = held_out(candidate)
    confused = confusion(candidate, changed.keys(), shares)
    kept = (standing(candidate, changed, shares), untested(candidate, changed))
    return Report((lint, tests, replayed, confused, *kept), rerouted, _ms(began + candidate.fit_s))


def _faults(changed: Mapping[ScriptId, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what makes a document no script, or one of its tests no test."""
    for script, document in changed.items():
        try:
            check_script(document)
        except InvalidRequest as error:
            for fault in error.faults:
                yield {"code": fault.code, "script": script, "path": fault.path, "facts": dict(fault.facts)}


def _tests(pack: str, concerned: Collection[ScriptId], candidate: Candidate, stage: Stage) -> Check:
    """Play the tests of the scripts that the change concerns, and those of other scripts that expect one of them."""
    told = [
        (script, rehearsal)
        for script, _ in candidate.after.topics()
        for rehearsal in _published_tests(script, candidate.after)
        if script in concerned or any(rehearsal.names(one) for one in concerned)
    ]
    found = [one for script, test in told for one in _failures(script, play(test, candidate.after, stage, pack))]
    note = "pack tests are not on the server"  # their folder is: `roteiro test` plays them
    return replace(_check("tests", found), note=note, figures=[{"played": len(told)}])


def _published_tests(script: ScriptId, catalogue: PublishedCatalogue) -> list[Rehearsal]:
    """Return a script's tests; those of a pack folder that cannot be read are its own next publish's concern."""
    stored = catalogue.document(script, catalogue.script(script).version)
    try:
        return read_tests(stored["script"].get("tests", ()))
    except InvalidRequest:
        return []


def _check(name: str, found: Sequence[dict[str, Any]]) -> Check:
    return Check(name, passed=not found, blocking=True, detail=found)


def _failures(script: ScriptId, played: Played) -> Iterator[dict[str, Any]]:
    for failure in played.failures:
        facts = {"test": played.name, **failure._asdict(), "transcript": list(played.transcript)}
        yield {"code": "test_failed", "script": script, **facts}


def _messages(pack: str, candidate: Candidate, store: Store) -> Sequence[FirstMessage]:
    """Return past messages; none of them goes elsewhere while what the matcher sees stays the same."""
    return first_messages(pack, store) if candidate.is_rerouting else ()


def _ms(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
