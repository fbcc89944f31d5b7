"""Whether a document's parts fit together: names that exist, conditions that can be read, steps that can be reached.

Works on the checked models of `schema`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import partial
from typing import Any

from roteiro.domain.authoring.schema.steps import Step, branches_of
from roteiro.domain.faults import OwnFault, placed
from roteiro.domain.script import END, HANDOFF, is_verbatim
from roteiro.domain.values.checking import check_slot
from roteiro.domain.walking.conditions import check_condition

__all__ = ["RESERVED", "inserted_names", "reference_faults", "targets_of"]

# Names that conditions and texts may hold besides slots, and that no slot may take.
RESERVED = frozenset(
    "confirmed channel business_hours attempts protocol customer_name record_id result locale summary "
    "true false null".split()
)
_INSERTED = frozenset({"protocol", "customer_name", "summary"})
_OF_ACTIONS = frozenset({"record_id", "result"})
_NAME = re.compile(r"\{\{|\{([^{}]*)\}")
_SINGLE_TEXTS = frozenset({"problem.title", "completion.message", "handoff.offline_message"})
_Condition = tuple[str, Mapping[str, str], tuple[object, ...]]  # its text, the kinds of its names, where it stands
_CONDITION_NAMES = {"channel": "text", "business_hours": "bool", "attempts": "integer", "locale": "text"}


def reference_faults(document: Any) -> Iterator[OwnFault]:
    """Yield what does not fit: a name that is not declared, a condition that is wrong, a step out of reach."""
    for check in _checks(document):
        try:
            check()
        except OwnFault as fault:
            yield fault


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


def _checks(document: Any) -> Iterator[Callable[[], None]]:
    """Yield the looks at a document, each at one thing, so that a fault in one hides none in another."""
    yield from (partial(_check_slot, name, slot) for name, slot in document.slots.items())
    ids = [step.id for step in document.script]
    for place, step in enumerate(document.script):
        yield partial(_check_step_id, place, ids)
        yield from (partial(_known, name, document.slots, "script", place, "collect") for name in step.collect)
        yield partial(_check_message, place, step, document)
        yield from (partial(_check_condition, *one) for one in _conditions(place, step, _kinds(document)))
    yield from (partial(_check_targets, step, document.script) for step in document.script)
    yield partial(_check_reach, document.script)
    yield from _other_checks(document)


def _check_slot(name: str, slot: Any) -> None:
    if name in RESERVED:
        raise OwnFault("reserved_name", "slots", name, found=name)
    with placed("slots", name):
        if slot.required and slot.on_max_attempts == "skip":
            raise OwnFault("required_is_not_skipped", "on_max_attempts")
        check_slot(slot)


def _check_step_id(place: int, ids: list[str | None]) -> None:
    if ids[place] is not None and ids[place] in ids[:place]:
        raise OwnFault("step_id_twice", "script", place, "id", found=ids[place])


def _is_verbatim(document: Any) -> bool:
    """Say whether a document has only the first seed's keys, whose texts may hold any braces."""
    return is_verbatim(
        {"script": [dict.fromkeys(step.model_fields_set) for step in document.script]}
        | {name: None for name in document.model_fields_set if name != "script"}
    )


def _check_message(place: int, step: Step, document: Any) -> None:
    if not _is_verbatim(document):
        _check_text(step.message, document.slots, "script", place, "message")


def _check_targets(step: Step, steps: list[Step]) -> None:
    targets_of(step, steps)


def _conditions(place: int, step: Step, kinds: Mapping[str, str]) -> Iterator[_Condition]:
    """Yield a step's conditions with the names that each may use, and where each stands."""
    if step.when:
        yield step.when, kinds, ("script", place, "when")
    known = {**kinds, "confirmed": "bool"} if step.kind == "confirm" else kinds
    for branch in branches_of(step.next):
        if branch.when:
            yield branch.when, known, ("script", place, "next")


def _check_condition(condition: str, kinds: Mapping[str, str], place: tuple[object, ...]) -> None:
    with placed(*place):
        check_condition(condition, kinds)


def _kinds(document: Any) -> dict[str, str]:
    return {name: slot.type for name, slot in document.slots.items()} | _CONDITION_NAMES


def _check_text(text: str, slots: Mapping[str, Any], *place: object) -> None:
    for name in inserted_names(text):
        if name not in _INSERTED | _OF_ACTIONS:
            _known(name, slots, *place)


def inserted_names(text: str) -> Iterator[str]:
    """Yield the names that a text inserts; `{{` is a brace."""
    return (match[1] for match in _NAME.finditer(text) if match[1] is not None)


def _known(name: str, slots: Mapping[str, Any], *place: object) -> None:
    if name not in slots:
        raise OwnFault("unknown_slot", *place, found=name)


def _check_reach(steps: list[Step]) -> None:
    """Refuse steps that no walk comes to, and scripts that no walk leaves; a `next` to nowhere is told by itself."""
    try:
        reached = _reached({step.step: targets_of(step, steps) for step in steps})
    except OwnFault:
        return
    if lost := [step.step for step in steps if step.step not in reached]:
        raise OwnFault("unreachable_step", "script", lost[0] - 1, found=lost[0])
    hands_off = any(branch.goto == HANDOFF for step in steps for branch in branches_of(step.next))
    if len(steps) + 1 not in reached and not hands_off:
        raise OwnFault("no_end", "script")


def _reached(after: Mapping[int, Iterable[int]]) -> set[int]:
    """Return the steps that walks from the first one come to; `after` has those behind each step."""
    reached, open_ = set[int](), [1]
    while open_:
        number = open_.pop()
        if number not in reached:
            reached.add(number)
            open_ += after.get(number, ())
    return reached


def _other_checks(document: Any) -> Iterator[Callable[[], None]]:
    for place, condition in enumerate(document.handoff.when):
        yield partial(_check_condition, condition, _kinds(document), ("handoff", "when", place))
    for name in document.handoff.summary_slots:
        yield partial(_known, name, document.slots, "handoff", "summary_slots")
    for name in document.completion.action.send if document.completion.action else ():
        yield partial(_known, name, document.slots, "completion", "action", "send")
    for locale, texts in document.translations.items():
        yield from (partial(_check_translation, locale, path, text, document) for path, text in texts.items())


def _check_translation(locale: str, path: str, text: str, document: Any) -> None:
    if not _is_text_of(path, document):
        raise OwnFault("unknown_text", "translations", locale, path, found=path)
    if path.startswith("script."):
        _check_text(text, document.slots, "translations", locale, path)


def _is_text_of(path: str, document: Any) -> bool:
    """Say whether a path such as `script.1.message` (a step's number) or `slots.cpf.prompt` names a text."""
    match path.split("."):
        case ["script", number, "message"]:
            return _is_place(number, document.script, first=1)
        case ["slots", name, "label" | "prompt"]:
            return name in document.slots
        case ["slots", name, ("reprompts" | "choices") as several, place] if name in document.slots:
            return _is_place(place, getattr(document.slots[name], several))
        case ["knowledge", place, "q" | "a"]:
            return _is_place(place, document.knowledge)
        case _:
            return path in _SINGLE_TEXTS


def _is_place(written: str, items: Sized, first: int = 0) -> bool:
    """Say whether a text counts one of the items from `first` on; digits of other scripts are none here."""
    return written.isascii() and written.isdigit() and first <= int(written) < first + len(items)
