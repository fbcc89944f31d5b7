"""One script as a file for import holds it, with where it stands; what is wrong with a row never stops the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from roteiro.errors import Fault

__all__ = ["LARGEST_IMPORT", "MOST_SCRIPTS", "Cells", "Row"]

LARGEST_IMPORT = 5 * 1024 * 1024  # bytes of one file (specified)
MOST_SCRIPTS = 1000  # of one file (specified)

Cells = Mapping[str, str]  # one line of a spreadsheet by column; a column that the file does not have is absent


@dataclass(frozen=True)
class Row:
    """Row `number` (from 1) of a file, beginning on `line` (from 1).

    It holds a `document`, or for a spreadsheet the `cells` of one script, a line per step, or `examples` to add to
    the script `key`; `lines` says on which line a path of the document stands.
    """

    number: int
    line: int
    document: Any = None
    cells: Sequence[Cells] = ()
    key: str = ""
    examples: Sequence[str] = ()
    faults: Sequence[Fault] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """Return the line of a path, or of the nearest part around it that stands somewhere."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, self.line)
