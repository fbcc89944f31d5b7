"""CSV in and out: one line per step, or `script,text` to add examples; a cell that looks like a formula is marked."""

import csv
import io
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from roteiro.domain.authoring.rows import LARGEST_IMPORT, Row
from roteiro.domain.authoring.sheets import COLUMNS
from roteiro.errors import Fault

__all__ = ["cell", "plain", "read_csv_rows", "write_csv"]

_NEEDED = ("id", "step", "message")
_EXAMPLES = ("script", "text")
# What a spreadsheet takes for a formula, and what would be mistaken for our own mark in front of one.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")

_Line = tuple[int, Mapping[str, str]]  # where it begins, from 1, and its cells


def cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula: with one `'` in front where it would."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(text: str) -> str:
    """Return what `cell` was given: exactly one `'` is taken away."""
    return text[1:] if _MARKED.match(text) else text


def read_csv_rows(text: str) -> Iterator[Row]:
    """Yield one row per script; the first line names the columns, `,` or `;` stands between them."""
    csv.field_size_limit(LARGEST_IMPORT)  # 500 examples in one cell are more than the library's own limit
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines, broken = _lines(reader)
    rows = list(_rows(lines))
    yield from rows
    if broken:
        syntax = Fault("", "bad_syntax", (("line", str(broken)), ("column", "1")))
        yield Row(len(rows) + 1, broken, faults=[syntax])


def _rows(lines: Sequence[tuple[int, list[str]]]) -> Iterator[Row]:
    """Return the rows of a file of scripts, or of examples, as its first line says."""
    head = [name.strip().lower() for name in (lines[0][1] if lines else [])]
    named = [(line, _named(head, cells)) for line, cells in lines[1:]]
    wide = {line for line, cells in lines[1:] if any(cells[len(head) :])}
    if set(_EXAMPLES) <= set(head):
        return _added(named, wide)
    if set(_NEEDED) <= set(head) <= set(COLUMNS) and len(set(head)) == len(head):
        return _scripts(named, wide)
    return iter([Row(1, 1, faults=[Fault("", "bad_header", (("expected", ",".join(COLUMNS)),))])])


def write_csv(scripts: Iterable[Sequence[Mapping[str, str]]]) -> str:
    """Return the lines of scripts, with their header; lines end as RFC 4180 has it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in itertools.chain.from_iterable(scripts):
        writer.writerow([cell(line[name]) for name in COLUMNS])
    return file.getvalue()


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _lines(reader: Any) -> tuple[list[tuple[int, list[str]]], int]:
    """Return the lines that are not empty with where they begin, and the line that cannot be read, 0 if all can."""
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                found.append((begins, [plain(text) for text in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        return found, reader.line_num or 1
    return found, 0


def _named(head: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return a line's cells by column; those that a line lacks are empty."""
    return dict(zip(head, [*cells, *[""] * len(head)], strict=False))


def _scripts(lines: Iterable[_Line], wide: Collection[int]) -> Iterator[Row]:
    """Gather the lines of one id, which must follow each other; those in `wide` have cells that no column names."""
    groups = itertools.groupby(lines, key=lambda line: line[1]["id"].strip())
    seen: set[str] = set()
    for number, (key, group) in enumerate(groups, 1):
        found = list(group)
        places = {f"script.{place}": line for place, (line, _) in enumerate(found)}
        faults = tuple(Fault(path, "extra_cells") for path, line in places.items() if line in wide)
        if key in seen:
            faults += (Fault("problem.id", "id_split", (("found", key),)),)
        seen.add(key)
        yield Row(number, found[0][0], cells=[cells for _, cells in found], key=key, faults=faults, lines=places)


def _added(lines: Iterable[_Line], wide: Collection[int]) -> Iterator[Row]:
    """Gather the examples of one script, wherever they stand; those in `wide` were cut at a separator."""
    begins: dict[str, int] = {}
    texts: dict[str, list[str]] = {}
    cut: dict[str, int] = {}
    for line, cells in lines:
        key = cells["script"].strip()
        if line in wide:
            cut.setdefault(key, line)
        begins.setdefault(key, line)
        texts.setdefault(key, []).append(cells["text"])
    for number, (key, examples) in enumerate(texts.items(), 1):
        faults = (Fault("match.examples", "extra_cells"),) if key in cut else ()
        yield Row(number, cut.get(key, begins[key]), key=key, examples=examples, faults=faults)
