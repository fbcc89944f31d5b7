"""Lint of scripts that begin readily: a wrong start must cost nobody anything."""

from typing import Any

import pytest

from roteiro.domain.authoring.linting import lint
from tests.factories import a_document

STEP = {"step": 1, "message": "Qual?", "collect": ["told"]}


def found_in(slot: dict[str, Any], **changes: Any) -> bool:
    document = a_document(steps=1, script=[STEP], slots={"told": slot}, match={"readily": True}, **changes)
    return ("match.readily", "readily_personal") in {(one.path, one.code) for one in lint(document)}


@pytest.mark.parametrize(
    ("slot", "is_refused"),
    [
        ({"type": "cpf"}, True),
        ({"type": "email"}, True),
        ({"type": "cnpj"}, True),
        ({"type": "cnpj", "sensitive": False}, False),
        ({"type": "text", "sensitive": True}, True),
        ({"type": "text", "sensitive": "health"}, True),
        ({"type": "period"}, False),
        ({"type": "money_brl"}, False),
    ],
)
def test_a_script_that_asks_for_personal_data_cannot_begin_readily(slot: dict[str, Any], *, is_refused: bool) -> None:
    assert found_in(slot) is is_refused


def test_a_cancellation_cannot_begin_readily() -> None:
    assert found_in({"type": "text"}, legal={"protected": "cancel"})


def test_whoever_asks_first_may_ask_for_anything() -> None:
    document = a_document(steps=1, script=[STEP], slots={"told": {"type": "cpf"}})

    assert "readily_personal" not in {one.code for one in lint(document)}
