"""Slots asked of a model: the prompt, the schema, and what our own parsers still believe."""

import json
from datetime import date

import pytest

from roteiro.domain.script import Slot
from roteiro.prompting.extraction import believed, extraction
from roteiro.prompting.talk import Talk
from tests.factories import a_script, a_state

SLOTS = {"cpf": Slot("cpf", "CPF"), "quando": Slot("date", "Data"), "apolice": Slot("policy_number", "Apólice")}
TODAY = date(2026, 11, 20)
WORDS = "foi no dia doze de março, cpf 529.982.247-25, apólice AB-123456"


def test_the_prompt_lists_the_slots_and_holds_the_masked_words_and_no_older_turn() -> None:
    talk = Talk(a_script(), a_state(a_script(), name="Ana"), [("customer", "bati o carro")])

    prompt = extraction(talk, SLOTS, "sou a Ana, 529.982.247-25", "f00")

    assert "- quando: Data (date)" in prompt.messages[1][1]
    assert prompt.messages[-1][1] == "<cliente f00>\nsou a <NAME_1>, <CPF_1>\n</cliente f00>"
    assert "bati" not in str(prompt.messages)


def test_the_schema_asks_for_every_slot_as_a_text_or_null_and_for_nothing_else() -> None:
    schema = extraction(Talk(None, a_state()), SLOTS, "oi", "f00").schema

    assert schema is not None
    assert schema["required"] == ["cpf", "quando", "apolice"]
    assert schema["properties"]["cpf"] == {"type": ["string", "null"]}
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"cpf": "529.982.247-25", "quando": "12 de março", "apolice": "AB-123456"}, {"cpf", "quando", "apolice"}),
        ({"cpf": "52998224725"}, {"cpf"}),
        ({"cpf": None, "quando": "", "apolice": "  "}, set()),
        ({"cpf": "111.444.777-35"}, set()),
        ({"cpf": "529.982.247-26"}, set()),
        ({"quando": "31/02"}, set()),
        ({"quando": "logo"}, set()),
        ({"apolice": "ZZ-999999"}, set()),
    ],
)
def test_only_what_our_parsers_read_and_the_customer_wrote_is_believed(told: dict[str, str], kept: set[str]) -> None:
    assert set(believed(json.dumps(told), SLOTS, WORDS, TODAY)) == kept
