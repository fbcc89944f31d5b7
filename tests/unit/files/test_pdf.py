"""Papers printed: another library opens them and reads the words back."""

import random
import subprocess
import sys
import threading
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from roteiro.domain.papers.reporting import Bar, Bars, Column, Paper, Paragraph, Section, Table
from roteiro.files.pdf.pages import write_pdf
from tests.harness import ROOT

ACCENTS = "Relatório: ação, órgão, José, às três, não é, lingüiça, ÁÉÍÓÚ ÂÊÔ ÃÕ Ç, nº 1ª – “aspas” … R$ 1.234,56 € §"
COLUMNS = (Column("Contrato", 2), Column("Objeto", 4), Column("Valor", 2, is_figure=True))


def a_paper(*sections: Section, **changes: object) -> Paper:
    plain = Paper("Relatório", "pt-BR", "Cidadão.AI", datetime(2026, 11, 20, 18, tzinfo=UTC), sections)
    return replace(plain, **changes)  # type: ignore[arg-type] # the fields that a test names


def a_table(rows: int) -> Section:
    cells = [(f"C-{number:04d}", f"Aquisição {number}", "R$ 1,00") for number in range(rows)]
    return Section("Contratos", table=Table(COLUMNS, cells))


def said(words: str) -> Section:
    return Section("Resumo", (Paragraph(words),))


def printed(paper: Paper) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(paper)))


def words_of(paper: Paper) -> str:
    pages = printed(paper).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_accents_of_portuguese_come_back_as_they_were_written() -> None:
    assert ACCENTS in words_of(a_paper(said(ACCENTS)))


def test_accents_typed_apart_are_printed_joined() -> None:
    assert "Ação de São João" in words_of(a_paper(said(unicodedata.normalize("NFD", "Ação de São João"))))


def test_a_paper_tells_its_title_its_language_and_its_author_to_programs() -> None:
    document = printed(a_paper(said("a"), title="Investigação nº 1"))

    root = document.trailer["/Root"]
    assert (document.metadata.title, document.metadata.author) == ("Investigação nº 1", "Cidadão.AI")
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("pt-BR", True)


def test_a_paper_is_a4() -> None:
    page = printed(a_paper(said("a"))).pages[0]

    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


def test_the_only_date_on_a_paper_is_its_own() -> None:
    paper = a_paper(said("a"))

    assert "Emitido em 20/11/2026, 15:00 (horário de Brasília)" in words_of(paper)
    assert printed(paper).metadata.creation_date == paper.dated


@pytest.mark.parametrize(
    ("locale", "page", "sources"),
    [("pt-BR", "Página 1", "Fontes"), ("en", "Page 1", "Sources"), ("es", "Página 1", "Fuentes")],
)
def test_what_the_paper_itself_says_is_in_its_language(locale: str, page: str, sources: str) -> None:
    words = words_of(a_paper(said("a"), locale=locale, sources=("Portal",)))

    assert page in words
    assert f"{sources} Portal" in words


def test_fonts_are_written_into_the_file() -> None:
    fonts = printed(a_paper(said("ação"))).pages[0]["/Resources"]["/Font"]

    used = [font.get_object() for font in fonts.values()]
    assert any("Vera" in font["/BaseFont"] and "/FontFile2" in font["/FontDescriptor"] for font in used)


def test_cautions_stand_before_the_findings_and_sources_after_them() -> None:
    paper = a_paper(said("achado"), cautions=("Indício, não prova.",), sources=("Portal da Transparência",))

    words = words_of(paper)
    assert words.index("Indício, não prova.") < words.index("achado") < words.index("Portal da Transparência")


