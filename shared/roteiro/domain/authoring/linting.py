"""Lint: what is wrong or doubtful in scripts, alone and side by side. The same for the command line and the server."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from roteiro.domain.authoring.checking import ScriptDocument, check_script
from roteiro.domain.authoring.lint_rules.collecting import look_at_slots
from roteiro.domain.authoring.lint_rules.examples import Neighbours, look_at_examples
from roteiro.domain.authoring.lint_rules.finding import ERROR, WARNING, Finding, error, sentence, warning
from roteiro.domain.authoring.lint_rules.lookups import unknown_to_the_pack
from roteiro.domain.authoring.lint_rules.protected import look_at_protected
from roteiro.domain.authoring.lint_rules.readily import look_at_readiness
from roteiro.domain.authoring.lint_rules.wording import look_at_texts
from roteiro.domain.authoring.references import targets_of
from roteiro.domain.authoring.schema.steps import Step, branches_of
from roteiro.domain.script import HANDOFF
from roteiro.errors import InvalidRequest

__all__ = ["ERROR", "WARNING", "Finding", "Known", "lint", "lint_all", "sentence", "warning"]


@dataclass(frozen=True)
class Known:
    """What is there beside the scripts; None: not known here, so no name of that kind is looked at."""

    agents: frozenset[str] | None = None
    secrets: frozenset[str] | None = None
    lists: frozenset[str] | None = None
    adapters: frozenset[str] | None = None


def lint(document: Any, others: Sequence[Mapping[str, Any]] = (), known: Known = Known()) -> list[Finding]:
    """Return what lint finds in one script beside the other scripts of the deployment, which were checked before.

    A document that the schema refuses has its faults, as errors, and nothing else; one whose parts do not fit
    together has what does not need them to fit besides.
    """
    return lint_all({"": document} | {str(place): other for place, other in enumerate(others)}, known, only=[""])[""]


def lint_all(
    documents: Mapping[str, Any],
    known: Known = Known(),
    only: Sequence[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[str, list[Finding]]:
    """Return the findings of scripts side by side, or of some `only`, by the names they are given here.

    `progress` hears the share done, 0..1.
    """
    faults = {name: _faults(document) for name, document in documents.items()}
    read = {name: script for name, document in documents.items() if (script := _read(document))}
    neighbours = Neighbours({name: documents[name] for name in read})
    found: dict[str, list[Finding]] = {}
    wanted = list(documents if only is None else only)
    for name in wanted:
        found[name] = [*faults[name], *_looked_at(name, read.get(name), neighbours, known, fits=not faults[name])]
        if progress:
            progress(len(found) / len(wanted))
    return found


def _faults(document: Any) -> list[Finding]:
    try:
        check_script(document)
    except InvalidRequest as refused:
        return [Finding(ERROR, fault.path, fault.code, fault.facts) for fault in refused.faults]
    return []


def _read(document: Any) -> ScriptDocument | None:
    """Return a document whose parts are right each by itself, whether they fit together or not."""
    try:
        return ScriptDocument.model_validate(document)
    except ValidationError:
        return None


def _looked_at(
    name: str, script: ScriptDocument | None, neighbours: Neighbours, known: Known, *, fits: bool
) -> Iterator[Finding]:
    if script is None:
        return
    yield from _twice(name, script, neighbours)
    yield from _unknown(script, known)
    if fits:  # the two that follow a script's names to what they name
        yield from _trapped(script)
        yield from look_at_slots(script)
    yield from look_at_texts(script)
    yield from look_at_protected(script)
    yield from look_at_readiness(script)
    yield from look_at_examples(name, script, neighbours)


def _twice(name: str, script: ScriptDocument, neighbours: Neighbours) -> Iterator[Finding]:
    if len(neighbours.ids[int(script.problem.id)]) > 1:
        yield error("duplicate_id", "problem", "id", found=script.problem.id)
    others = [other for other in neighbours.slugs[script.slug or ""] if other != name]
    if script.slug and others:
        yield error("duplicate_slug", "slug", found=script.slug, other=neighbours.titles[others[0]])


def _unknown(script: ScriptDocument, known: Known) -> Iterator[Finding]:
    if known.agents is not None:
        yield from _unknown_agents(script, known.agents)
    yield from unknown_to_the_pack(script, known.lists, known.adapters)
    action = script.completion.action
    if known.secrets is not None and action and action.secret_ref not in known.secrets:
        yield error("unknown_secret", "completion", "action", "secret_ref", found=action.secret_ref)


def _unknown_agents(script: ScriptDocument, agents: Collection[str]) -> Iterator[Finding]:
    named = [("agent", script.agent), *((f"script.{place}.agent", s.agent) for place, s in enumerate(script.script))]
    yield from (error("unknown_agent", path, found=agent) for path, agent in named if agent and agent not in agents)


def _trapped(script: ScriptDocument) -> Iterator[Finding]:
    """Yield the steps from which no way leads to the end or to a person."""
    free = _with_way_out(script.script)
    for place, step in enumerate(script.script):
        if step.step not in free:
            yield error("no_way_out", "script", place, "next", step=step.step)


def _with_way_out(steps: list[Step]) -> set[int]:
    """Return the numbers of steps from which some way leads out, and the one behind the last."""
    after = {step.step: targets_of(step, steps) for step in steps}
    to_people = {step.step for step in steps if any(branch.goto == HANDOFF for branch in branches_of(step.next))}
    free = to_people | {len(steps) + 1}
    while more := {number for number, targets in after.items() if number not in free and free & set(targets)}:
        free |= more
    return free
