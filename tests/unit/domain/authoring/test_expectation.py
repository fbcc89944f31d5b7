"""What a test of a conversation sees, and when it complains."""

from datetime import date
from typing import Any

import pytest

from roteiro.domain.authoring.expectation import KEYS, Difference, differences, seen_after
from roteiro.domain.conversation import Owner, Status
from roteiro.domain.presenting import Presented
from tests.factories import a_script, a_state, an_event

SEEN: dict[str, Any] = {
    "decision": "walk",
    "script": 101,
    "step": 2,
    "final": False,
    "slots": {"apolice": "12345", "orgaos": ["25000"], "valor": "1500.00", "data": "2026-03-12", "opcional": None},
    "requires_input": ["apolice"],
    "answer": "Sinto muito. O que houve?",
    "error": None,
}


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"script": 101, "step": 2, "decision": "walk", "final": False},
        {"slots": {"apolice": "12345"}},
        {"slots": {"apolice": 12345}},
        {"slots": {"orgaos": "25000"}},
        {"slots": {"orgaos": ["25000"]}},
        {"slots": {"valor": 1500}},
        {"slots": {"valor": 1500.0}},
        {"slots": {"data": date(2026, 3, 12)}},
        {"slots": {"opcional": None, "nunca": None}},
        {
            "slots_exact": {
                "apolice": "12345",
                "orgaos": "25000",
                "valor": 1500,
                "data": date(2026, 3, 12),
                "opcional": None,
            }
        },
        {"requires_input": ["apolice"]},
        {"answer": "Sinto muito. O que houve?"},
        {"answer_has": ["SINTO"], "answer_not": ["tchau"]},
        {"answer_has": "o que houve"},
        {"error": None},
    ],
)
def test_what_is_as_expected_says_nothing(expect: dict[str, Any]) -> None:
    assert differences(expect, SEEN) == []


@pytest.mark.parametrize(
    ("expect", "key", "got"),
    [
        ({"step": 3}, "step", 2),
        ({"script": None}, "script", 101),
        ({"final": True}, "final", False),
        ({"final": 0}, "final", False),
        ({"slots": {"apolice": "1"}}, "slots.apolice", "12345"),
        ({"slots": {"orgaos": ["25000", "26000"]}}, "slots.orgaos", ["25000"]),
        ({"slots": {"orgaos": "26000"}}, "slots.orgaos", ["25000"]),
        ({"slots": {"valor": 1500.01}}, "slots.valor", "1500.00"),
        ({"slots": {"nunca": "x"}}, "slots.nunca", None),
        ({"slots": {"data": 2026}}, "slots.data", "2026-03-12"),
        ({"requires_input": []}, "requires_input", ["apolice"]),
        ({"requires_input": ["apolice", "data"]}, "requires_input", ["apolice"]),
        ({"answer": "Sinto muito."}, "answer", SEEN["answer"]),
        ({"answer_has": ["tchau"]}, "answer_has", SEEN["answer"]),
        ({"answer_not": ["sinto"]}, "answer_not", SEEN["answer"]),
        ({"error": "invalid"}, "error", None),
    ],
)
def test_what_is_otherwise_is_said_with_what_was_seen(expect: dict[str, Any], key: str, got: object) -> None:
    ((found, _, seen),) = differences(expect, SEEN)

    assert (found, seen) == (key, got)


def test_slots_beyond_the_exact_ones_are_differences() -> None:
    found = differences({"slots_exact": {"apolice": "12345"}}, {"slots": {"apolice": "12345", "cpf": "x"}})

    assert found == [Difference("slots.cpf", None, "x")]


def test_a_refusal_that_nobody_expected_is_the_only_difference() -> None:
    found = differences({"step": 2, "script": 101}, {"error": "session_not_found"})

    assert found == [Difference("error", None, "session_not_found")]


def test_a_refusal_may_be_expected() -> None:
    assert differences({"error": "invalid"}, {"error": "invalid"}) == []


def test_a_turn_shows_everything_that_can_be_expected_of_it() -> None:
    script = a_script(3, intent="claim")
    state = a_state(script, step=3, status=Status.ENDED, slots={"a": "b"}, record="INV-2026-000001")
    shows = Presented("claim", "anita", "Anita", ("view",), (), {"cpf": "Qual CPF?"})

    seen = seen_after(an_event(1, state=state, decision="walk"), "Pronto.", shows, history=4)

    assert seen.keys() == KEYS - {"slots_exact", "answer_has", "answer_not"}
    assert (seen["intent"], seen["agent"], seen["suggested_actions"]) == ("claim", "anita", ["view"])
    assert (seen["requires_input"], seen["record"]) == (["cpf"], "INV-2026-000001")
    assert (seen["final"], seen["steps"], seen["history"]) == (True, 3, 4)


def test_before_a_script_there_are_no_steps() -> None:
    state = a_state(status=Status.WAITING, owner=Owner.HUMAN)

    seen = seen_after(an_event(state=state), "", Presented("handoff"), 1)

    assert (seen["script"], seen["steps"], seen["status"], seen["owner"]) == (None, 0, "waiting", "human")
    assert (seen["requires_input"], seen["record"]) == ([], "")


@pytest.mark.parametrize(("record", "count"), [("INV-2026-000001", 0), ("INV-2026", 1), ("", 1), (None, 1)])
def test_a_record_matches_as_a_whole(record: str | None, count: int) -> None:
    found = differences({"record": "INV-[0-9]{4}-[0-9]{6}"}, {"record": record})

    assert [one.key for one in found] == ["record"] * count
