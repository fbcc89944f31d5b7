"""What one conversation changed in a step, as a change of the script's document: its wording, a new step, one less."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roteiro.domain.conversation import Edit
from roteiro.domain.script import END
from roteiro.errors import Fault, InvalidRequest

__all__ = ["Change", "apply_change", "change_at"]

_Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a version's step `step`: another message, a new step before it (`insert`), or its end (`skip`).

    A new step after the last one has the number that would follow.
    """

    action: str  # edit, insert, skip
    step: int
    message: str = ""


@dataclass
class _Cell:
    """A step as a conversation has it now, and its number in the version; None: it was inserted."""

    number: int | None
    message: str = ""
    is_skipped: bool = False


def change_at(step: int, steps: int, edits: Sequence[Edit]) -> Change:
    """Return what a conversation's edits made of its step number `step`, in numbers of the version with so many steps.

    Raises InvalidRequest if there is no such step, or nothing was changed in it.
    """
    cells = _cells(steps, edits)
    change = _change(cells[step - 1], cells[step:], steps) if 1 <= step <= len(cells) else None
    if change is None:
        raise InvalidRequest(faults=[Fault("step", "no_edit", (("found", str(step)),))])
    return change


def _change(cell: _Cell, after: Sequence[_Cell], steps: int) -> Change | None:
    if cell.number is not None:
        if cell.is_skipped:
            return Change("skip", cell.number)
        return Change("edit", cell.number, cell.message) if cell.message else None
    if not cell.message or cell.is_skipped:
        return None
    following = (one.number for one in after if one.number is not None)
    return Change("insert", next(following, steps + 1), cell.message)


def apply_change(document: _Document, change: Change) -> dict[str, Any]:
    """Return the document with a change; other steps are numbered anew, and so is what leads to them."""
    if change.action == "edit":
        return _reworded(document, change.step, change.message)
    if change.action == "insert":
        return _with_step(document, change.step, change.message)
    return _without_step(document, change.step)


def _reworded(document: _Document, at: int, message: str) -> dict[str, Any]:
    steps = [{**one, "message": message} if one["step"] == at else one for one in document["script"]]
    return {**_translated(document, lambda n, what: None if (n, what) == (at, "message") else n), "script": steps}


def _with_step(document: _Document, at: int, message: str) -> dict[str, Any]:
    steps = document["script"]
    more = [*steps[: at - 1], {"message": message}, *steps[at - 1 :]]
    targets = {n: n + (n > at) for n in range(1, len(steps) + 1)}  # what led to the step leads to the one before it
    return _renumbered(_translated(document, lambda n, _: n + (n >= at)), more, targets)


def _without_step(document: _Document, at: int) -> dict[str, Any]:
    """Return the document without a step: what led to it leads to the one after it, or to the end."""
    steps = document["script"]
    less = [*steps[: at - 1], *steps[at:]]
    following: int | str = at if at < len(steps) else END
    targets: dict[object, int | str] = {n: n - (n > at) for n in range(1, len(steps) + 1)}
    targets |= {at: following, steps[at - 1].get("id"): following}
    return _renumbered(_translated(document, lambda n, _: None if n == at else n - (n > at)), less, targets)


def _cells(steps: int, edits: Sequence[Edit]) -> list[_Cell]:
    """Follow the edits in the order in which they were made, each in the numbers of its moment."""
    cells = [_Cell(number) for number in range(1, steps + 1)]
    for edit in edits:
        if edit.action == "insert":
            cells.insert(edit.step - 1, _Cell(None, edit.message))
        elif edit.action == "skip":
            cells[edit.step - 1].is_skipped = True
        else:
            cells[edit.step - 1].message = edit.message
    return cells


def _renumbered(document: _Document, steps: Sequence[_Document], targets: Mapping[Any, int | str]) -> dict[str, Any]:
    told = [{**_led(step, targets), "step": place} for place, step in enumerate(steps, 1)]
    count = {"steps": len(told)} if document.get("steps") is not None else {}
    return {**document, **count, "script": told}


def _led(step: _Document, targets: Mapping[Any, int | str]) -> _Document:
    """Return a step whose `next`, one target or a list of branches, leads where it led before."""
    following = step.get("next")
    if following is None:
        return step
    if isinstance(following, list):
        return {**step, "next": [{**one, "goto": targets.get(one["goto"], one["goto"])} for one in following]}
    return {**step, "next": targets.get(following, following)}


def _translated(document: _Document, moved: Callable[[int, str], int | None]) -> dict[str, Any]:
    """Return the document with its translations of steps (`script.2.message`) at their new numbers, or without them."""
    if "translations" not in document:
        return dict(document)
    translations = {}
    for locale, texts in document["translations"].items():
        paths = {path: _path(path, moved) for path in texts}
        translations[locale] = {new: texts[path] for path, new in paths.items() if new}
    return {**document, "translations": translations}


def _path(path: str, moved: Callable[[int, str], int | None]) -> str | None:
    first, _, rest = path.partition(".")
    number, _, what = rest.partition(".")
    if first != "script":
        return path
    place = moved(int(number), what)
    return None if place is None else f"script.{place}.{what}"
