"""What lint says of slots: who fills them, what customers are asked first, and texts that may show an empty one."""

import re
from collections.abc import Iterator

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.authoring.lint_rules.finding import Finding, error, warning
from roteiro.domain.authoring.references import inserted_names, targets_of
from roteiro.domain.authoring.schema.slots import Slot
from roteiro.domain.authoring.schema.steps import Step, branches_of
from roteiro.domain.values.parsing import SELF_IDENTIFYING

__all__ = ["look_at_slots"]

_SHORTEST_ALIAS = 3  # letters; a shorter one stands in any sentence (specified)
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_DOCUMENTS = frozenset(("cpf", "cnpj", "cpf_or_cnpj"))


def look_at_slots(script: ScriptDocument) -> Iterator[Finding]:
    """Yield slots that no step collects, short aliases, a CPF asked at once, texts with a slot that may be empty."""
    yield from _uncollected(script)
    for name, slot in script.slots.items():
        for at, alias in _aliases(slot):
            if len(alias) < _SHORTEST_ALIAS:
                yield error("short_alias", "slots", name, *at, text=alias)
    if any(script.slots[name].type in _DOCUMENTS for name in script.script[0].collect):
        yield warning("document_first", "script", 0, "collect")
    yield from _empty(script)


def _aliases(slot: Slot) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield the aliases of a slot's options with their places."""
    for place, option in enumerate(slot.options()):
        yield from ((("choices", place, "aliases", number), alias) for number, alias in enumerate(option["aliases"]))


def _uncollected(script: ScriptDocument) -> Iterator[Finding]:
    """Yield slots that no step collects; an optional one may wait for what customers say unasked, if it is used."""
    collected = {name for step in script.script for name in step.collect}
    for name, slot in script.slots.items():
        if name in collected:
            continue
        if slot.required or slot.type not in SELF_IDENTIFYING:
            yield error("slot_not_collected", "slots", name, slot=name)
        elif not {name, "summary"} & _used(script):
            yield warning("unused_slot", "slots", name, slot=name)


def _used(script: ScriptDocument) -> set[str]:
    """Return the words of conditions and the names in texts (`summary` shows every slot), webhooks and summaries."""
    used = {name for step in script.script for name in inserted_names(step.message)}
    used |= {word for condition in _conditions(script) for word in _WORD.findall(condition)}
    sent = script.completion.action.send if script.completion.action else []
    return used | {*sent, *script.handoff.summary_slots}


def _conditions(script: ScriptDocument) -> Iterator[str]:
    for step in script.script:
        yield from (branch.when or "" for branch in branches_of(step.next))
        yield step.when or ""
    yield from script.handoff.when


def _empty(script: ScriptDocument) -> Iterator[Finding]:
    before = _filled_before(script)
    for place, step in enumerate(script.script):
        open_ = set(script.slots) - before.get(step.step, set())
        for name in dict.fromkeys(inserted_names(step.message)):
            if name in open_ and name not in (step.when or ""):
                yield warning("may_be_empty", "script", place, "message", slot=name)


def _filled_before(script: ScriptDocument) -> dict[int, set[str]]:
    """Return for each step the slots that are filled on every way to it."""
    filled: dict[int, set[str]] = {1: set()}
    waiting = [1]
    while waiting:
        number = waiting.pop()
        if number > len(script.script):
            continue
        step = script.script[number - 1]
        after = filled[number] | _filled_by(step, script)
        for target in targets_of(step, script.script):
            known = filled.get(target)
            left = after if known is None else known & after
            if left != known:
                filled[target] = left
                waiting.append(target)
    return filled


def _filled_by(step: Step, script: ScriptDocument) -> set[str]:
    """Return the slots that nobody leaves this step without; a step with a condition may be passed over."""
    if step.when or (step.need == "any" and len(step.collect) > 1):
        return set()
    return {name for name in step.collect if script.slots[name].required}
