"""The parts of a paper as reportlab lays them out: words, tables, bars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape  # makes text safe inside reportlab's markup; nothing is parsed

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, LongTable, Paragraph, Spacer, TableStyle

from roteiro.domain.papers import reporting
from roteiro.domain.papers.printable import clipped, printable
from roteiro.domain.papers.reporting import Bars, Column, Section, Table
from roteiro.files.pdf.styles import ACCENT, RULE, SHADE, styles

__all__ = ["section", "words"]

_LOOK = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
)
# A heading with less room under it begins the next page; chosen: some lines, and never more than half a page.
_ROOM, _MOST_ROOM = 30 * mm, 120 * mm
_SHARES = (2, 8, 3)  # of label, bar and figure in the width of a chart; chosen by eye, labels are months
# Characters of a short text: a head that every page repeats must leave room for rows, a cell is no place for prose.
_LONGEST = {"head": 60, "figure head": 60, "cell": 600, "figure": 60, "heading": 200, "title": 200, "small": 20_000}
_LONG = 2_000
_LINES = 40
_BREAKS = 20  # kept in one paragraph; chosen: 1,000 messages of breaks alone print in seconds
_TOGETHER = re.compile(r"(?<=R\$) (?=\d)|(?<=\d) (?=%)")  # blanks that no line ends at
_BAR = 8.0  # points thick, as high as a line's letters


def section(one: Section, anchor: str, width: float) -> Iterator[Flowable]:
    """Lay out a section; `anchor` is where the outline leads to, `width` is in points."""
    yield CondPageBreak(_room(one, width))
    yield Paragraph(f'<a name="{anchor}"/>{_brief(one.title, "heading")}', styles()["heading"])
    for paragraph in one.paragraphs:
        yield _paragraph(paragraph)
    if one.chart:
        yield _chart(one.chart, width)
    if one.table:
        yield _table(one.table, width)


def _room(one: Section, width: float) -> float:
    """Return the points under a heading, with the head and the first row of a table that follows it."""
    if not one.table or one.paragraphs or one.chart:
        return _ROOM
    first = _table(replace(one.table, rows=one.table.rows[:1]), width)
    return min(_ROOM / 2 + first.wrap(width, _MOST_ROOM)[1], _MOST_ROOM)


def words(text: str, kind: str) -> Paragraph:
    """Lay out a short text in one of the styles, cut if it is none; whatever it holds is shown, never obeyed."""
    return Paragraph(_brief(text, kind), styles()[kind])


def _brief(text: str, kind: str) -> str:
    return _marked_up(clipped(printable(text), _LONGEST.get(kind, _LONG), _LINES))


def _marked_up(text: str) -> str:
    return escape(_TOGETHER.sub("\xa0", text)).replace("\n", "<br/>")


def _paragraph(one: reporting.Paragraph) -> Paragraph:
    """Lay out words of any length; after many breaks the rest flows on: a chat of breaks took a minute to print."""
    lead = f"<b>{_brief(one.lead, 'heading')}</b> " if one.lead else ""
    *first, rest = printable(one.words).split("\n", _BREAKS)
    return Paragraph(lead + _marked_up("\n".join([*first, rest.replace("\n", " ")])), styles()["body"])


def _table(table: Table, width: float) -> LongTable:
    kinds = ["figure" if column.is_figure else "cell" for column in table.columns]
    rows = [[words(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]
    return _grid(table.columns, rows, width)


def _chart(chart: Bars, width: float) -> LongTable:
    label, bar, figure = _SHARES
    columns = (Column(chart.label_title, label), Column("", bar), Column(chart.figure_title, figure, is_figure=True))
    longest = max((one.size for one in chart.bars), default=0) or 1
    rows = [[words(one.label, "cell"), _bar(one.size / longest), words(one.figure, "figure")] for one in chart.bars]
    return _grid(columns, rows, width)


class _Grid(LongTable):
    """Rows that stay whole; one that has most of a page and does not fit goes on on the next."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits into the height and the rest, or nothing where the next page is to be tried."""
        self.splitInRow = int(height > _MOST_ROOM)
        parts: list[Flowable] = super().split(width, height)
        return parts


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[Flowable]], width: float) -> LongTable:
    """Lay out rows under a head that every page repeats."""
    head = [words(column.title, "figure head" if column.is_figure else "head") for column in columns]
    whole = sum(column.share for column in columns)
    widths = [width * column.share / whole for column in columns]
    return _Grid([head, *map(list, rows)], widths, repeatRows=1, style=_LOOK, spaceBefore=4, spaceAfter=8)


def _bar(share: float) -> Flowable:
    if share <= 0:
        return Spacer(0, 0)
    return HRFlowable(f"{share:.2%}", _BAR, "butt", ACCENT, spaceBefore=2, spaceAfter=1, hAlign="LEFT")