def test_no_page_goes_without_the_mark() -> None:
    pages = printed(a_paper(a_table(200), mark="DADOS DE DEMONSTRAÇÃO")).pages

    assert len(pages) > 3
    assert all("DADOS DE DEMONSTRAÇÃO" in page.extract_text() for page in pages)


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = [page.extract_text() for page in printed(a_paper(a_table(100))).pages]

    assert [f"Página {number} de {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_row_of_some_lines_is_not_cut_by_the_end_of_a_page() -> None:
    long = " ".join(["palavra"] * 60)
    for before in range(20, 45):
        section = Section("Indícios", table=Table(COLUMNS[:2], [("C-1", long)] * 2))
        first = Section("Antes", tuple(Paragraph("a") for _ in range(before)))
        pages = [page.extract_text() for page in printed(a_paper(first, section)).pages]
        assert all(page.count("palavra") % 60 == 0 for page in pages)


def test_the_subtitle_is_told_to_readers_and_to_programs() -> None:
    paper = a_paper(said("a"), subtitle="Ministério da Saúde, 2024")

    assert "Ministério da Saúde, 2024" in words_of(paper)
    assert printed(paper).metadata.subject == "Ministério da Saúde, 2024"


def test_an_amount_and_its_currency_stay_on_one_line() -> None:
    text = printed(a_paper(said("valor de R$ 1.234,56 " * 60))).pages[0].extract_text()

    assert not [line for line in text.splitlines() if line.rstrip().endswith("R$")]


def test_the_outline_leads_to_every_section() -> None:
    document = printed(a_paper(said("a"), a_table(100), Section("Fim")))

    entries = [entry for entry in document.outline if isinstance(entry, Destination)]
    places = [document.get_destination_page_number(entry) for entry in entries]
    assert [entry.title for entry in entries] == ["Resumo", "Contratos", "Fim"]
    assert places == [0, 0, len(document.pages) - 1]


def test_a_thousand_rows_are_on_pages_that_each_repeat_the_head() -> None:
    pages = [page.extract_text() for page in printed(a_paper(a_table(1000))).pages]

    assert 20 <= len(pages) <= 45
    assert all("Contrato\n" in page and "Objeto" in page and "Valor" in page for page in pages)
    assert [word for page in pages for word in page.split() if word.startswith("C-")] == [
        f"C-{number:04d}" for number in range(1000)
    ]
    assert f"Página {len(pages)}" in pages[-1]


def test_a_chart_says_in_words_what_its_bars_show() -> None:
    bars = Bars("Fornecedor", "Total", [Bar("Alfa", 2.0, "R$ 2,00"), Bar("Beta", 1.0, "R$ 1,00")])

    assert "Fornecedor Total Alfa R$ 2,00 Beta R$ 1,00" in words_of(a_paper(Section("Gráfico", chart=bars)))


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    sizes = (4.0, 2.0, 1.0)
    chart = Bars("Quem", "Quanto", [Bar(str(size), size, str(size)) for size in sizes])

    content = printed(a_paper(Section("Gráfico", chart=chart))).pages[0].get_contents().get_data().decode("latin-1")

    lengths = bar_lengths(content)
    assert [round(length / lengths[0], 2) for length in lengths] == [1.0, 0.5, 0.25]


def bar_lengths(content: str) -> list[float]:
    """Return how long the lines are that are as thick as a bar."""
    pieces = content.split("8 w")[1:]
    ends = [piece.split(" l S")[0].split() for piece in pieces]
    return [float(end[-2]) - float(end[-5]) for end in ends]


@pytest.mark.parametrize("sizes", [[], [0.0], [0.0, 0.0], [-1.0, 3.0], [1e-9, 1e18]])
def test_a_chart_of_nothing_or_of_extremes_is_printed(sizes: list[float]) -> None:
    chart = Bars("Quem", "Quanto", [Bar("Alfa", size, "zero") for size in sizes])

    assert words_of(a_paper(Section("Gráfico", chart=chart))).count("Alfa") == len(sizes)


HOSTILE = {
    "markup": "<b>a</b> </para> &lt; &amp &#0; <a href='x'> <img src='file:///etc/passwd'/> {{7*7}} %PDF",
    "right to left": "מילה عربية \u202e\u2067abc\u2069",
    "emoji": "😀👩\u200d👩\u200d👧🏽🇧🇷",
    "controls": "".join(map(chr, range(32))) + "\x7f\x9f\ufeff\uffff",
    "half a character": "\ud800a\udfff",
    "one long word": "x" * 10_000,
    "many words": "palavra " * 1_250,
    "many lines": "a\n" * 5_000,
    "combining": "a" + "\u0301" * 500,
    "other alphabets": "中文 кириллица ελληνικά 𝔉𝔯𝔞𝔨𝔱𝔲𝔯",
    "blank": " \n\t ",
    "empty": "",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_a_paper_wherever_it_stands(hostile: str) -> None:
    chart = Bars(hostile, hostile, [Bar(hostile, 1.0, hostile)])
    table = Table((Column(hostile), Column("Fim")), [(hostile, "fim"), ("antes", hostile)])
    section = Section(hostile[:500], (Paragraph(hostile, hostile),), chart, table)

    everywhere = (hostile,)
    paper = a_paper(section, title=hostile[:500], sources=everywhere, cautions=everywhere, company=hostile[:500])

    assert "fim" in words_of(paper)


def test_markup_is_shown_and_never_obeyed() -> None:
    words = words_of(a_paper(said("<b>negrito</b> &amp; <img src='x'/>")))

    assert "<b>negrito</b> &amp; <img src='x'/>" in words


def test_random_texts_are_printed() -> None:
    chance = random.Random(20261122)  # noqa: S311 - chance, not secrecy
    texts = ["".join(chr(chance.randrange(0x11000)) for _ in range(200)) for _ in range(25)]

    paper = a_paper(Section("Todos", [Paragraph(text) for text in texts] + [Paragraph("fim")]))

    assert "fim" in words_of(paper)


def test_what_somebody_said_is_printed_whole_however_long_it_is() -> None:
    words = "\n".join(f"palavra{number}" for number in range(2_000))

    found = words_of(a_paper(said(words)))

    assert found.count("palavra") == 2_000


def test_breaks_are_kept_until_there_are_too_many_and_then_the_words_alone() -> None:
    few, many = ("\n".join(["z"] * number) for number in (20, 4_000))

    assert printed(a_paper(said(few))).pages[0].extract_text().count("z\n") >= 19
    assert len(printed(a_paper(said(many))).pages) <= 4


def test_a_cell_is_no_place_for_prose_and_says_where_it_was_cut() -> None:
    words = " ".join(f"palavra{number}" for number in range(2_000))
    tall = Section("Alto", table=Table((Column("A"), Column("B")), [(words, "b"), ("fim", "fim")]))

    found = words_of(a_paper(tall))

    assert "palavra50" in found
    assert "…" in found
    assert "palavra100" not in found


def test_a_cell_higher_than_a_page_goes_on_on_the_next_one() -> None:
    columns = (Column("A"), Column("B", 12))
    tall = Section("Alto", table=Table(columns, [(" ".join(["ab"] * 150), "b"), ("fim", "fim")]))

    document = printed(a_paper(tall))

    assert len(document.pages) > 1
    assert words_of(a_paper(tall)).count("ab") == 150


def test_a_row_has_a_cell_for_every_column() -> None:
    crooked = Section("Torto", table=Table((Column("A"), Column("B")), [("só um",)]))

    with pytest.raises(ValueError, match="zip"):
        write_pdf(a_paper(crooked))


def test_the_same_paper_is_the_same_bytes_in_another_process_and_another_is_not() -> None:
    paper = a_paper(said(ACCENTS), a_table(3))
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT / 'shared')!r}]\n"
        "from hashlib import sha256; from roteiro.files.pdf.pages import write_pdf\n"
        "import datetime; from roteiro.domain.papers.reporting import *\n"
        f"print(sha256(write_pdf({paper!r})).hexdigest())"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]

    assert done[0].stdout == done[1].stdout
    assert write_pdf(paper) == write_pdf(paper) != write_pdf(replace(paper, dated=paper.dated + timedelta(minutes=1)))


def test_threads_print_at_once_without_mixing_their_words() -> None:
    papers = [a_paper(said(f"papel{number} " * 50), a_table(40)) for number in range(4)]
    alone = [write_pdf(paper) for paper in papers]
    together: dict[int, bytes] = {}

    def work(number: int) -> None:
        together[number] = write_pdf(papers[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(papers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [together[number] for number in range(len(papers))] == alone
