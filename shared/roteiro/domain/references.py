"""Whether a document's parts fit together: names that exist, conditions that can be read, steps that can be reached.

Raises OwnFault for the first thing that does not. Works on the checked models of `schema`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from roteiro.domain.conditions import check_condition
from roteiro.domain.faults import OwnFault, placed
from roteiro.domain.schema.steps import Step, branches_of
from roteiro.domain.script import END, HANDOFF
from roteiro.domain.values.checking import check_slot

__all__ = ["RESERVED", "check_references", "inserted_names", "targets_of"]

# Names that conditions and texts may hold besides slots, and that no slot may take.
RESERVED = frozenset(
    "confirmed channel business_hours attempts protocol customer_name record_id locale summary true false null".split()
)
_INSERTED = frozenset({"protocol", "customer_name", "summary"})
_NAME = re.compile(r"\{\{|\{([^{}]*)\}")
_CONDITION_NAMES = {"channel": "text", "business_hours": "bool", "attempts": "integer", "locale": "text"}


def check_references(document: Any) -> None:
    """Raise OwnFault for the first name that is not declared, condition that is wrong or step out of reach."""
    _check_slots(document)
    _check_steps(document)
    _check_reach(document.script)
    _check_others(document)


def targets_of(step: Step, steps: list[Step]) -> list[int]:
    """Return every step that may come after a step, by number; the number after the last is the end.

    A hand-off is no step. Raises OwnFault for a step that does not exist.
    """
    branches = branches_of(step.next)
    found = [_number(branch.goto, steps, step.step) for branch in branches]
    has_else = any(branch.when is None for branch in branches)
    if not has_else or step.when:
        found.append(step.step + 1)
    return [number for number in found if number is not None]


def _number(goto: int | str, steps: list[Step], origin: int) -> int | None:
    if goto == HANDOFF:
        return None
    if goto == END:
        return len(steps) + 1
    number = next((step.step for step in steps if goto in (step.step, step.id)), None)
    if number is None:
        raise OwnFault("unknown_step", "script", origin - 1, "next", found=goto)
    return number


def _check_slots(document: Any) -> None:
    if taken := sorted(RESERVED & set(document.slots)):
        raise OwnFault("reserved_name", "slots", taken[0], found=taken[0])
    for name, slot in document.slots.items():
        with placed("slots", name):
            if slot.required and slot.on_max_attempts == "skip":
                raise OwnFault("required_is_not_skipped", "on_max_attempts")
            check_slot(slot)


def _check_steps(document: Any) -> None:
    kinds = _kinds(document)
    seen: set[str] = set()
    for place, step in enumerate(document.script):
        with placed("script", place):
            if step.id is not None and step.id in seen:
                raise OwnFault("step_id_twice", "id", found=step.id)
            seen.add(step.id or "")
            for name in step.collect:
                _known(name, document.slots, "collect")
            if document.slots or step.kind is not None:
                _check_text(step.message, document.slots)
            _check_conditions(step, kinds)


def _check_conditions(step: Step, kinds: Mapping[str, str]) -> None:
    if step.when:
        with placed("when"):
            check_condition(step.when, kinds)
    known = {**kinds, "confirmed": "bool"} if step.kind == "confirm" else kinds
    for branch in branches_of(step.next):
        if branch.when:
            with placed("next"):
                check_condition(branch.when, known)


def _kinds(document: Any) -> dict[str, str]:
    return {name: slot.type for name, slot in document.slots.items()} | _CONDITION_NAMES


def _check_text(text: str, slots: Mapping[str, Any], *place: object) -> None:
    for name in inserted_names(text):
        if name not in _INSERTED:
            _known(name, slots, *(place or ("message",)))


def inserted_names(text: str) -> Iterator[str]:
    """Yield the names that a text inserts; `{{` is a brace."""
    return (match[1] for match in _NAME.finditer(text) if match[1] is not None)


def _known(name: str, slots: Mapping[str, Any], *place: object) -> None:
    if name not in slots:
        raise OwnFault("unknown_slot", *place, found=name)


def _check_reach(steps: list[Step]) -> None:
    """Refuse steps that no walk comes to, and scripts that no walk leaves."""
    after = {step.step: targets_of(step, steps) for step in steps}
    reached, open_ = set[int](), [1]
    while open_:
        number = open_.pop()
        if number not in reached:
            reached.add(number)
            open_ += after.get(number, [])
    if lost := [step.step for step in steps if step.step not in reached]:
        raise OwnFault("unreachable_step", "script", lost[0] - 1, found=lost[0])
    hands_off = any(branch.goto == HANDOFF for step in steps for branch in branches_of(step.next))
    if len(steps) + 1 not in reached and not hands_off:
        raise OwnFault("no_end", "script")


def _check_others(document: Any) -> None:
    for place, condition in enumerate(document.handoff.when):
        with placed("handoff", "when", place):
            check_condition(condition, _kinds(document))
    for name in document.handoff.summary_slots:
        _known(name, document.slots, "handoff", "summary_slots")
    for name in document.completion.action.send if document.completion.action else ():
        _known(name, document.slots, "completion", "action", "send")
    for locale, texts in document.translations.items():
        for path, text in texts.items():
            if not _is_text_of(path, document):
                raise OwnFault("unknown_text", "translations", locale, path, found=path)
            if path.startswith("script."):
                _check_text(text, document.slots, "translations", locale, path)


def _is_text_of(path: str, document: Any) -> bool:
    """Say whether a path such as `script.1.message` (a step's number) or `slots.cpf.prompt` names a text."""
    match path.split("."):
        case ["script", number, "message"]:
            return number.isascii() and number.isdigit() and 1 <= int(number) <= len(document.script)
        case ["slots", name, "label" | "prompt"]:
            return name in document.slots
        case ["slots", name, "reprompts", place] if name in document.slots:
            return place.isascii() and place.isdigit() and int(place) < len(document.slots[name].reprompts)
        case _:
            return path == "completion.message"
