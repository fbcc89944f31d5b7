"""The lines of one CSV file: semicolons, quotes, Latin-1; one that cannot be read never stops the others."""

import csv
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import IO, NamedTuple

from roteiro.domain.contracts.columns import Kind, missing_columns, places
from roteiro.domain.contracts.table import Line
from roteiro.errors import Fault, InvalidRequest

__all__ = ["Opened", "faults_of_header", "read_lines"]

Opened = AbstractContextManager[IO[bytes]]

_LONGEST = 1024**2  # bytes of a line; a file without line ends must not fill the memory (chosen)
_LONGEST_CELL = 131_072  # characters, the csv module's own limit: more is a quote that was never closed
_LATIN = "cp1252"  # Latin-1 and the dashes and curly quotes that people paste into it
_NO_CELLS: Mapping[str, str] = {}
_BETWEEN = ";"


class _Physical(NamedTuple):
    """A line as an editor shows it, counted from 1; `done` is how many bytes of the file were read when it ended."""

    number: int
    done: int
    text: str


class _Text:
    """A file as text, a line at a time; lines that were looked at ahead are read again unless they are taken."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encoding = ""
        self._read, self._done = 0, 0
        self._ahead: deque[_Physical] = deque()

    def take(self) -> _Physical | None:
        """Return the next line; None at the end."""
        return self._ahead.popleft() if self._ahead else self._next()

    def skip(self, count: int) -> _Physical | None:
        """Take lines that were looked at; return the last one."""
        taken = [self.take() for _ in range(count)]
        return taken[-1] if taken else None

    def look(self, most: int) -> Iterator[str]:
        """Yield the lines that follow, without taking them, until they have more than `most` characters."""
        seen = 0
        for place in range(most):
            if place == len(self._ahead):
                line = self._next()
                if line is None:
                    return
                self._ahead.append(line)
            text = self._ahead[place].text
            seen += len(text)
            if seen > most:
                return
            yield text

    def _next(self) -> _Physical | None:
        line = self._file.readline(_LONGEST)
        if not line:
            return None
        self._read, self._done = self._read + 1, self._done + len(line)
        self._encoding = self._encoding or _encoding_of(line)
        return _Physical(self._read, self._done, line.decode(self._encoding, "replace").replace("\0", ""))


def _encoding_of(header: bytes) -> str:
    """Return the encoding of a file by its header, which always has accents: UTF-8 where somebody saved it again."""
    try:
        return "utf-8-sig" if not header.decode("utf-8-sig").isascii() else _LATIN
    except UnicodeDecodeError:
        return _LATIN


def faults_of_header(name: str, kind: Kind, open_one: Callable[[], Opened]) -> list[Fault]:
    """Return what keeps a file from being read, by its first line: each needed column it lacks, or its line ends."""
    with open_one() as file:
        line = _Text(file).take()
    text = line.text if line else ""
    header = _header(text)
    if header is None:
        return [Fault(name, "contract_line_ends")]
    return [
        Fault(name, "contract_column", (("found", title),)) for title in missing_columns(kind, places(kind, header))
    ]


def _header(text: str) -> list[str] | None:
    """Return the titles of a first line; None if its lines end with CR alone, so that all of the file is one line."""
    try:
        return _split(text) or []
    except csv.Error:
        return None if "\r" in text.rstrip("\r\n") else []


def read_lines(name: str, kind: Kind, open_one: Callable[[], Opened]) -> Iterator[Line]:
    """Yield the lines of a file after its header; raises InvalidRequest with what `faults_of_header` finds."""
    if faults := faults_of_header(name, kind, open_one):
        raise InvalidRequest(f"{name} was not read", faults=faults)
    with open_one() as file:
        text = _Text(file)
        first = text.take()
        header = _header(first.text if first else "") or []
        yield from _lines(text, places(kind, header), len(header))


def _lines(text: _Text, columns: Mapping[str, int], width: int) -> Iterator[Line]:
    while first := text.take():
        last, cells = first, None
        try:
            cells = _split(first.text)
            if cells is None:
                last, cells = _over_several(first, text, width)
        except csv.Error:
            cells = None
        if cells is None or any(len(cell) > _LONGEST_CELL for cell in cells):  # the library's limit may be a larger one
            yield Line(first.number, first.done, _NO_CELLS, Fault("", "contract_line"))
        elif cells:
            yield _line(first.number, last.done, cells, columns, width)


def _split(line: str) -> list[str] | None:
    """Return the cells of one line; None if a quote is still open where it ends. Raises csv.Error.

    A quote within a cell that does not begin with one is a character as any other.
    """
    reader = csv.reader((line, ""), delimiter=_BETWEEN)
    cells = next(reader, [])
    return cells if reader.line_num == 1 else None


def _over_several(first: _Physical, text: _Text, width: int) -> tuple[_Physical, list[str] | None]:
    """Return the last line of a cell that goes over several, and all cells; None if its quote was never closed.

    A forgotten quote runs on to the next one that a later line opens: what follows that one, or how many cells there
    are then, tells. The later lines are then lines of their own.
    """

    def followed() -> Iterator[str]:
        yield first.text
        yield from text.look(_LONGEST_CELL)

    reader = csv.reader(followed(), delimiter=_BETWEEN, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return first, None
    if len(cells) != width:
        return first, None
    return text.skip(reader.line_num - 1) or first, cells


def _line(number: int, done: int, cells: Sequence[str], columns: Mapping[str, int], width: int) -> Line:
    if len(cells) != width:
        facts = (("found", str(len(cells))), ("expected", str(width)))
        return Line(number, done, _NO_CELLS, Fault("", "contract_cells", facts))
    return Line(number, done, {name: cells[place].strip() for name, place in columns.items()})
