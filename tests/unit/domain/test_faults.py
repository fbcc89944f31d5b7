from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from roteiro.domain.faults import OwnFault, faults_of
from roteiro.domain.texts import LOCALES, texts_of
from roteiro.errors import Fault


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    message: Annotated[str, Field(min_length=1, max_length=5)] = "oi"
    count: Annotated[int, Field(ge=1, le=9)] = 1
    share: float = 0.5
    wanted: bool = True
    names: list[str] = []
    pair: tuple[int, int] = (0, 0)
    facts: dict[str, str] = {}


def faults_in(body: object) -> list[Fault]:
    with pytest.raises(ValidationError) as refused:
        Body.model_validate(body)
    return list(faults_of(refused.value.errors(), Body.model_fields))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"message": ""}, Fault("message", "too_short", (("limit", "1"),))),
        ({"message": "abcdef"}, Fault("message", "too_long", (("limit", "5"),))),
        ({"message": {"$ne": 1}}, Fault("message", "wrong_type_text")),
        ({"message": None}, Fault("message", "wrong_type_text")),
        ({"count": 0}, Fault("count", "too_small", (("limit", "1"),))),
        ({"count": 10}, Fault("count", "too_large", (("limit", "9"),))),
        ({"count": "1"}, Fault("count", "wrong_type_number")),
        ({"share": "0.5"}, Fault("share", "wrong_type_number")),
        ({"wanted": "true"}, Fault("wanted", "wrong_type_yesno")),
        ({"names": "ana"}, Fault("names", "wrong_type_list")),
        ({"names": ["ana", 2]}, Fault("names.1", "wrong_type_text")),
        ({"pair": "xy"}, Fault("pair", "wrong_type_list")),
        ({"facts": []}, Fault("facts", "wrong_type_object")),
        ({"mesage": "oi"}, Fault("mesage", "unknown_key_near", (("near", "message"),))),
        ({"zzz": 1}, Fault("zzz", "unknown_key")),
        ([], Fault("", "wrong_type_object")),
    ],
)
def test_a_validators_finding_becomes_a_path_a_code_and_facts(body: object, fault: Fault) -> None:
    assert faults_in(body) == [fault]


@pytest.mark.parametrize("kind", ["missing", "value_error", "string_pattern_mismatch", "something_new"])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_of_a_fault_has_its_sentence(kind: str, locale: str) -> None:
    (fault,) = faults_of([{"loc": ("x",), "type": kind}])

    assert f"fault.{fault.code}" in texts_of(locale)


def test_a_fault_never_repeats_what_was_sent() -> None:
    faults = faults_in({"message": "segredo grande demais", "count": "segredo", "names": ["ok", 1]})

    assert "segredo" not in repr(faults)


def test_our_own_rules_bring_their_code_their_place_and_their_facts() -> None:
    own = OwnFault("example_twice", "examples", 2, text="oi")
    error = {"loc": ("match",), "type": "value_error", "ctx": {"error": own}}

    assert faults_of([error]) == (Fault("match.examples.2", "example_twice", (("text", "oi"),)),)


def test_the_choices_of_a_field_are_listed_without_a_word_of_english() -> None:
    error = {"loc": ("level",), "type": "literal_error", "ctx": {"expected": "'low', 'medium' or 'high'"}}

    assert faults_of([error])[0].facts == (("expected", "'low', 'medium', 'high'"),)
