"""What an investigation says in a chat: never more than was read, and never that somebody did wrong."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.anomalies.finding import Finding, Rule, Severity
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.tally import Tally
from roteiro.domain.anomalies.telling import EVER, Subject, share_done, told
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Aggregate
from roteiro.domain.texts import LOCALES, text

EMPTY = Investigation("36000", "2024-01-01", "2024-12-31", is_demo=False, sources=(), whole=Aggregate(0, 0, 0))


def a_rush(share: int = 4500, severity: Severity = Severity.HIGH, rule: Rule = Rule.RUSH) -> Finding:
    figures: dict[str, int | str] = {
        "year": "2024",
        "share": share,
        "value": 4_500_000,
        "total": 10_000_000,
        "contracts": 2,
    }
    return Finding(rule, severity, ("250005-1",), share, figures)


def a_subject(name: str = "Ministério da Saúde", *findings: Finding, **changes: Any) -> Subject:
    """Return an organ of 40 contracts, all read."""
    counts: dict[str, int] = {}
    for one in findings:
        counts[one.rule] = counts.get(one.rule, 0) + 1
    case = replace(
        EMPTY,
        sources=("202412_Compras.csv",),
        whole=Aggregate(40, 7, 10_000_000),
        is_done=True,
        tally=Tally(contracts=40, suppliers=7, cents=10_000_000),
        findings=findings,
        by_rule=counts,
    )
    return Subject(name, replace(case, **changes))


def test_it_says_how_much_was_read() -> None:
    first = told([a_subject()], "pt-BR").splitlines()[0]

    assert first == (
        "Ministério da Saúde, 2024. Contratos lidos: 40; fornecedores: 7; valor total: R$ 100.000,00; indícios: 0."
    )


def test_what_stands_out_comes_with_its_figures_and_the_word_that_it_is_no_proof() -> None:
    said = told([a_subject("Ministério da Saúde", a_rush())], "pt-BR")

    assert "• Indício de corrida de fim de ano: dezembro de 2024 concentrou 45,0 %" in said
    assert said.endswith("Anomalia não é prova de irregularidade: é um ponto a conferir nos documentos do contrato.")


def test_of_each_rule_the_gravest_is_told_and_how_many_more_there_are() -> None:
    said = told([a_subject("Saúde", a_rush(3000), a_rush(9000), a_rush(5000))], "pt-BR")

    assert said.count("•") == 1
    assert "90,0 %" in said
    assert "Há mais 2 deste tipo." in said


@pytest.mark.parametrize(
    ("locale", "said"), [("pt-BR", "Há mais 1 deste"), ("en", "There is 1 other"), ("es", "Hay 1 más")]
)
def test_one_more_of_a_rule_is_told_as_one(locale: str, said: str) -> None:
    assert said in told([a_subject("Saúde", a_rush(3000), a_rush(9000))], locale)


@pytest.mark.parametrize(("end", "is_told"), [("2024-12-31", False), ("2024-11-30", True)])
def test_what_less_than_a_calendar_year_cannot_show_is_said(end: str, *, is_told: bool) -> None:
    assert (text("report.short_period", "pt-BR") in told([a_subject(end=end)], "pt-BR")) is is_told


def test_a_filter_by_value_is_told_with_what_the_figures_are_of() -> None:
    said = told([a_subject(bounds=Bounds(None, 500), seen=90, whole=Aggregate(90, 9, 1))], "pt-BR")

    assert "Filtro: valor final até R$ 5,00. Ficaram 40 de 90 contratos lidos; indícios, somas" in said


def test_of_several_periods_each_finding_says_which() -> None:
    later = a_subject("Saúde", a_rush(), start="2025-01-01", end="2025-12-31")

    assert "• 2025: Indício" in told([a_subject("Saúde"), later], "pt-BR")


def test_a_reply_tells_three_findings_and_no_more() -> None:
    rules = [Rule.RUSH, Rule.PRICE, Rule.SPLIT, Rule.GROWTH]

    said = told([a_subject("Saúde", *(a_rush(rule=rule) for rule in rules))], "pt-BR")

    assert said.count("•") == 3


@pytest.mark.parametrize("name", ["Padaria\nhttps://mau.example", "Padaria\u202eairadaP", "Padaria " * 500])
def test_a_strange_name_from_a_file_stays_within_its_line(name: str) -> None:
    figures: dict[str, int | str] = {"supplier": name, "contracts": 2, "value": 500, "days": 1}
    twins = Finding(Rule.DUPLICATE, Severity.LOW, ("250005-1",), 500, figures)

    lines = told([a_subject("Saúde", twins)], "pt-BR").splitlines()

    assert len(lines) == 4
    assert len(lines[2]) <= 402
    assert "\u202e" not in lines[2]


def test_where_nothing_stands_out_it_does_not_say_that_all_is_well() -> None:
    assert told([a_subject()], "pt-BR").endswith(text("report.none", "pt-BR"))


def test_half_an_investigation_says_how_far_it_is_and_never_that_there_was_nothing() -> None:
    said = told([a_subject(is_done=False, tally=Tally(contracts=10, suppliers=2, cents=500))], "pt-BR")

    assert "Li até aqui 25 % de 40 contratos" in said
    assert text("report.none", "pt-BR") not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_made_up_contracts_are_called_so_in_every_language(locale: str) -> None:
    assert told([a_subject(is_demo=True)], locale).endswith(text("acting.demo", locale))
    assert text("acting.demo", locale) not in told([a_subject()], locale)


def test_without_any_contracts_nothing_is_made_up() -> None:
    assert told([Subject("Saúde", EMPTY)], "pt-BR") == text("acting.no_contracts", "pt-BR")


def test_an_organ_without_contracts_in_the_period_is_named() -> None:
    said = told([a_subject(), Subject("Cultura", replace(EMPTY, sources=("a.csv",)))], "pt-BR")

    assert "não há contratos para: Cultura, 2024." in said


def test_of_several_organs_each_finding_says_whose_it_is_and_the_one_with_most_comes_first() -> None:
    said = told([a_subject("Saúde"), a_subject("Defesa", a_rush())], "pt-BR")

    assert said.startswith("Defesa, ")
    assert "• Defesa: Indício" in said


def test_organs_beyond_the_fifth_are_only_named() -> None:
    said = told([a_subject(f"Órgão {n}") for n in range(7)], "pt-BR")

    assert said.count("Contratos lidos") == 5
    assert "Também li: Órgão 5, Órgão 6." in said


def test_a_period_that_nobody_named_is_all_there_is() -> None:
    assert told([a_subject(start=EVER)], "en").startswith("Ministério da Saúde, all the time there is.")


@pytest.mark.parametrize(
    ("subjects", "share"),
    [
        ([], 100),
        ([a_subject()], 100),
        ([a_subject(is_done=False)], 99),
        ([a_subject(is_done=False, tally=Tally(contracts=10))], 25),
        ([a_subject(), a_subject(is_done=False, tally=Tally())], 50),
        ([a_subject(), Subject("Cultura", EMPTY)], 97),
    ],
)
def test_the_share_counts_contracts_and_is_whole_only_at_the_end(subjects: list[Subject], share: int) -> None:
    assert share_done(subjects) == share
