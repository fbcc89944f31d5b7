"""One monthly file as it is read: line after line, never all of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from roteiro.domain.contracts.columns import Kind
from roteiro.errors import Fault

__all__ = ["Line", "Table"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, counted from 1: its cells by our names of the columns, or what is wrong with it.

    `done` is how many bytes of the file were read when it ended.
    """

    number: int
    done: int
    cells: Mapping[str, str]
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file: `name` without folders, `edition` its month YYYYMM (empty: its name tells none), `size` in bytes.

    `lines` reads it from the beginning; raises InvalidRequest if a needed column is missing.
    """

    name: str
    kind: Kind
    edition: str
    size: int
    lines: Callable[[], Iterator[Line]]
