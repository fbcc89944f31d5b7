"""The lines of one CSV file: semicolons, quotes, Latin-1; one that cannot be read never stops the others."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import IO, Protocol

from roteiro.domain.contracts.columns import Kind, missing_columns, places
from roteiro.domain.contracts.table import Line
from roteiro.errors import Fault, InvalidRequest

__all__ = ["Opened", "read_lines"]


class _Reader(Protocol):
    """What `csv.reader` returns; the library names no type for it."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


Opened = AbstractContextManager[IO[bytes]]

_LONGEST = 1024**2  # bytes of a line; a file without line ends must not fill the memory (chosen)
_LONGEST_CELL = 131_072  # characters, the csv module's own limit: more is a quote that was never closed
_LATIN = "cp1252"  # Latin-1 and the dashes and curly quotes that people paste into it
_NO_CELLS: Mapping[str, str] = {}


class _Text:
    """A file as text, a line at a time; knows how many bytes were read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encoding = ""
        self.done = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(_LONGEST):
            self.done += len(line)
            self._encoding = self._encoding or _encoding_of(line)
            yield line.decode(self._encoding, "replace").replace("\0", "")


def _encoding_of(header: bytes) -> str:
    """Return the encoding of a file by its header, which always has accents: UTF-8 where somebody saved it again."""
    try:
        return "utf-8-sig" if not header.decode("utf-8-sig").isascii() else _LATIN
    except UnicodeDecodeError:
        return _LATIN


def read_lines(name: str, kind: Kind, open_one: Callable[[], Opened]) -> Iterator[Line]:
    """Yield the lines of a file after its header; raises InvalidRequest naming each needed column it lacks."""
    with open_one() as file:
        text = _Text(file)
        reader = csv.reader(text, delimiter=";")
        header = next(reader, [])
        columns = places(kind, header)
        if missing := missing_columns(kind, columns):
            faults = [Fault(name, "contract_column", (("found", title),)) for title in missing]
            raise InvalidRequest(f"{name} lacks columns: {', '.join(missing)}", faults=faults)
        yield from _lines(reader, text, columns, len(header))


def _lines(reader: "_Reader", text: _Text, columns: Mapping[str, int], width: int) -> Iterator[Line]:
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quote that was never closed, or a cell beyond the library's limit
            yield Line(number, text.done, _NO_CELLS, Fault("", "contract_line"))
            continue
        if any(
            len(cell) > _LONGEST_CELL for cell in cells
        ):  # the library's limit may have been raised by another reader
            yield Line(number, text.done, _NO_CELLS, Fault("", "contract_line"))
        elif cells:
            yield _line(number, text.done, cells, columns, width)


def _line(number: int, done: int, cells: Sequence[str], columns: Mapping[str, int], width: int) -> Line:
    if len(cells) != width:
        facts = (("found", str(len(cells))), ("expected", str(width)))
        return Line(number, done, _NO_CELLS, Fault("", "contract_cells", facts))
    return Line(number, done, {name: cells[place].strip() for name, place in columns.items()})
