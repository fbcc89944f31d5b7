"""What was told decides what is read: between which values, which periods, and what is said where there is nothing."""

from dataclasses import replace

import pytest

from roteiro.domain.script import Slot
from roteiro.domain.texts import text
from tests.bureau import YEAR, Bureau, many, told
from tests.ledgers import a_purchase

LATER = "2025-01-01..2025-12-31"
GREAT = [a_purchase(f"great{n}", supplier=f"9{n}", initial=200_000_000, object=f"Obra {n}") for n in range(2)]


@pytest.fixture
def bureau() -> Bureau:
    """A bureau with three small contracts and two great ones, whose script keeps amounts."""
    one = Bureau()
    one.bought(*many(3), *GREAT)
    slots = {**one.script.slots, "value": Slot("money_brl", "Valor", required=False)}
    one.script = replace(one.script, slots=slots)
    return one


def bounded(bureau: Bureau, amounts: list[str]) -> str:
    """Put on record what names amounts, that the fourth event told."""
    state = told()
    slots = {**state.slots, "value": amounts}
    return bureau.does("create_record", replace(state, slots=slots, sources={"value": 4})).result


def test_amounts_told_earlier_bound_what_is_read(bureau: Bureau) -> None:
    bureau.heard[4] = "contratos acima de R$ 1 milhão"

    said = bounded(bureau, ["1000000.00"])

    assert "Contratos lidos: 2; fornecedores: 2; valor total: R$ 4.000.000,00" in said
    assert "Filtro: valor final acima de R$ 1.000.000,00. Ficaram 2 de 5 contratos lidos" in said


def test_amounts_told_in_this_very_turn_bound_too(bureau: Bureau) -> None:
    bureau.words = "contratos até R$ 1 milhão"

    assert "Filtro: valor final até R$ 1.000.000,00. Ficaram 3 de 5 contratos lidos" in bounded(bureau, ["1000000.00"])


def test_an_amount_that_bounds_nothing_is_said_to_be_no_filter(bureau: Bureau) -> None:
    bureau.heard[4] = "um contrato de R$ 1 milhão"

    said = bounded(bureau, ["1000000.00"])

    assert "Contratos lidos: 5" in said
    assert said.endswith(text("acting.not_bounded", "pt-BR"))


def test_bounds_told_now_come_before_those_told_earlier(bureau: Bureau) -> None:
    bureau.heard[4], bureau.words = "acima de R$ 1 milhão", "e até 100 mil?"

    assert "Filtro: valor final até R$ 100.000,00." in bounded(bureau, ["1000000.00"])


def asked(bureau: Bureau, **sources: int) -> str:
    """Ask for an analysis without a record, by a script that keeps no amounts."""
    slots = {name: slot for name, slot in bureau.script.slots.items() if name != "value"}
    bureau.script = replace(bureau.script, slots=slots)
    return bureau.does("lookup:analysis", told(sources=sources)).result


@pytest.mark.parametrize("sources", [{"organ": 4, "period": 6}, {"organ": 6, "period": 4}, {"organ": 4, "period": 4}])
def test_a_filter_holds_while_the_organ_or_the_period_named_with_it_does(
    bureau: Bureau, sources: dict[str, int]
) -> None:
    bureau.heard[4], bureau.words = "contratos da saúde em 2024 acima de R$ 1 milhão", "e em 2024?"

    assert "Filtro: valor final acima de R$ 1.000.000,00." in asked(bureau, **sources)


def test_the_filter_goes_with_the_last_words_it_was_named_in(bureau: Bureau) -> None:
    bureau.heard[4] = "contratos da saúde acima de R$ 1 milhão"

    assert "Filtro" not in asked(bureau, organ=6, period=7)


@pytest.mark.parametrize("words", ["e sem filtro?", "de qualquer valor"])
def test_a_filter_can_be_lifted(bureau: Bureau, words: str) -> None:
    bureau.heard[4], bureau.words = "contratos da saúde em 2024 acima de R$ 1 milhão", words

    assert "Filtro" not in asked(bureau, organ=4, period=4)


def test_what_is_read_later_keeps_its_filter(bureau: Bureau) -> None:
    bureau.heard[4] = "acima de R$ 1 milhão"
    bounded(bureau, ["1000000.00"])

    said = bureau.does("lookup:progress", told(record="INV-2026-001")).result

    assert "Ficaram 2 de 5 contratos lidos" in said


def test_an_analysis_whose_script_keeps_no_amounts_takes_them_from_its_words() -> None:
    bureau = Bureau()
    bureau.bought(*many(3), *GREAT)
    bureau.words = "anomalias da saúde acima de 1 milhão"

    assert "Ficaram 2 de 5 contratos lidos" in bureau.does("lookup:analysis").result


def test_two_periods_are_read_each_and_compared(bureau: Bureau) -> None:
    bureau.bought(a_purchase("later", signed="2025-05-05"))

    said = bureau.does("lookup:analysis", told(period=[YEAR, LATER])).result

    assert "Ministério da Saúde, 2024. Contratos lidos: 5" in said
    assert "Ministério da Saúde, 2025. Contratos lidos: 1" in said
    assert "Comparação entre 2024 e 2025: em valor total, 2024 tem mais" in said


def test_more_organs_and_periods_than_there_is_room_for_are_named(bureau: Bureau) -> None:
    spans = [f"20{year}-01-01..20{year}-12-31" for year in range(20, 26)]

    said = bureau.does("lookup:analysis", told(organ=["26000", "25000"], period=spans)).result

    named = "; ".join(f"Ministério da Educação, 20{year}" for year in range(22, 26))
    assert f"Mostro até 8 por vez; ficaram de fora: {named}." in said


def test_where_nothing_is_found_it_is_said_what_there_is(bureau: Bureau) -> None:
    said = bureau.does("lookup:analysis", told("25000")).result

    assert "não há contratos para: Ministério da Educação, 2024." in said
    assert "Os dados carregados aqui têm: Ministério da Saúde, de 03/2024 a 03/2024." in said


@pytest.mark.parametrize("action", ["lookup:analysis", "create_record"])
def test_made_up_contracts_are_called_so_even_where_none_is_found(action: str) -> None:
    bureau = Bureau()
    bureau.bought(*many(3), is_demo=True)

    said = bureau.does(action, told("25000")).result

    assert text("acting.demo", "pt-BR") in said
    assert "Os dados de demonstração têm: Ministério da Saúde" in said


@pytest.mark.parametrize("organ", [None, "26000"])
def test_a_period_to_come_is_said_to_be_to_come(bureau: Bureau, organ: str | None) -> None:
    said = bureau.does("lookup:analysis", told(organ, "2031-01-01..2031-12-31")).result

    assert text("acting.future", "pt-BR", period="2031") in said


@pytest.mark.parametrize("action", ["lookup:analysis", "lookup:contracts", "create_record"])
def test_each_organ_is_read_in_the_year_said_beside_it(action: str) -> None:
    bureau = Bureau()
    places = [(organ, year) for organ in ("36000", "26000") for year in ("2024", "2025")]
    bureau.bought(*(a_purchase("".join(one), organ=one[0], signed=f"{one[1]}-05-05") for one in places))
    bureau.words = "ministério da saúde em 2025 e ministério da educação em 2024"

    said = bureau.does(action, told(organ=["26000", "25000"], period=[LATER, YEAR])).result

    assert [place in said for place in ("Saúde, 2025", "Educação, 2024")] == [True, True]
    assert [place in said for place in ("Saúde, 2024", "Educação, 2025")] == [False, False]
