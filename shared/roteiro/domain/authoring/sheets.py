"""A script as lines of a spreadsheet, and back: a line per step, over the script that is there already.

A sheet holds few of a script's keys, so reading one changes what differs from the sheet that would be written of the
present script, and nothing else: what no column shows is kept.
"""

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from roteiro.domain.authoring.rows import Cells
from roteiro.domain.faults import OwnFault
from roteiro.domain.message import fold

__all__ = ["COLUMNS", "column_of", "left_out", "overlaid", "sheet_of", "with_examples"]

COLUMNS = ("id", "title", "description", "step", "message", "collect", "next", "examples")
_ONCE = ("title", "description", "examples")  # stand on the first line of a script only
_HELD = {
    "": {"steps", "problem", "script", "match"},
    "problem": {"id", "title", "description"},
    "script": {"step", "message", "collect", "next"},
    "match": {"examples"},
}
_DIGITS = re.compile(r"[0-9]{1,9}")
_ITEM = re.compile(r"(?:\\[\\|]|[^|])+")  # between bars; a bar of the text itself is written \|
_ESCAPED = re.compile(r"\\([\\|])")


def sheet_of(document: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the lines of a checked script, every column in each."""
    problem = document["problem"]
    once = {
        "title": problem.get("title") or "",
        "description": problem["description"],
        "examples": _joined(document.get("match", {}).get("examples", ())),
    }
    blank = dict.fromkeys(_ONCE, "")
    return [
        {
            "id": str(problem["id"]),
            "step": str(step["step"]),
            "message": step["message"],
            "collect": _joined(step.get("collect", ())),
            "next": _written(step.get("next")),
            **(blank if place else once),
        }
        for place, step in enumerate(document["script"])
    ]


def column_of(path: str) -> str:
    """Return the column that a path of a document is read from; empty if none is.

    >>> column_of("script.0.message"), column_of("match.examples.3"), column_of("slots.cpf")
    ('message', 'examples', '')
    """
    names = [*(name for name in path.split(".") if name in COLUMNS), ""]
    return "step" if path in ("script", "steps") else names[0] if path.partition(".")[0] in _HELD else ""


def left_out(document: Mapping[str, Any]) -> set[str]:
    """Return the keys of a script that no column holds, such as `slots` and `script.guidelines`."""
    parts: list[tuple[str, Mapping[str, Any]]] = [("", document), ("problem", document["problem"])]
    parts += [("match", document.get("match", {})), *(("script", step) for step in document["script"])]
    return {f"{name}.{key}".lstrip(".") for name, part in parts for key in part if key not in _HELD[name]}


def overlaid(lines: Sequence[Cells], present: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the present script with what its lines change, or a new one without a present script.

    Raises OwnFault for a title, description or examples on a later line, and when steps come or go in a script whose
    steps have keys that no column holds: they would be given to the wrong steps.
    """
    for place, line in enumerate(lines[1:], 1):
        if moved := [name for name in _ONCE if line.get(name, "") not in ("", lines[0].get(name))]:
            raise OwnFault("not_first_line", "script", place, column=moved[0])
    was: Sequence[Cells] = sheet_of(present) if present else [{}]
    document: dict[str, Any] = (
        deepcopy(dict(present)) if present else {"problem": {"id": _number(lines[0]["id"])}, "script": []}
    )
    _set_once(document, lines[0], was[0])
    document["script"] = _steps(lines, present, was)
    if document.get("steps") is not None:
        document["steps"] = len(lines)
    return document


def with_examples(present: Mapping[str, Any], examples: Sequence[str]) -> dict[str, Any]:
    """Return a script with examples added; those it has are not added again."""
    match = dict(present.get("match", {}))
    kept = list(match.get("examples", ()))
    seen = {fold(text) or text for text in kept}
    for text in filter(str.strip, examples):
        if (key := fold(text) or text) not in seen:
            seen.add(key)
            kept.append(text.strip())
    match["examples"] = kept
    return {**present, "match": match} if kept else dict(present)


def _set_once(document: dict[str, Any], line: Cells, was: Cells) -> None:
    """Set title, description and examples where the cell is another one than would be written."""
    changed = {name: line[name] for name in _ONCE if name in line and line[name] != was.get(name, "")}
    problem = document["problem"]
    if "description" in changed:
        problem["description"] = changed["description"]
    if "title" in changed:
        _put(problem, "title", changed["title"])
    if "examples" in changed:
        match = dict(document.get("match", {}))
        _put(match, "examples", _parts(changed["examples"]))
        document["match"] = match


def _steps(lines: Sequence[Cells], present: Mapping[str, Any] | None, was: Sequence[Cells]) -> list[dict[str, Any]]:
    old: Sequence[Mapping[str, Any]] = present["script"] if present else ()
    if len(old) == len(lines):
        return [_step(*one) for one in zip(lines, old, was, strict=True)]
    if lost := {key for step in old for key in step} - _HELD["script"]:
        raise OwnFault("sheet_loses", "script", keys=", ".join(sorted(lost)))
    return [_step(line, {}, {"step": "", "message": "\0"}) for line in lines]


def _step(line: Cells, old: Mapping[str, Any], was: Cells) -> dict[str, Any]:
    step = dict(old)
    for name, read in (("step", _number), ("message", str), ("collect", _parts), ("next", _read_next)):
        if name in line and line[name] != was.get(name, ""):
            _put(step, name, read(line[name]))
    return step


def _put(part: dict[str, Any], name: str, value: Any) -> None:
    """Set a key; an empty cell takes it away, except where a script cannot be without it."""
    if value in ("", [], None) and name not in ("step", "message"):
        part.pop(name, None)
    else:
        part[name] = value


def _number(text: str) -> Any:
    """Return a whole number, or the text for the schema to complain about."""
    return int(text) if _DIGITS.fullmatch(text.strip()) else text


def _read_next(text: str) -> Any:
    """Return where a step goes next: a number, a name, or the JSON list that `_written` makes of branches."""
    if not text.lstrip().startswith("["):
        return _number(text.strip())
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _written(target: object) -> str:
    if target is None:
        return ""
    return json.dumps(target, ensure_ascii=False) if isinstance(target, list) else str(target)


def _joined(texts: Sequence[str]) -> str:
    return "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def _parts(text: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", part.strip()) for part in _ITEM.findall(text) if part.strip()]
