"""Lint beside what is published: what one document alone cannot show."""

from collections.abc import Mapping
from typing import Any

from roteiro.domain.authoring.linting import ERROR, Finding, Known, lint_all
from roteiro.domain.ids import ScriptId
from roteiro.usecases.published import PublishedCatalogue

__all__ = ["lint_beside", "lint_errors"]


def lint_beside(
    changed: Mapping[ScriptId, Mapping[str, Any]], catalogue: PublishedCatalogue, known: Known | None = None
) -> dict[ScriptId, list[Finding]]:
    """Return the findings of documents as they would stand in the catalogue, in place of what is published."""
    beside = {str(script): document for script, document in changed.items()}
    for script, _ in catalogue.topics():
        if script not in changed:
            version = catalogue.script(script).version
            beside[str(script)] = catalogue.document(script, version)["script"]
    found = lint_all(beside, known or Known(), only=[str(script) for script in changed])
    return {ScriptId(int(name)): findings for name, findings in found.items()}


def lint_errors(changed: Mapping[ScriptId, Mapping[str, Any]], catalogue: PublishedCatalogue) -> list[dict[str, Any]]:
    """Return what refuses a publish, as the gate's report tells it."""
    return [
        {"code": finding.code, "script": script, "path": finding.path, "facts": dict(finding.facts)}
        for script, findings in lint_beside(changed, catalogue).items()
        for finding in findings
        if finding.level == ERROR
    ]
