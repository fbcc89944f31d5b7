"""Which investigation a customer means: by its number, by its organ, else the last; never somebody else's."""

import pytest

from roteiro.domain.texts import text
from tests.bureau import BIA, Bureau, many, told

HEALTH, SCHOOLS = "INV-2026-001 (Ministério da Saúde, 2024)", "INV-2026-002 (Ministério da Educação, 2024)"


@pytest.fixture
def bureau() -> Bureau:
    """A bureau with two investigations of one customer, the last of them on schools."""
    one = Bureau()
    one.bought(*many(3), *many(2, organ="26000"))
    one.does("create_record", told("26000"))
    one.message = "m-2"
    one.does("create_record", told("25000", count=3))
    return one


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("gera o relatorio", "002"),
        ("gere um relatório da última investigação", "002"),
        ("relatório do ministério da saúde", "001"),
        ("relatório da INV-2026-001", "001"),
        ("relatorio da inv 2026 1", "001"),
        ("relatório da INV-2026-002", "002"),
    ],
)
def test_the_report_is_that_of_the_investigation_that_was_named(bureau: Bureau, words: str, number: str) -> None:
    bureau.words = words

    said = bureau.does("lookup:report", told(record="INV-2026-002")).result

    assert f"é o da investigação INV-2026-{number} (" in said


@pytest.mark.parametrize("action", ["lookup:report", "lookup:progress"])
def test_a_number_that_is_not_this_conversations_is_said_to_be_none(bureau: Bureau, action: str) -> None:
    bureau.words = "INV-2026-009"

    said = bureau.does(action, told(record="INV-2026-002")).result

    assert said == (f"Não tenho essa investigação nesta conversa (INV-2026-009). As que tenho: {SCHOOLS}; {HEALTH}.")


def test_a_number_of_somebody_elses_is_none_of_this_conversations(bureau: Bureau) -> None:
    bureau.does("create_record", told("26000"), BIA)
    bureau.words = "relatório da INV-2026-001"

    said = bureau.does("lookup:report", told(record="INV-2026-003"), BIA).result

    assert said.startswith("Não tenho essa investigação nesta conversa (INV-2026-001). As que tenho: INV-2026-003 (")


def test_an_organ_that_was_not_investigated_here_is_named(bureau: Bureau) -> None:
    bureau.words = "relatório do ministério sem código"

    said = bureau.does("lookup:report", told(record="INV-2026-002")).result

    assert said.startswith("Não tenho essa investigação nesta conversa (Ministério sem Código). ")


def test_of_several_investigations_of_an_organ_the_newest_is_meant(bureau: Bureau) -> None:
    bureau.message = "m-3"
    bureau.does("create_record", told("26000", "2024-01-01..2024-03-31", count=5))
    bureau.words = "relatório do ministério da saúde"

    said = bureau.does("lookup:report", told(record="INV-2026-002")).result

    assert "INV-2026-003 (Ministério da Saúde, 01/01/2024 a 31/03/2024)" in said


def test_without_any_investigation_a_number_offers_to_begin_one() -> None:
    bureau = Bureau()
    bureau.words = "relatório da INV-2026-001"

    assert bureau.does("lookup:report").result == text("acting.no_record", "pt-BR")
