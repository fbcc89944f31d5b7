"""Names that a script's slots and actions take from its pack: lists of entities, and what can be looked up."""

from collections.abc import Collection, Iterator

from roteiro.domain.acting import LOOKUP, LOOKUPS
from roteiro.domain.authoring.lint_rules.finding import Finding, error
from roteiro.domain.authoring.schema.document import ScriptDocument

__all__ = ["unknown_to_the_pack"]


def unknown_to_the_pack(
    script: ScriptDocument, lists: Collection[str] | None, adapters: Collection[str] | None
) -> Iterator[Finding]:
    """Yield lists and look-ups that the pack does not have; None: not known here."""
    if lists is not None:
        yield from _unknown_lists(script, lists)
    for place, step in enumerate(script.script):
        looked_up = (step.action or "").partition(LOOKUP)[2]
        if looked_up and not _can_be_looked_up(looked_up, adapters):
            yield error("unknown_lookup", "script", place, "action", found=looked_up)


def _unknown_lists(script: ScriptDocument, lists: Collection[str]) -> Iterator[Finding]:
    for name, slot in script.slots.items():
        if slot.list_name and slot.list_name.removesuffix(".yaml") not in lists:
            yield error("unknown_list", "slots", name, "list", found=slot.list_name)


def _can_be_looked_up(name: str, adapters: Collection[str] | None) -> bool:
    """Say whether the engine knows a look-up, and the pack names the adapter that it needs."""
    needed = LOOKUPS.get(name)
    return needed is not None and (adapters is None or needed in ("", *adapters))
