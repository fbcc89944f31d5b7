"""JSON in and out: an object, a list, or one object after another (JSON lines), each with the line it begins on."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from roteiro.domain.authoring.rows import Row
from roteiro.errors import Fault

__all__ = ["read_json_rows", "write_json"]

_BETWEEN = re.compile(r"[\s,]*")
_NEXT_OBJECT = re.compile(r"\n(?=\{)")  # where reading goes on behind a broken line


def read_json_rows(text: str) -> Iterator[Row]:
    """Yield one row per value; a broken one in a list ends the reading, a broken line costs that line alone."""
    position = _BETWEEN.match(text).end()  # type: ignore[union-attr] # it matches nothing too
    in_list = text[position : position + 1] == "["
    position, number = position + in_list, 0
    line, counted = 1, 0
    while (position := _BETWEEN.match(text, position).end()) < len(text):  # type: ignore[union-attr] # same
        if in_list and text[position] == "]":
            return
        number += 1
        line, counted = line + text.count("\n", counted, position), position
        row, position = _row(Row(number, line), text, position, in_list=in_list)
        yield row


def write_json(documents: Iterable[Any]) -> str:
    """Return a list of documents, indented; keys stay in the order they have."""
    return json.dumps(list(documents), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _row(row: Row, text: str, position: int, *, in_list: bool) -> tuple[Row, int]:
    """Return the row that begins here with what it holds, and where the next one may begin."""
    faults: list[Fault] = []
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: _object(pairs, faults),
        parse_constant=lambda name: faults.append(Fault("", "bad_number", (("found", name),))),
    )
    try:
        value, end = decoder.raw_decode(text, position)
    except (ValueError, RecursionError) as error:
        found = _NEXT_OBJECT.search(text, position)
        return _broken(row, text, position, error), found.end() if found and not in_list else len(text)
    return replace(row, document=value, faults=faults), end


def _object(pairs: list[tuple[str, Any]], faults: list[Fault]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        faults.append(Fault("", "key_twice", (("found", twice),)))
    return found


def _broken(row: Row, text: str, position: int, error: Exception) -> Row:
    at = getattr(error, "pos", position)  # a number of 5,000 digits has no place of its own
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return replace(row, line=line, faults=[Fault("", "bad_syntax", (("line", str(line)), ("column", str(column))))])
