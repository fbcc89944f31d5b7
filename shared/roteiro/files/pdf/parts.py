"""The parts of a paper as reportlab lays them out: words, tables, bars."""

from collections.abc import Iterator, Sequence
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
_ROOM_UNDER_HEADING = 30 * mm  # else the heading begins the next page: chosen, a head and two rows
_SHARES = (5, 5, 3)  # of label, bar and figure in the width of a chart; chosen by eye
# Characters of a short text: a head that every page repeats must leave room for rows, a cell is no place for prose.
_LONGEST = {"head": 60, "figure head": 60, "cell": 600, "figure": 60, "heading": 200, "title": 200}
_LONG = 2_000
_LINES = 40
_BREAKS = 20  # kept in one paragraph; chosen: 1,000 messages of breaks alone print in seconds
_BAR = 8.0  # points thick, as high as a line's letters


def section(one: Section, anchor: str, width: float) -> Iterator[Flowable]:
    """Lay out a section; `anchor` is where the outline leads to, `width` is in points."""
    yield CondPageBreak(_ROOM_UNDER_HEADING)
    yield Paragraph(f'<a name="{anchor}"/>{_brief(one.title, "heading")}', styles()["heading"])
    for paragraph in one.paragraphs:
        yield _paragraph(paragraph)
    if one.chart:
        yield _chart(one.chart, width)
    if one.table:
        yield _table(one.table, width)


def words(text: str, kind: str) -> Paragraph:
    """Lay out a short text in one of the styles, cut if it is none; whatever it holds is shown, never obeyed."""
    return Paragraph(_brief(text, kind), styles()[kind])


def _brief(text: str, kind: str) -> str:
    return _marked_up(clipped(printable(text), _LONGEST.get(kind, _LONG), _LINES))


def _marked_up(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


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


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[Flowable]], width: float) -> LongTable:
    """Lay out rows under a head that every page repeats; a row higher than a page goes on on the next one."""
    head = [words(column.title, "figure head" if column.is_figure else "head") for column in columns]
    whole = sum(column.share for column in columns)
    widths = [width * column.share / whole for column in columns]
    return LongTable(
        [head, *map(list, rows)], widths, repeatRows=1, splitInRow=1, style=_LOOK, spaceBefore=4, spaceAfter=8
    )


def _bar(share: float) -> Flowable:
    if share <= 0:
        return Spacer(0, 0)
    return HRFlowable(f"{share:.2%}", _BAR, "butt", ACCENT, spaceBefore=2, spaceAfter=1, hAlign="LEFT")
