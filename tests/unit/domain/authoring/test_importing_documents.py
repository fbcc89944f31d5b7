"""What files for import say otherwise than a script."""

from typing import Any

import pytest

from roteiro.domain.authoring.importing import fitting, misshapen, unwrapped
from roteiro.domain.authoring.ordering import in_order
from tests.factories import a_document


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"args": {"steps": 2}}, {"steps": 2}),
        ({"_id": {"$oid": "ab"}, "steps": 2}, {"steps": 2}),
        ({"steps": {"$numberInt": "2"}}, {"steps": 2}),
        ({"problem": {"id": {"$numberLong": "101"}}}, {"problem": {"id": 101}}),
        ({"match": {"min_confidence": {"$numberDouble": "0.5"}}}, {"match": {"min_confidence": 0.5}}),
        ({"steps": {"$numberInt": "dois"}}, {"steps": {"$numberInt": "dois"}}),
        ({"steps": {"$numberInt": "2", "more": 1}}, {"steps": {"$numberInt": "2", "more": 1}}),
        ({"script": [{"step": {"$numberInt": "1"}}]}, {"script": [{"step": 1}]}),
        ({"args": 1, "steps": 2}, {"args": 1, "steps": 2}),
        (["a"], ["a"]),
        ({}, {}),
    ],
)
def test_wrappers_of_other_tools_are_taken_off(given: object, found: object) -> None:
    assert unwrapped(given) == found


def nested(levels: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (nested(17), "too_deep"),
        ({"a": float("inf")}, "bad_number"),
        ({"a": float("nan")}, "bad_number"),
        ({"a": ["\ud800"]}, "bad_characters"),
        ({"\udfff": 1}, "bad_characters"),
    ],
)
def test_what_cannot_be_kept_is_told_before_any_rule_is_asked(value: object, code: str) -> None:
    fault = misshapen(value)

    assert fault is not None
    assert fault.code == code


@pytest.mark.parametrize("value", [a_document(), nested(16), "oi", None, {"a": "😀"}])
def test_what_can_be_kept_passes(value: object) -> None:
    assert misshapen(value) is None


def test_unknown_keys_are_dropped_and_told_wherever_they_stand() -> None:
    script = [{"step": 1, "message": "Oi", "mesage": "x"}, {"step": 2, "message": "Tchau"}]
    document = a_document(extra=1, script=script) | {"slots": {"placa": {"type": "plate", "typo": 1}}}

    found, faults = fitting(document)

    assert found["script"][0] == {"step": 1, "message": "Oi"}
    assert found["slots"] == {"placa": {"type": "plate"}}
    assert sorted(fault.path for fault in faults) == ["extra", "script.0.mesage", "slots.placa.typo"]


def test_other_faults_are_left_for_the_schema_to_tell() -> None:
    document = a_document(steps=7)

    assert fitting(document) == (document, [])


def test_keys_stand_in_the_schemas_order_and_chosen_names_in_their_own() -> None:
    slots = {"placa": {"required": True, "type": "plate"}, "dia": {"type": "date"}}
    branches = [{"goto": 2, "when": "placa"}]
    script = [{"next": branches, "message": "Oi", "step": 1}, {"message": "Tchau", "step": 2}]

    found = in_order({"slots": slots, "script": script, "problem": {"description": "d", "id": 1}})

    assert list(found) == ["problem", "script", "slots"]
    assert list(found["problem"]) == ["id", "description"]
    assert list(found["script"][0]) == ["step", "message", "next"]
    assert list(found["script"][0]["next"][0]) == ["when", "goto"]
    assert list(found["slots"]) == ["dia", "placa"]
    assert list(found["slots"]["placa"]) == ["type", "required"]
