"""A script as one conversation walks it: with the steps that a person changed, skipped or added for it alone."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from roteiro.domain.conversation import Edit
from roteiro.domain.script import Branch, Script, Step

__all__ = ["adjusted", "without_edits_of"]

_KEPT = 256  # adjusted scripts an instance remembers; chosen, far more conversations than a desk has open


def adjusted(script: Script, edits: tuple[Edit, ...]) -> Script:
    """Return the script with a conversation's edits, in the order they were made; steps are numbered anew."""
    return _adjusted(_Same(script), edits) if edits else script


def without_edits_of(edits: tuple[Edit, ...], step: int, count: int) -> tuple[Edit, ...]:
    """Return the edits but for those of the step that now has a number; a step that was inserted goes whole.

    `count` is how many steps the master script has. What is kept is numbered as if the rest had never been.
    """
    marks, now = _replayed(edits, count)
    gone, kept = now[step - 1], list[Edit]()
    places = list(range(1, count + 1))
    for edit, (target, behind) in zip(edits, marks, strict=True):
        if target == gone:
            continue
        if edit.action == "insert":
            at = next((places.index(other) for other in behind if other in places), len(places))
            places.insert(at, target)
        kept.append(replace(edit, step=places.index(target) + 1))
    return tuple(kept)


def _replayed(edits: tuple[Edit, ...], count: int) -> tuple[list[tuple[int, tuple[int, ...]]], list[int]]:
    """Return which step each edit was about, with those behind it then, and all steps as they stand now.

    A step of the master is its number, an inserted one minus the place of its edit.
    """
    places, marks = list(range(1, count + 1)), list[tuple[int, tuple[int, ...]]]()
    for number, edit in enumerate(edits, start=1):
        at = edit.step - 1
        if edit.action == "insert":
            marks.append((-number, tuple(places[at:])))
            places.insert(at, -number)
        else:
            marks.append((places[at], ()))
    return marks, places


class _Same:
    """A script as a key: versions are immutable, so id and version are enough."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.script is other.script

    def __hash__(self) -> int:
        return hash((self.script.id, self.script.version))


@lru_cache(maxsize=_KEPT)
def _adjusted(same: _Same, edits: tuple[Edit, ...]) -> Script:
    script = same.script
    for edit in edits:
        script = _inserted(script, edit) if edit.action == "insert" else _changed(script, edit)
    return script


def _changed(script: Script, edit: Edit) -> Script:
    """Change or skip one step; its translations say what it no longer does."""
    step = script.step(edit.step)
    new = replace(step, message=edit.message) if edit.action == "edit" else replace(step, is_skipped=True)
    steps = (*script.steps[: edit.step - 1], new, *script.steps[edit.step :])
    path = f"script.{edit.step}.message"
    translations = {
        locale: {key: said for key, said in texts.items() if edit.action != "edit" or key != path}
        for locale, texts in script.translations.items()
    }
    return replace(script, steps=steps, translations=translations)


def _inserted(script: Script, edit: Edit) -> Script:
    """Put a step before the one that has its number; what comes after, and what leads there, moves on by one."""
    at = edit.step
    moved = [_renumbered(step, at) for step in script.steps]
    new = Step(at, edit.message)
    steps = (*moved[: at - 1], new, *moved[at - 1 :])
    translations = {locale: _moved_paths(texts, at) for locale, texts in script.translations.items()}
    return replace(script, steps=steps, translations=translations)


def _renumbered(step: Step, at: int) -> Step:
    branches = tuple(Branch(_moved(branch.goto, at), branch.when) for branch in step.next)
    return replace(step, number=step.number + (step.number >= at), next=branches)


def _moved(goto: int | str, at: int) -> int | str:
    # What led to the step now leads to the inserted one before it.
    return goto + 1 if isinstance(goto, int) and goto > at else goto


def _moved_paths(texts: Mapping[str, str], at: int) -> dict[str, str]:
    moved = {}
    for path, said in texts.items():
        first, _, rest = path.partition(".")
        number, _, last = rest.partition(".")
        is_later = first == "script" and int(number) >= at
        moved[f"script.{int(number) + 1}.{last}" if is_later else path] = said
    return moved
