"""The report of an investigation: what was read, what stands out, and how careful one must be with it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from roteiro.domain.anomalies.finding import Finding, Rule, Severity
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.paper import MOST_PRINTED, paper_of
from roteiro.domain.anomalies.subject import EVER
from roteiro.domain.anomalies.tally import Month, Tally
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Aggregate
from roteiro.domain.papers.reporting import Paper, Section
from roteiro.files.pdf.pages import write_pdf

SPLIT_FIGURES: dict[str, int | str] = {
    "contracts": 2,
    "supplier": "Padaria",
    "year": "2025",
    "ceiling": 6_272_559,
    "total": 7_000_000,
}
GROWN_FIGURES: dict[str, int | str] = {
    "contracts": 1,
    "supplier": "Padaria",
    "base": 100,
    "final": 200,
    "share": 10_000,
    "reference": 5_000,
}
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
RUSH = Finding(
    Rule.RUSH,
    Severity.HIGH,
    ("250005-500012024", "250005-500022024"),
    4_500_000,
    {"year": "2024", "share": 4_500, "value": 4_500_000, "total": 10_000_000, "contracts": 2},
)
CASE = Investigation(
    organ="36000",
    start="2024-01-01",
    end="2024-12-31",
    is_demo=False,
    sources=("202412_Compras.csv",),
    whole=Aggregate(40, 7, 10_000_000),
    is_done=True,
    tally=Tally(
        contracts=40,
        suppliers=7,
        cents=10_000_000,
        months={"2024-12": Month(4_500_000, 9), "2024-03": Month(5_500_000, 31)},
    ),
    findings=(RUSH,),
    by_rule={"rush": 1},
)


def a_paper(case: Investigation = CASE, locale: str = "pt-BR") -> Paper:
    return paper_of(case, "INV-2026-000001", "Ministério da Saúde", "Cidadão.AI", locale, AT)


def words_of(section: Section) -> str:
    return " ".join(paragraph.words for paragraph in section.paragraphs)


def test_the_summary_says_what_was_read() -> None:
    summary = words_of(a_paper().sections[0])

    assert summary.startswith("Órgão: Ministério da Saúde. Período: 2024. Foram lidos 40 contratos")
    assert "7 fornecedores, que somam R$ 100.000,00." in summary


def test_one_contract_is_told_as_one() -> None:
    summary = words_of(a_paper(replace(CASE, tally=Tally(contracts=1, suppliers=1, cents=500))).sections[0])

    assert "Foi lido 1 contrato, de 1 fornecedor, que soma R$ 5,00." in summary


def test_every_report_says_that_an_indication_is_no_proof() -> None:
    assert a_paper().cautions == [
        "Indício não é prova de irregularidade: é um ponto a conferir nos documentos do contrato."
    ]


@pytest.mark.parametrize("locale", ["pt-BR", "en", "es"])
def test_made_up_data_is_marked_and_its_source_named_so(locale: str) -> None:
    real, demo = a_paper(locale=locale), a_paper(replace(CASE, is_demo=True), locale)

    assert (real.mark, bool(demo.mark)) == ("", True)
    assert real.sources != demo.sources
    assert all("202412_Compras.csv" in source for source in [*real.sources, *demo.sources])


def test_the_months_are_a_chart_in_their_order_with_their_values() -> None:
    chart = a_paper().sections[1].chart

    assert chart is not None
    assert [bar.label for bar in chart.bars] == [f"{month:02}/2024" for month in range(1, 13)]
    assert [(bar.label, bar.size, bar.figure) for bar in chart.bars if bar.size] == [
        ("03/2024", 5_500_000, "R$ 55.000,00"),
        ("12/2024", 4_500_000, "R$ 45.000,00"),
    ]


def test_a_month_without_contracts_is_nothing_in_the_chart_and_says_so() -> None:
    chart = a_paper().sections[1].chart

    assert chart is not None
    assert (chart.bars[0].size, chart.bars[0].figure) == (0, "R$ 0,00")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [("2010-01-01", "2026-12-31", "03/2024", "12/2024"), ("2024-01-01", "2026-12-31", "01/2024", "11/2026")],
)
def test_months_to_come_and_the_ends_of_a_long_period_are_left_out(start: str, end: str, first: str, last: str) -> None:
    chart = a_paper(replace(CASE, start=start, end=end)).sections[1].chart

    assert chart is not None
    assert (chart.bars[0].label, chart.bars[-1].label) == (first, last)


def test_findings_that_are_all_there_are_only_counted() -> None:
    assert "Indícios encontrados: 1." in words_of(a_paper().sections[0])
    assert "maior destaque" not in words_of(a_paper().sections[0])


@pytest.mark.parametrize(("end", "is_told"), [("2024-12-31", False), ("2024-11-30", True)])
def test_what_less_than_a_year_cannot_show_is_said(end: str, *, is_told: bool) -> None:
    summary = words_of(a_paper(replace(CASE, end=end)).sections[0])

    assert ("a corrida de fim de ano não foi procurada" in summary) is is_told


def test_the_law_behind_a_finding_is_named_with_its_limit_and_to_be_checked() -> None:
    split = Finding(Rule.SPLIT, Severity.HIGH, ("250005-1",), 1, SPLIT_FIGURES)
    grown = Finding(Rule.GROWTH, Severity.HIGH, ("250005-1",), 1, GROWN_FIGURES)

    references = a_paper(replace(CASE, findings=(split, split, grown), by_rule={"split": 2, "growth": 1})).sections[-1]

    growth, limit = [paragraph.words for paragraph in references.paragraphs]
    assert references.title == "Referências usadas"
    assert "R$ 62.725,59 (Lei 14.133/2021, art. 75, I / II; Decreto 12.343/2024). Conferir no texto oficial." in limit
    assert "50 % em reforma" in growth


def test_a_filter_by_value_is_told_with_how_many_it_left() -> None:
    summary = words_of(a_paper(replace(CASE, bounds=Bounds(100_000_000), seen=90)).sections[0])

    assert "Filtro: valor final a partir de R$ 1.000.000,00. Ficaram 40 de 90 contratos lidos" in summary


def test_the_sources_stay_with_their_heading() -> None:
    rows = (RUSH,) * 30
    sources = ("202412_Compras.csv", "202412_ItemCompra.csv", "202412_TermoAditivo.csv")

    for count in range(1, len(rows)):
        paper = a_paper(replace(CASE, findings=rows[:count], sources=sources))
        last = PdfReader(BytesIO(write_pdf(paper))).pages[-1].extract_text()
        assert ("Fontes" in last) == (sources[0] in last) == (sources[-1] in last) is True


def test_a_finding_is_a_row_with_its_sentence_its_contracts_and_how_it_stands_out() -> None:
    table = a_paper().sections[2].table

    assert table is not None
    ((sentence, contracts, severity),) = table.rows
    assert sentence.startswith("Indício de corrida de fim de ano: dezembro de 2024")
    assert (contracts, severity) == ("UG 250005: 500012024, 500022024", "alto")


def test_numbers_stand_by_the_unit_whose_they_are_and_those_left_out_are_counted() -> None:
    two_units = replace(
        RUSH, contracts=("250005-1", "demo-999001-2-2024", "250005-3"), figures={**RUSH.figures, "contracts": 10}
    )

    table = a_paper(replace(CASE, findings=(two_units,))).sections[2].table

    assert table is not None
    assert table.rows[0][1] == "UG 250005: 1, 3\nUG 999001: 2-2024\nOutros no mesmo caso: 7."


def test_several_kinds_of_findings_are_counted_each_the_most_frequent_first() -> None:
    summary = words_of(a_paper(replace(CASE, by_rule={"rush": 1, "split": 3})).sections[0])

    assert "Indícios encontrados: 4." in summary
    assert "Por tipo: compra dividida: 3; corrida de fim de ano: 1." in summary


@pytest.mark.parametrize(("start", "told"), [("2024-01-01", "2024"), (EVER, "todo o período disponível")])
def test_the_organ_and_the_period_tell_papers_of_one_investigation_apart(start: str, told: str) -> None:
    paper = a_paper(replace(CASE, start=start))

    assert paper.subtitle == f"Ministério da Saúde, {told}"
    assert f"Período: {told}." in words_of(paper.sections[0])


def test_many_files_are_one_source_in_a_few_lines() -> None:
    names = tuple(f"2024{month:02}_Compras.csv" for month in range(1, 13))

    (source,) = a_paper(replace(CASE, sources=names)).sources

    assert source.startswith("Portal da Transparência do Governo Federal: 202401_Compras.csv, 202402_Compras.csv")


def test_more_findings_than_fit_are_counted_and_the_greatest_shown() -> None:
    many = replace(CASE, findings=(RUSH,) * 150, by_rule={"rush": 400})

    paper = a_paper(many)

    assert "Indícios encontrados: 400. Aqui estão os 100 de maior destaque." in words_of(paper.sections[0])
    assert paper.sections[2].table is not None
    assert len(paper.sections[2].table.rows) == MOST_PRINTED


def test_an_investigation_without_findings_says_so_and_promises_nothing() -> None:
    paper = a_paper(replace(CASE, findings=(), by_rule={}))

    assert "Isso não garante que tudo esteja regular." in words_of(paper.sections[0])
    assert [section.title for section in paper.sections] == ["Resumo", "Valor contratado por mês"]


def test_an_investigation_that_is_not_done_says_how_far_it_is() -> None:
    halfway = replace(CASE, is_done=False, whole=Aggregate(80, 9, 1))

    assert "A leitura está em 50 % de 80 contratos" in words_of(a_paper(halfway).sections[0])


def test_an_investigation_of_nothing_is_a_paper() -> None:
    nothing = replace(CASE, tally=Tally(), findings=(), by_rule={}, whole=Aggregate(0, 0, 0))

    assert len(a_paper(nothing).sections) == 1


@pytest.mark.parametrize("locale", ["pt-BR", "en", "es"])
def test_the_report_prints_and_reads_back_in_every_language(locale: str) -> None:
    paper = a_paper(locale=locale)

    pages = PdfReader(BytesIO(write_pdf(paper))).pages

    found = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert paper.title in found
    assert all(section.title in found for section in paper.sections)
    assert paper.cautions[0] in found
