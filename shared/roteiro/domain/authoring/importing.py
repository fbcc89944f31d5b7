"""What a file for import may say otherwise than a script: wrappers of other tools, and keys that we do not know."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.errors import Fault, InvalidRequest

__all__ = ["fitting", "misshapen", "unwrapped"]

_DEEPEST = 16  # the same as a script sent over HTTP
_HALF = re.compile("[\ud800-\udfff]")  # half of a character pair is no text
_NUMBERS = {"$numberInt": int, "$numberLong": int, "$numberDouble": float}  # MongoDB's extended JSON


def misshapen(value: object) -> Fault | None:
    """Return what makes a value no document at all: too deep, a number without end, half a character."""
    level = [value]
    for _ in range(_DEEPEST + 1):
        if not level:
            return None
        if fault := next(filter(None, map(_odd, level)), None):
            return fault
        level = [child for item in level for child in _children(item)]
    return Fault("", "too_deep", (("limit", str(_DEEPEST)),)) if level else None


def unwrapped(value: object) -> object:
    """Return a document without what other tools put around it: `{"args": …}`, `{"$numberInt": "1"}`, Mongo's `_id`.

    >>> unwrapped({"args": {"_id": {"$oid": "ab"}, "steps": {"$numberInt": "2"}}})
    {'steps': 2}
    """
    if isinstance(value, dict) and set(value) == {"args"}:
        value = value["args"]
    if isinstance(value, dict):
        value = {key: item for key, item in value.items() if key != "_id"}
    return _plain(value)


def fitting(document: Any) -> tuple[Any, list[Fault]]:
    """Return a document without the first 100 keys that no script has, and a fault for each of them."""
    try:
        check_script(document)
    except InvalidRequest as error:
        strange = [fault for fault in error.faults if fault.code.startswith("unknown_key")]
        for fault in strange:
            document = _without(document, fault.path.split("."))
        return document, strange
    return document, []


def _odd(item: object) -> Fault | None:
    if isinstance(item, float) and not math.isfinite(item):
        return Fault("", "bad_number", (("found", "NaN/Infinity"),))
    return Fault("", "bad_characters") if isinstance(item, str) and _HALF.search(item) else None


def _children(item: object) -> Iterator[object]:
    if isinstance(item, Mapping):
        yield from item
        yield from item.values()
    elif isinstance(item, list):
        yield from item


def _plain(value: Any) -> Any:
    """Return a value without MongoDB's wrappers of numbers; what is no number is left as it is."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    name, held = next(iter(value.items())) if len(value) == 1 else ("", None)
    if name not in _NUMBERS or not isinstance(held, str):
        return {key: _plain(item) for key, item in value.items()}
    try:
        return _NUMBERS[name](held)
    except ValueError:
        return value


def _without(document: Any, place: Sequence[str]) -> Any:
    """Return a copy without the key at a place; the document itself if there is no such place."""
    name, *rest = place
    if isinstance(document, dict) and name in document:
        if not rest:
            return {key: item for key, item in document.items() if key != name}
        return {**document, name: _without(document[name], rest)}
    if isinstance(document, list) and rest and name.isdecimal() and int(name) < len(document):
        number = int(name)
        return [*document[:number], _without(document[number], rest), *document[number + 1 :]]
    return document
