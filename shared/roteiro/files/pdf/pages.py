"""A paper as the bytes of a PDF: A4, numbered pages, outline, title and language in the document itself."""

from collections.abc import Iterator
from datetime import UTC
from functools import partial
from io import BytesIO

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
        creator="Roteiro",
        lang=paper.locale,
        displayDocTitle=True,
        initialFontName=REGULAR,
        invariant=1,  # else the moment of printing is written into the file
    )
    furnish = partial(_furnish, paper)
    document.build(list(_story(paper, document.width - 2 * _FRAME)), partial(_open, paper), furnish)
    return written.getvalue()


def _story(paper: Paper, width: float) -> Iterator[Flowable]:
    if paper.mark:
        yield words(paper.mark, "mark")
    yield words(paper.title, "title")
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


def _open(paper: Paper, canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Do what is done once: the paper's own date as the document's, and the outline."""
    at = paper.dated.astimezone(UTC)
    canvas.setDateFormatter(lambda *_: f"D:{at:%Y%m%d%H%M%S}+00'00'")
    for number, one in enumerate(paper.sections):
        canvas.addOutlineEntry(printable(one.title), f"s{number}", 0)
    _furnish(paper, canvas, document)


def _furnish(paper: Paper, canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Write the number of a page, and the mark, which no page goes without."""
    canvas.saveState()
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, _SMALL)
    canvas.drawString(MARGIN, _FOOT, printable(paper.mark).replace("\n", " "))
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawRightString(A4[0] - MARGIN, _FOOT, text("paper.page", paper.locale, number=document.page))
    canvas.restoreState()
