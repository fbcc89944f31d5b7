"""The transcript as a paper: the same words as on its page, a section for each protocol number."""

from datetime import UTC, datetime

from roteiro.domain.papers.reporting import Paragraph
from roteiro.domain.papers.transcripts import Line, as_paper

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
FIRST, SECOND = "20261120000000101", "20261120000000202"
LINES = [
    Line(FIRST, 1, AT, "customer", "bati <o> carro\nontem"),
    Line(FIRST, 1, AT, "company", "Sinto muito."),
    Line(SECOND, 2, AT, "attendant", "Sou a Ana."),
]


def test_each_number_is_a_section_with_what_was_said_under_it() -> None:
    paper = as_paper(LINES, "Seguros", "pt-BR", AT)

    titles = [section.title for section in paper.sections]
    assert titles == ["Protocolo 20261120-0000001-01", "Protocolo 20261120-0000002-02"]
    assert [len(section.paragraphs) for section in paper.sections] == [2, 1]


def test_a_line_says_who_when_and_the_words_as_they_were_typed() -> None:
    paper = as_paper(LINES, "Seguros", "pt-BR", AT)

    said = paper.sections[0].paragraphs[0]
    assert said == Paragraph("bati <o> carro\nontem", "Você, 20/11/2026, 15:00:")


def test_a_paper_has_its_language_its_title_and_the_date_that_it_was_given() -> None:
    paper = as_paper(LINES, "Seguros", "es", AT)

    assert (paper.title, paper.locale, paper.company, paper.dated) == ("Conversación con Seguros", "es", "Seguros", AT)
    assert (paper.sources, paper.cautions, paper.mark) == ((), (), "")
