from typing import Any

import pytest

from roteiro.domain.values.display import display
from roteiro.domain.values.parsing import KINDS


@pytest.mark.parametrize(
    ("kind", "stored", "locale", "shown"),
    [
        ("date", "2026-03-12", "pt-BR", "12/03/2026"),
        ("date", "2026-03-12", "en", "12 Mar 2026"),
        ("money_brl", "1500.00", "pt-BR", "R$ 1.500,00"),
        ("money_brl", "1500.00", "en", "R$ 1,500.00"),
        ("period", "2026-05-21..2026-11-20", "pt-BR", "21/05/2026 a 20/11/2026"),
        ("period", "2026-05-21..2026-11-20", "en", "21 May 2026 to 20 Nov 2026"),
        ("period", "2026-05-21..2026-11-20", "es", "21/05/2026 a 20/11/2026"),
        ("bool", True, "pt-BR", "sim"),
        ("bool", False, "es", "no"),
        ("integer", 3, "pt-BR", "3"),
        ("cpf", "52998224725", "pt-BR", "529.982.247-25"),
        ("cnpj", "12ABC34501DE35", "pt-BR", "12.ABC.345/01DE-35"),
        ("cpf_or_cnpj", "52998224725", "en", "529.982.247-25"),
        ("phone_br", "+5511987654321", "pt-BR", "(11) 98765-4321"),
        ("cep", "01310100", "pt-BR", "01310-100"),
        ("plate", "ABC1234", "pt-BR", "ABC-1234"),
        ("protocol", "20261121483920175", "pt-BR", "20261121-4839201-75"),
        ("email", "ana@exemplo.com.br", "pt-BR", "ana@exemplo.com.br"),
        ("text", "Rua A, 10", "pt-BR", "Rua A, 10"),
        ("long_text", "bati", "pt-BR", "bati"),
        ("policy_number", "123456", "pt-BR", "123456"),
        ("choice", "auto", "pt-BR", "auto"),
        ("entity", "26000", "pt-BR", "26000"),
    ],
)
def test_a_stored_value_is_shown_as_people_read_it(kind: str, stored: Any, locale: str, shown: str) -> None:
    assert display(kind, stored, locale) == shown


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_skipped_value_of_any_kind_is_said_to_be_none(kind: str) -> None:
    assert display(kind, None, "pt-BR") == "não informado"


def test_several_values_are_joined() -> None:
    assert display("cep", ["01310100", "04538133"], "pt-BR") == "01310-100, 04538-133"


def test_an_option_is_shown_by_its_name_where_it_is_known() -> None:
    assert display("choice", ["auto", "x"], "pt-BR", {"auto": "Carro"}) == "Carro, x"
