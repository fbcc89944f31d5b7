"""A paper before it is printed: title, date, sections with paragraphs, tables and bars, sources, cautions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

__all__ = ["Bar", "Bars", "Column", "Paper", "Paragraph", "Section", "Table"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, with line breaks where they are meant; `lead` stands before them in bold."""

    words: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its width among the others', figures stand to the right."""

    title: str
    share: int = 1
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a head that is repeated on every page; each row has one cell per column."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its length is `size` (any unit, 0 or more), and `figure` says it in words."""

    label: str
    size: float
    figure: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart and its table in one, so that nothing is told by lengths alone."""

    label_title: str
    figure_title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and what stands under it, in this order."""

    title: str
    paragraphs: Sequence[Paragraph] = ()
    chart: Bars | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; the same paper always prints to the same bytes."""

    title: str
    locale: str
    company: str  # who issues it
    dated: datetime  # the only moment on it, aware
    sections: Sequence[Section]
    sources: Sequence[str] = ()
    cautions: Sequence[str] = ()  # how it is to be read, before anything else
    mark: str = ""  # said on every page, such as that the data is made up
    subtitle: str = ""  # what tells it from another of the same title
