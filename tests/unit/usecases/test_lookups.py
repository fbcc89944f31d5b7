"""Look-ups of contracts: counted by the ledger, told in a page, with what the figures leave out."""

from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.contracts.records import Aggregate
from roteiro.domain.contracts.scope import Scope
from roteiro.domain.texts import LOCALES, text
from roteiro.stores.sqlite_ledger import SqliteLedger
from tests.bureau import YEAR, Bureau, told
from tests.ledgers import a_purchase

EVERY = text("table.everyone", "pt-BR")
BAKER = "12345678000190"


@pytest.fixture
def bureau() -> Bureau:
    """A bureau with four contracts of Health in 2024, one of 2025, and one of Education."""
    one = Bureau()
    one.bought(
        a_purchase("7/2024", supplier=BAKER, supplier_name="Padaria Boa Hora", initial=500_00),
        a_purchase("8/2024", supplier=BAKER, supplier_name="Padaria Boa Hora", initial=400_00),
        a_purchase("9/2024", supplier="98765432000110", supplier_name="Obras Sul", initial=700_00),
        a_purchase("10/2024", supplier="***.982.247-** Ana", supplier_name="Ana", initial=100_00),
        a_purchase("11/2025", supplier="98765432000110", supplier_name="Obras Sul", initial=50_00, signed="2025-02-01"),
        a_purchase("12/2024", supplier=BAKER, supplier_name="Padaria Boa Hora", initial=900_00, organ="26000"),
    )
    return one


def answer(bureau: Bureau, words: str, state: Any = None) -> str:
    """Ask with these words; the organ is Health and the period 2024 unless the state says otherwise."""
    bureau.words = words
    return bureau.does("lookup:contracts", state).result


def test_the_largest_are_told_with_how_many_there_are_in_all(bureau: Bureau) -> None:
    lines = answer(bureau, "os 2 maiores contratos da saúde em 2024").split("\n")

    assert lines[0] == "Ministério da Saúde, 2024: 4 contratos com 3 fornecedores, R$ 1.700,00 no total."
    assert lines[1] == "Maiores contratos (2 de 4):"
    assert [line[:12] for line in lines[2:]] == ["• nº 9/2024,", "• nº 7/2024,"]


def test_suppliers_are_told_by_their_sums(bureau: Bureau) -> None:
    lines = answer(bureau, "quem são os fornecedores?").split("\n")

    assert lines[2] == "• Padaria Boa Hora (CNPJ 12.345.678/0001-90): R$ 900,00 em 2 contratos (52,9 % do total)"
    assert lines[4] == "• Ana (CPF ***.982.247-**): R$ 100,00 em 1 contrato (5,9 % do total)"
    assert lines[5] == text("lookup.by_cnpj", "pt-BR")


def test_a_sum_is_said_to_be_what_was_signed_and_not_what_was_paid(bureau: Bureau) -> None:
    said = answer(bureau, "quanto a saúde gastou em 2024?")

    assert said.endswith(f"R$ 1.700,00 no total.\n{text('lookup.signed', 'pt-BR')}")


def test_a_count_is_one_line(bureau: Bureau) -> None:
    assert answer(bureau, "quantos contratos?") == (
        "Ministério da Saúde, 2024: 4 contratos com 3 fornecedores, R$ 1.700,00 no total."
    )


def test_words_that_ask_nothing_get_an_overview(bureau: Bureau) -> None:
    said = answer(bureau, "consulta de contratos")

    assert "Maiores contratos (3 de 4):" in said
    assert "Maiores fornecedores (3 de 3):" in said


def test_spending_on_a_matter_is_answered_for_what_it_is(bureau: Bureau) -> None:
    assert text("lookup.matter", "pt-BR") in answer(bureau, "quanto gastaram com vacinas?")


def test_a_question_asked_earlier_goes_on_when_only_the_period_changes(bureau: Bureau) -> None:
    bureau.heard[3] = "qual o maior contrato da saúde acima de 60 reais?"

    said = answer(bureau, "e em 2025?", told(period="2025-01-01..2025-12-31", sources={"organ": 3, "period": 5}))

    assert said == "Nenhum contrato com valor final acima de R$ 60,00 em: Ministério da Saúde, 2025."


def test_bounds_are_told_with_the_figures(bureau: Bureau) -> None:
    said = answer(bureau, "maiores contratos acima de 450 reais")

    assert "2 contratos com 2 fornecedores, R$ 1.200,00 no total." in said
    assert "Contei só contratos com valor final acima de R$ 450,00." in said


@pytest.mark.parametrize(
    ("state", "head"),
    [
        (
            told(),
            "Padaria Boa Hora (CNPJ 12.345.678/0001-90), Ministério da Saúde, 2024: 2 contratos, R$ 900,00 no total.",
        ),
        (
            told(None, None),
            "Padaria Boa Hora (CNPJ 12.345.678/0001-90), todo o período disponível: 3 contratos, R$ 1.800,00 no total.",
        ),
    ],
)
def test_a_companys_contracts_are_found_by_its_cnpj(bureau: Bureau, state: Any, head: str) -> None:
    assert answer(bureau, "contratos do CNPJ 12.345.678/0001-90", state).split("\n")[0] == head


def test_a_company_without_contracts_is_said_to_have_none_here(bureau: Bureau) -> None:
    said = answer(bureau, "contratos do CNPJ 11.222.333/0001-81", told(None, None))

    assert said == text(
        "lookup.no_supplier", "pt-BR", cnpj="11.222.333/0001-81", who=EVERY, period=text("when.ever", "pt-BR")
    )


