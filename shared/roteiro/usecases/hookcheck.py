"""Hooks before they are published: an address that may be told something here, and a secret that somebody set."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.errors import Fault
from roteiro.ports import Sender
from roteiro.usecases.published import PublishedCatalogue

__all__ = ["hook_faults", "with_hooks"]

Lint = Callable[[Mapping[ScriptId, Mapping[str, Any]], PublishedCatalogue], Sequence[dict[str, Any]]]


def with_hooks(lint: Lint, sender: Callable[[], Sender]) -> Lint:
    """Return a lint that refuses besides what no webhook of this deployment could do."""

    def checked(
        changed: Mapping[ScriptId, Mapping[str, Any]], catalogue: PublishedCatalogue
    ) -> Sequence[dict[str, Any]]:
        found = [
            {"code": fault.code, "script": script, "path": fault.path, "facts": dict(fault.facts)}
            for script, document in changed.items()
            for fault in hook_faults(document, sender)
        ]
        return [*lint(changed, catalogue), *found]

    return checked


def hook_faults(document: Mapping[str, Any], sender: Callable[[], Sender]) -> list[Fault]:
    """Return what forbids a script's completion action in this deployment; the sender is asked for if there is one."""
    action = (document.get("completion") or {}).get("action")
    if not action:
        return []
    return [
        Fault(f"completion.action.{'secret_ref' if fault.code == 'hook_secret' else 'url'}", fault.code, fault.facts)
        for fault in sender().check(action["url"], action["secret_ref"])
    ]
