import pytest

from roteiro.domain.authoring.schema.slots import Slot
from roteiro.domain.faults import OwnFault
from roteiro.domain.values.checking import check_bounds, check_slot


def fault_of(**declared: object) -> tuple[str, str]:
    with pytest.raises(OwnFault) as caught:
        check_slot(Slot.model_validate(declared))
    return ".".join(caught.value.at), caught.value.code


@pytest.mark.parametrize(
    "declared",
    [
        {"type": "text"},
        {"type": "text", "min": 2, "max": 40, "examples": ["Rua A"]},
        {"type": "integer", "min": -5, "max": 5, "examples": ["3", "três"]},
        {"type": "integer", "min": 3, "max": 3},
        {"type": "money_brl", "min": "10.50", "max": 1000, "examples": ["R$ 50"]},
        {"type": "date", "min": "today-30d", "max": "today", "examples": ["12/03/2024", "ontem"]},
        {"type": "date", "min": "2020-01-01", "max": "today"},
        {"type": "date", "min": "today", "examples": ["amanhã"]},
        {"type": "period", "max": "today", "examples": ["2024"]},
        {"type": "policy_number", "pattern": "[0-9]{6,12}", "examples": ["1234567"]},
        {"type": "choice", "choices": ["Carro", "Moto"], "examples": ["moto", "1"]},
        {"type": "cep", "many": True, "examples": ["01310-100 e 04538-133"]},
    ],
)
def test_a_slot_that_can_be_read_is_accepted(declared: dict[str, object]) -> None:
    check_slot(Slot.model_validate(declared))


@pytest.mark.parametrize(
    ("declared", "place", "code"),
    [
        ({"type": "text", "pattern": "(a+)+"}, "pattern", "pattern_slow"),
        ({"type": "text", "pattern": "(?=a)"}, "pattern", "pattern_part"),
        ({"type": "integer", "min": 5, "max": 4}, "min", "bounds_crossed"),
        ({"type": "money_brl", "min": "10.51", "max": "10.5"}, "min", "bounds_crossed"),
        ({"type": "date", "min": "today", "max": "today-1d"}, "min", "bounds_crossed"),
        ({"type": "date", "min": "2026-02-01", "max": "2026-01-01"}, "min", "bounds_crossed"),
        ({"type": "text", "min": 5, "max": 4}, "min", "bounds_crossed"),
        ({"type": "integer", "min": "muitos"}, "min", "bad_bound"),
        ({"type": "integer", "max": 2.5}, "max", "bad_bound"),
        ({"type": "money_brl", "min": -1}, "min", "bad_bound"),
        ({"type": "money_brl", "max": float("inf")}, "max", "bad_bound"),
        ({"type": "date", "min": "31/12/2026"}, "min", "bad_bound"),
        ({"type": "date", "max": "today+soon"}, "max", "bad_bound"),
        ({"type": "date", "max": 2026}, "max", "bad_bound"),
        ({"type": "date", "max": ""}, "max", "bad_bound"),
        ({"type": "text", "max": -1}, "max", "bad_bound"),
        ({"type": "cpf", "min": 1}, "min", "no_bounds"),
        ({"type": "period", "min": "today"}, "min", "no_bounds"),
        ({"type": "choice", "choices": ["a", "b"], "max": 2}, "max", "no_bounds"),
        ({"type": "cpf", "examples": ["529.982.247-25", "123"]}, "examples.1", "bad_slot_example"),
        ({"type": "integer", "max": 5, "examples": ["6"]}, "examples.0", "bad_slot_example"),
        ({"type": "policy_number", "pattern": "[A-Z]{4}", "examples": ["1234"]}, "examples.0", "bad_slot_example"),
        ({"type": "choice", "choices": ["Carro"], "examples": ["barco"]}, "examples.0", "bad_slot_example"),
    ],
)
def test_a_slot_that_cannot_be_read_is_refused_at_its_place(declared: dict[str, object], place: str, code: str) -> None:
    assert fault_of(**declared) == (place, code)


def test_yes_is_no_limit() -> None:
    with pytest.raises(OwnFault):
        check_bounds("integer", True, None)  # noqa: FBT003 - the wrong value


def test_a_bad_limit_tells_a_good_one() -> None:
    with pytest.raises(OwnFault) as caught:
        check_bounds("date", "31/12/2026", None)

    assert dict(caught.value.facts) == {"found": "31/12/2026", "kind": "date", "example": "today-30d"}