@pytest.mark.parametrize(
    ("words", "told_"),
    [
        ("contrato 9/2024", "• nº 9/2024, Obras Sul"),
        ("contrato nº 00009/2024", "• nº 9/2024, Obras Sul"),
        ("contrato 5/2024", "Não achei o contrato nº 5/2024"),
    ],
)
def test_a_contract_is_found_by_its_number_however_it_is_written(bureau: Bureau, words: str, told_: str) -> None:
    assert told_ in answer(bureau, words, told(period="2019-01-01..2019-12-31"))


def test_organs_are_ranked_all_that_are_known_or_those_that_were_named(bureau: Bureau) -> None:
    every = answer(bureau, "qual ministério gastou mais?", told(None))
    two = answer(bureau, "quem gastou mais, saúde ou educação?", told(["26000", "25000"], None))

    assert every.split("\n")[1:3] == [
        "1. Ministério da Saúde: R$ 1.700,00 em 4 contratos",
        "2. Ministério da Educação: R$ 900,00 em 1 contrato",
    ]
    assert "1. Ministério da Saúde: R$ 1.750,00 em 5 contratos" in two


def test_organs_and_periods_are_told_each_and_those_beyond_a_page_are_named(bureau: Bureau) -> None:
    spans = [YEAR, "2025-01-01..2025-12-31", "2023-01-01..2023-12-31"]

    said = answer(bureau, "quanto gastaram?", told(["26000", "25000"], spans))

    assert "Ministério da Saúde, 2025: 1 contrato, R$ 50,00 no total." in said
    assert "Ministério da Educação, 2024: 1 contrato, R$ 900,00 no total." in said
    assert "Mostro até 4 por vez; ficaram de fora: Ministério da Educação, 2025; Ministério da Educação, 2023." in said


def test_without_an_organ_all_are_counted_together(bureau: Bureau) -> None:
    assert answer(bureau, "quantos contratos?", told(None)).startswith(f"{EVERY}, 2024: 5 contratos com 3 fornecedores")


@pytest.mark.parametrize("words", ["maiores contratos", "qual ministério gastou mais?"])
def test_where_nothing_is_found_it_is_said_what_there_is_instead(bureau: Bureau, words: str) -> None:
    said = answer(bureau, words, told(period="2019-01-01..2019-12-31"))

    assert "Nos dados que tenho não há contratos para: Ministério da Saúde, 2019." in said
    assert "Os dados carregados aqui têm: Ministério da Saúde, Ministério da Educação, de 03/2024 a 02/2025." in said


def test_an_organ_whose_code_is_unknown_is_said_to_be(bureau: Bureau) -> None:
    assert answer(bureau, "maiores contratos", told("99000")) == text("acting.unknown_organ", "pt-BR")


def test_organs_for_which_there_was_no_time_are_named(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    total = SqliteLedger.total

    def slow(ledger: SqliteLedger, scope: Scope) -> Aggregate:
        bureau.clock.time += timedelta(seconds=3)
        return total(ledger, scope)

    monkeypatch.setattr(SqliteLedger, "total", slow)

    assert "Não deu tempo de olhar: Ministério da Educação." in answer(bureau, "qual órgão gastou mais?", told(None))


@pytest.mark.parametrize("locale", LOCALES)
def test_made_up_contracts_are_called_so_in_every_language(locale: str) -> None:
    bureau = Bureau()
    bureau.bought(a_purchase(), is_demo=True)

    assert answer(bureau, "maiores contratos", told(locale=locale)).endswith(text("acting.demo", locale))


def test_nothing_is_looked_up_without_contracts_or_the_adapter() -> None:
    assert answer(Bureau(), "maiores contratos") == text("acting.no_contracts", "pt-BR")
    assert answer(Bureau(adapters=()), "maiores contratos") == ""


def test_what_the_data_say_cannot_break_the_lines(bureau: Bureau) -> None:
    bureau.bought(a_purchase("x", supplier="1", supplier_name="A\u202eB" + "c" * 500, initial=10**9))

    (line,) = [one for one in answer(bureau, "qual o maior?").split("\n") if one.startswith("•")]

    assert "\u202e" not in line
    assert len(line) < 250


def test_more_lines_than_fit_are_said_to_be_too_many(bureau: Bureau) -> None:
    assert text("lookup.most", "pt-BR", most=20) in answer(bureau, "os 100 maiores contratos")


def test_the_suppliers_with_most_contracts_come_first_where_that_is_asked(bureau: Bureau) -> None:
    bureau.bought(a_purchase("14/2024", supplier="11222333000181", supplier_name="Cara", initial=9_000_00))

    lines = answer(bureau, "quem ganhou mais contratos?").split("\n")

    assert lines[1] == "Fornecedores com mais contratos (4 de 4):"
    assert lines[2].startswith("• Padaria Boa Hora ")


def test_a_way_of_buying_is_said_not_to_be_told_apart(bureau: Bureau) -> None:
    assert text("lookup.way", "pt-BR") in answer(bureau, "quantos contratos sem licitação?")


def test_a_company_by_name_gets_no_sum(bureau: Bureau) -> None:
    said = answer(bureau, "quanto a empresa Padaria Boa Hora recebeu?")

    assert said == text("lookup.by_name", "pt-BR", name="padaria boa hora")


def test_of_several_contracts_the_first_is_told_and_said_to_be_the_first(bureau: Bureau) -> None:
    said = answer(bureau, "contrato 7/2024 e contrato 8/2024")

    assert "nº 7/2024" in said
    assert said.endswith(text("lookup.first_only", "pt-BR"))
