"""How contracts, suppliers and organs are told: enough to look them up, no person's CPF in full."""

import pytest

from roteiro.domain.contracts.lines import contract_lines, headline, organ_lines, supplier_lines, supplier_named
from roteiro.domain.contracts.records import Aggregate
from roteiro.domain.contracts.scope import SupplierShare
from tests.ledgers import a_purchase

PT = "pt-BR"


@pytest.mark.parametrize(
    ("code", "name", "shown"),
    [
        ("12345678000190", "Padaria Boa Hora", "Padaria Boa Hora (CNPJ 12.345.678/0001-90)"),
        ("52998224725", "Ana Lima", "Ana Lima (CPF ***.982.247-**)"),
        ("529.982.247-25", "Ana Lima", "Ana Lima (CPF ***.982.247-**)"),
        ("***.982.247-** Ana Lima", "Ana Lima", "Ana Lima (CPF ***.982.247-**)"),
        ("99000000000100", "JOSE 52998224725", "JOSE ***.982.247-** (CNPJ 99.000.000/0001-00)"),
        ("***.982.247-** JOSE 52998224725", "JOSE 52998224725", "JOSE ***.982.247-** (CPF ***.982.247-**)"),
        ("***.982.247-** JOSE 52998224725", "JOSE ***.982.247-**", "JOSE ***.982.247-** (CPF ***.982.247-**)"),
        ("ESTRANGEIRO 7", "Acme Inc.", "Acme Inc."),
        ("12345678000190", "", "fornecedor sem nome nos dados (CNPJ 12.345.678/0001-90)"),
        ("", "Sigiloso", "fornecedor em sigilo"),
    ],
)
def test_a_supplier_is_named_with_what_identifies_it_in_public(code: str, name: str, shown: str) -> None:
    assert supplier_named(code, name, PT) == shown


def test_a_contract_is_told_with_number_supplier_value_and_day() -> None:
    purchase = a_purchase("00012/2025", final=123456, object="Pães")

    head, line = contract_lines([purchase], 40, PT)

    assert head == "Maior contrato (1 de 40):"
    assert line == (
        "• nº 00012/2025, Padaria Boa Hora (CNPJ 99.000.000/0001-00), R$ 1.234,56, assinado em 15/03/2024 (Pães)"
    )


@pytest.mark.parametrize(("words", "end"), [(7, "de ***.982.247-** em maio)"), (9, "Aulas de…)")])
def test_a_cpf_in_what_was_bought_is_masked_before_the_line_is_cut(words: int, end: str) -> None:
    purchase = a_purchase(1, object=f"{'Aulas ' * words}de 529 982 247 25 em maio")

    _, line = contract_lines([purchase], 40, PT)

    assert line.endswith(end)


def test_a_supplier_is_told_with_its_share_of_the_whole() -> None:
    shares = [SupplierShare("", "", 2, 250), SupplierShare("12345678000190", "Boa", 1, 50)]

    head, first, second = supplier_lines(shares, Aggregate(9, 7, 1000), PT)

    assert head == "Maiores fornecedores (2 de 7):"
    assert first == "• fornecedor em sigilo: R$ 2,50 em 2 contratos (25,0 % do total)"
    assert second.endswith("R$ 0,50 em 1 contrato (5,0 % do total)")


def test_a_share_of_nothing_is_no_division_by_zero() -> None:
    *_, line = supplier_lines([SupplierShare("", "", 1, 0)], Aggregate(1, 1, 0), "en")

    assert line.endswith("(0% of the total)")


def test_organs_are_told_in_their_order_and_no_more_than_wanted() -> None:
    ranked = [("Saúde", Aggregate(3, 2, 900)), ("Cultura", Aggregate(1, 1, 100)), ("MEC", Aggregate(1, 1, 1))]

    assert list(organ_lines(ranked, 2, "2025", PT)) == [
        "Órgãos por valor contratado, 2025 (2 de 3):",
        "1. Saúde: R$ 9,00 em 3 contratos",
        "2. Cultura: R$ 1,00 em 1 contrato",
    ]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (PT, "MEC, 2024: 2 contratos com 2 fornecedores, R$ 1.000,00 no total."),
        ("en", "MEC, 2024: 2 contracts with 2 suppliers, R$ 1,000.00 in total."),
        ("es", "MEC, 2024: 2 contratos con 2 proveedores, R$ 1.000,00 en total."),
    ],
)
def test_the_first_line_says_how_much_there_is_in_all(locale: str, said: str) -> None:
    assert headline("MEC", "2024", Aggregate(2, 2, 100_000), locale) == said
