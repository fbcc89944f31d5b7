"""What changed between two documents of a script, field by field, and the same as a text that people know to read.

Steps are the same step if they have the same id, else if their messages are alike; slots and all other keys go by
name, other lists by content. A matched step's number is its place, so that a moved step is no changed one.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from typing import Any

from roteiro.domain.canonical import canonical

__all__ = ["Difference", "differences", "unified_text"]

_ALIKE = 0.6  # of two messages' words in common order; difflib's own advice for "close matches"
_COMPARED = 100  # words of a message that are looked at: two unlike scripts of 100 long steps take about a second
_Pair = tuple[int, int]  # places of one step before and after
_Same = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as it was: `changed`, `added`, `removed` or `moved` (then both are places, from 0).

    `path` is dotted and counts lists from 0, as in the document after it; for what was removed, as before it.
    """

    path: str
    kind: str
    before: Any = None
    after: Any = None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what changed, in the order of the keys' names; nothing if and only if the documents are equal.

    >>> differences({"steps": 1}, {"steps": 2})
    [Difference(path='steps', kind='changed', before=1, after=2)]
    """
    return list(_of_mappings("", before, after))


def unified_text(before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, str]) -> str:
    """Return the unified difference of the documents as indented JSON with sorted keys; empty if they are equal."""
    old, new = (json.dumps(one, ensure_ascii=False, sort_keys=True, indent=2).splitlines() for one in (before, after))
    return "\n".join(unified_diff(old, new, *names, lineterm=""))


def _of_values(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if _is_same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_mappings(path, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_steps(before, after) if path == "script" else _of_lists(path, before, after)
    else:
        yield Difference(path, "changed", before, after)


def _of_mappings(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in sorted(before.keys() | after.keys()):
        place = f"{path}.{key}" if path else key
        if key not in after:
            yield Difference(place, "removed", before[key])
        elif key not in before:
            yield Difference(place, "added", None, after[key])
        else:
            yield from _of_values(place, before[key], after[key])


def _of_lists(path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    """Compare by content; items that changed in place, as many as before, are compared one by one."""
    old_texts, new_texts = ([canonical(item) for item in items] for items in (before, after))
    for kind, *bounds in SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _of_runs(path, before, after, range(*bounds[:2]), range(*bounds[2:]))


def _of_runs(path: str, before: Sequence[Any], after: Sequence[Any], gone: range, come: range) -> Iterator[Difference]:
    """Compare the places that are gone with those that come for them."""
    if len(gone) == len(come):
        for old, new in zip(gone, come, strict=True):
            yield from _of_values(f"{path}.{new}", before[old], after[new])
        return
    yield from (Difference(f"{path}.{place}", "removed", before[place]) for place in gone)
    yield from (Difference(f"{path}.{place}", "added", None, after[place]) for place in come)


def _of_steps(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    pairs = _matched(before, after)
    stayed = _in_order([old for old, _ in pairs])
    for place in sorted(set(range(len(before))) - {old for old, _ in pairs}):
        yield Difference(f"script.{place}", "removed", before[place])
    by_place = {new: old for old, new in pairs}
    for place, step in enumerate(after):
        if place not in by_place:
            yield Difference(f"script.{place}", "added", None, step)
            continue
        old = by_place[place]
        if old not in stayed:
            yield Difference(f"script.{place}", "moved", old, place)
        yield from _of_values(f"script.{place}", _numbered(before[old], old, place), step)


def _numbered(step: Any, old: int, new: int) -> Any:
    """Return a step with the number of its new place, if it had the number of its old one."""
    if isinstance(step, Mapping) and step.get("step") == old + 1:
        return {**step, "step": new + 1}
    return step


def _matched(before: Sequence[Any], after: Sequence[Any]) -> list[_Pair]:
    """Return which step became which, in the order of the steps after."""
    pairs: list[_Pair] = []
    for same in (_same_id, _is_same, _same_message):
        pairs += _first_come(before, after, pairs, same)
    return sorted(pairs + _most_alike(before, after, pairs), key=lambda pair: pair[1])


def _first_come(before: Sequence[Any], after: Sequence[Any], pairs: Sequence[_Pair], same: _Same) -> list[_Pair]:
    found: list[_Pair] = []
    old, new = _left(before, after, pairs)
    for place in new:
        if (match := next((other for other in old if same(before[other], after[place])), None)) is not None:
            old.remove(match)
            found.append((match, place))
    return found


def _most_alike(before: Sequence[Any], after: Sequence[Any], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Pair the steps whose messages are alike, the most alike ones first."""
    old, new = _left(before, after, pairs)
    found: list[_Pair] = []
    for *_, other, place in sorted(_alike(before, after, old, new)):
        if other in old and place in new:
            old.remove(other)
            new.remove(place)
            found.append((other, place))
    return found


def _alike(
    before: Sequence[Any], after: Sequence[Any], old: Sequence[int], new: Sequence[int]
) -> Iterator[tuple[float, int, int, int]]:
    """Yield (how unlike, how far apart, place before, place after) of steps without an id that are alike."""
    nameless = [other for other in old if not _id_of(before[other])]
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for place in [place for place in new if not _id_of(after[place])]:
        matcher.set_seq2(_words(after[place]))
        for other in nameless:
            matcher.set_seq1(_words(before[other]))
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                yield -ratio, abs(place - other), other, place


def _left(before: Sequence[Any], after: Sequence[Any], pairs: Sequence[_Pair]) -> tuple[list[int], list[int]]:
    old, new = {old for old, _ in pairs}, {new for _, new in pairs}
    return [p for p in range(len(before)) if p not in old], [p for p in range(len(after)) if p not in new]


def _in_order(places: Sequence[int]) -> set[int]:
    """Return a longest rising run among places: the steps that stayed where the others went round them."""
    best: list[list[int]] = []
    for place in places:
        runs = [run for run in best if run[-1] < place]
        best.append([*_longest(runs), place])
    return set(_longest(best))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    longest: list[int] = []
    for run in runs:
        longest = run if len(run) > len(longest) else longest
    return longest


def _is_same(one: Any, other: Any) -> bool:
    return canonical(one) == canonical(other)  # 1, 1.0 and true are equal in Python, and no equal documents


def _same_id(one: Any, other: Any) -> bool:
    return bool(_id_of(one)) and _id_of(one) == _id_of(other)


def _same_message(one: Any, other: Any) -> bool:
    return not (_id_of(one) or _id_of(other)) and _message_of(one) == _message_of(other)


def _id_of(step: Any) -> str:
    return str(step.get("id") or "") if isinstance(step, Mapping) else ""


def _message_of(step: Any) -> str:
    return str(step.get("message", "")) if isinstance(step, Mapping) else ""


def _words(step: Any) -> list[str]:
    return _message_of(step).split()[:_COMPARED]
