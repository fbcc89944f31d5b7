"""A paper as the bytes of a PDF: A4, numbered pages, outline, title and language in the document itself."""

from collections.abc import Iterator
from datetime import UTC
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, SimpleDocTemplate

from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.papers.printable import printable
from roteiro.domain.papers.reporting import Paper
from roteiro.domain.texts import text
from roteiro.files.pdf.parts import section, words
from roteiro.files.pdf.styles import BOLD, INK, MARGIN, REGULAR, use_fonts

__all__ = ["write_pdf"]

_FOOT = 12 * mm  # of the page number, from the lower edge
_SMALL = 7.5  # points
_WITH_HEADING = 12  # sources that stay on one page with their heading: three months of files (chosen)
_FRAME = 6.0  # points that reportlab keeps free on either side of a page's text


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as a PDF; the same paper gives the same bytes."""
    use_fonts()
    written = BytesIO()
    document = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=printable(paper.title),
        author=printable(paper.company),
        subject=printable(paper.subtitle),
        creator="Roteiro",
        lang=paper.locale,
        displayDocTitle=True,
        initialFontName=REGULAR,
        invariant=1,  # else the moment of printing is written into the file
    )
    story = list(_story(paper, document.width - 2 * _FRAME))
    document.build(story, partial(_open, paper), canvasmaker=partial(_Counted, paper))
    return written.getvalue()


def _story(paper: Paper, width: float) -> Iterator[Flowable]:
    if paper.mark:
        yield words(paper.mark, "mark")
    yield words(paper.title, "title")
    if paper.subtitle:
        yield words(paper.subtitle, "subtitle")
    yield words(f"{paper.company}\n{_dated(paper)}", "small")
    for caution in paper.cautions:
        yield words(caution, "caution")
    for number, one in enumerate(paper.sections):
        yield from section(one, f"s{number}", width)
    if paper.sources:
        sources = [words(source, "small") for source in paper.sources]
        yield KeepTogether([words(text("paper.sources", paper.locale), "heading"), *sources[:_WITH_HEADING]])
        yield from sources[_WITH_HEADING:]


def _dated(paper: Paper) -> str:
    moment = paper.dated.astimezone(COMPANY_ZONE).strftime(text("transcript.moment", paper.locale))
    return text("paper.dated", paper.locale, moment=moment)


def _open(paper: Paper, canvas: Canvas, _: SimpleDocTemplate) -> None:
    """Do what is done once: the paper's own date as the document's, and the outline."""
    at = paper.dated.astimezone(UTC)
    canvas.setDateFormatter(lambda *_: f"D:{at:%Y%m%d%H%M%S}+00'00'")
    for number, one in enumerate(paper.sections):
        canvas.addOutlineEntry(printable(one.title), f"s{number}", 0)


class _Counted(Canvas):
    """A canvas that keeps its pages until it knows how many there are, and then writes their feet."""

    def __init__(self, paper: Paper, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._paper = paper
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep a page as it is; the document counts it, or the outline would lead to the first page."""
        self._pages.append(dict(self.__dict__))
        self._doc.pageCounter += 1  # type: ignore[attr-defined] # nor is this
        self._startPage()  # type: ignore[attr-defined] # not in the stubs

    def save(self) -> None:
        """Write the pages that were kept."""
        pages = self._pages
        self._doc.pageCounter = 1  # type: ignore[attr-defined] # nor is this
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            self._furnish(number, len(pages))
            super().showPage()
        super().save()

    def _furnish(self, number: int, count: int) -> None:
        """Write the number of a page, and the mark, which no page goes without."""
        self.setFillColor(INK)
        self.setFont(BOLD, _SMALL)
        self.drawString(MARGIN + _FRAME, _FOOT, printable(self._paper.mark).replace("\n", " "))
        self.setFont(REGULAR, _SMALL)
        told = text("paper.page", self._paper.locale, number=number, count=count)
        self.drawRightString(A4[0] - MARGIN - _FRAME, _FOOT, told)
