"""The packs' own conversations and messages, through the same routes that customers use."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from tests.harness import STAFF, Customer

PACKS = Path(__file__).resolve().parents[2] / "packs"
NAMED = frozenset("script step steps final status owner decision answer answer_has answer_not".split())


def conversations() -> Iterator[Any]:
    for path in sorted(PACKS.glob("*/tests/*.yaml")):
        for told in yaml.safe_load_all(path.read_text("utf-8")):
            for one in told if isinstance(told, list) else [told]:
                yield pytest.param(one, id=f"{path.parts[-3]}/{one['name']}")


def observed(answer: Any, state: Any) -> dict[str, Any]:
    """Return what a turn showed, by the names that `expect` uses."""
    body = answer.json
    return {
        "answer": body["answer"],
        "steps": state["steps"] if state["script"] is not None else 0,
        "final": state["status"] == "ended",
        "step": int(answer.headers["Roteiro-Step"]),
        "status": answer.headers["Roteiro-Status"],
        "script": state.get("script"),
        "owner": state.get("owner", "bot"),
        "decision": state.get("decision"),
    }


def differs(expect: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    """Return one line for each expectation that was not met."""
    unknown = set(expect) - NAMED
    wrong = [f"unknown expectation {name}" for name in sorted(unknown)]
    plain = sorted(set(expect) & NAMED - {"answer_has", "answer_not"})
    wrong += [f"{name}: expected {expect[name]!r}, got {seen[name]!r}" for name in plain if expect[name] != seen[name]]
    has, has_not = expect.get("answer_has", []), expect.get("answer_not", [])
    wrong += [f"the answer lacks {part!r}" for part in has if part.casefold() not in seen["answer"].casefold()]
    return wrong + [f"the answer holds {part!r}" for part in has_not if part.casefold() in seen["answer"].casefold()]


@pytest.mark.parametrize("told", list(conversations()))
def test_a_packs_conversation_goes_as_it_is_told(
    told: dict[str, Any], client: FlaskClient, state_of: Callable[[str], Any]
) -> None:
    assert told["via"] == "front"
    customer = Customer(client)
    customer.open(told.get("customer", "Ana"))
    transcript, checked = [], 0

    for turn in told["turns"]:
        answer = customer.say(turn["say"], "/chat_ai" if turn.get("ai") else "/chat")
        seen = observed(answer, state_of(customer.session))
        transcript.append(f"C: {turn['say']}\nR: {seen['answer']}  {seen}")
        wrong = differs(turn.get("expect", {}), seen)
        checked += len(turn.get("expect", {}))
        assert not wrong, "\n".join([*transcript, *wrong])

    assert checked, "a conversation without any expectation proves nothing"


def test_a_planted_wrong_expectation_is_found() -> None:
    seen = {"answer": "Olá", "step": 1, "script": 101}

    assert differs({"step": 2}, seen)
    assert differs({"answer_has": ["tchau"]}, seen)
    assert differs({"answer_not": ["olá"]}, seen)
    assert differs({"stepp": 1}, seen)
    assert not differs({"step": 1, "script": 101, "answer_has": ["olá"]}, seen)


def test_every_script_of_a_pack_has_a_conversation_and_a_dozen_examples() -> None:
    for pack in sorted(path.parent for path in PACKS.glob("*/pack.yaml")):
        told = "\n".join(path.read_text("utf-8") for path in pack.glob("tests/*.yaml"))
        for path in sorted(pack.glob("scripts/*.yaml")):
            script = yaml.safe_load(path.read_text("utf-8"))
            number = script["problem"]["id"]
            assert re.search(rf"script: {number}\b", told), f"no conversation reaches {number}"
            assert len(script["match"]["examples"]) >= 12
            assert len(script["match"]["negative_examples"]) >= 4


def test_the_insurance_pack_has_the_documented_scripts(client: FlaskClient) -> None:
    items = client.get("/api/v1/script", headers=STAFF).json["items"]

    assert {item["problem"]["id"]: item["steps"] for item in items} == {101: 7, 102: 6, 103: 5, 104: 4, 105: 5}
