"""The packs' own conversations and messages, through the same routes that customers use."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.expectation import differences, seen_after
from roteiro.domain.ids import ConversationId
from roteiro.domain.rehearsal import Rehearsal, Turn, obstacles, read_rehearsal
from roteiro.files.packs.folders import find_packs, read_pack
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.packtests import told_in
from roteiro.usecases.published import Kept, PublishedCatalogue
from tests.harness import STAFF, Customer, TestClock
from tests.model_server import ANSWER, ModelServer, running_model

PACKS = Path(__file__).resolve().parents[2] / "packs"
WORDED = frozenset({"answer", "answer_has", "answer_not"})  # what a model may say otherwise

Observe = Callable[[str, TestResponse], dict[str, Any]]


def conversations() -> Iterator[Any]:
    for folder in find_packs(PACKS):
        read = read_pack(folder)
        for one in told_in(read.tests, read.scripts):
            rehearsal = read_rehearsal(one.content)
            if not list(obstacles(rehearsal)):
                yield pytest.param(rehearsal, id=f"{folder.name}/{rehearsal.name}")


each_conversation = pytest.mark.parametrize("told", list(conversations()))


@pytest.fixture
def observe(database: Path) -> Observe:
    """Return what a turn showed: its documented body and headers, and the event that was stored."""

    def look(session: str, answer: TestResponse) -> dict[str, Any]:
        if answer.status_code != 200:
            return {"error": (answer.json or {})["code"]}
        store = SqliteStore(str(database))
        events = store.load(ConversationId(session), 500)
        state = events[-1].state
        catalogue = PublishedCatalogue("seguros", store, Kept())
        script = None if state.script is None else catalogue.script(state.script, state.version)
        history = sum((event.text is not None) + (event.reply is not None) for event in events[1:])
        store.close()
        body: dict[str, Any] = answer.json or {}
        shown = {"step": int(answer.headers["Roteiro-Step"]), "status": answer.headers["Roteiro-Status"]}
        if "steps" in body:
            shown |= {"steps": body["steps"], "final": body["is_final_step"] == "True"}
        return seen_after(events[-1], body["answer"], script, history) | shown

    return look


def went_otherwise(told: Rehearsal, client: FlaskClient, clock: type[TestClock], observe: Observe) -> list[str]:
    """Play a conversation over HTTP; return the transcript up to the first turn that went otherwise, and how."""
    clock.time = told.clock
    customer = Customer(client)
    customer.open(told.customer)
    transcript: list[str] = []
    for turn in told.turns:
        seen = taken(turn, customer, clock, observe)
        transcript += [f"C: {turn.say}", f"R: {seen}"]
        if wrong := differences(turn.expect, seen):
            return [*transcript, *map(str, wrong)]
    return []


def taken(turn: Turn, customer: Customer, clock: type[TestClock], observe: Observe) -> dict[str, Any]:
    clock.time += turn.wait
    if turn.say is None:
        return {}
    return observe(customer.session, customer.say(turn.say, "/chat_ai" if turn.ai else "/chat"))


def without_wordings(told: Rehearsal) -> Rehearsal:
    """Return the conversation as it must go in whatever words: scripts, steps and slots."""
    kept = [t.model_copy(update={"expect": {k: v for k, v in t.expect.items() if k not in WORDED}}) for t in told.turns]
    return told.model_copy(update={"turns": kept})


@each_conversation
def test_a_packs_conversation_goes_as_it_is_told(
    told: Rehearsal, client: FlaskClient, clock: type[TestClock], observe: Observe
) -> None:
    assert went_otherwise(told, client, clock, observe) == []


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with running_model() as server:
        yield server


@pytest.fixture
def helped(serve: Callable[..., FlaskClient], model: ModelServer) -> FlaskClient:
    """The product with a model that answers well."""
    return serve(ROTEIRO_MODEL="tiny", OPENAI_BASE_URL=model.url)


@each_conversation
def test_a_packs_conversation_takes_the_same_way_with_a_model(
    told: Rehearsal, helped: FlaskClient, clock: type[TestClock], observe: Observe
) -> None:
    assert went_otherwise(without_wordings(told), helped, clock, observe) == []


def test_the_model_of_those_conversations_is_really_asked(
    helped: FlaskClient, model: ModelServer, clock: type[TestClock], observe: Observe
) -> None:
    aside = {"say": "Cobre enchente?", "ai": True, "expect": {"script": 102, "step": 1, "answer": ANSWER}}
    told = {"name": "com modelo", "turns": [{"say": "Quero um seguro pra minha casa"}, aside]}

    assert went_otherwise(read_rehearsal(told), helped, clock, observe) == []
    assert len(model.journal) == 1


@pytest.mark.parametrize(
    "planted",
    [{"step": 2}, {"script": 105}, {"answer_has": ["pizza"]}, {"answer_not": ["sinto"]}, {"slots": {"x": "y"}}],
)
def test_a_planted_wrong_expectation_is_found(
    planted: dict[str, Any], client: FlaskClient, clock: type[TestClock], observe: Observe
) -> None:
    told = {"name": "errada", "turns": [{"say": "Bati o carro ontem na BR-101", "expect": planted}]}

    wrong = went_otherwise(read_rehearsal(told), client, clock, observe)

    assert next(iter(planted)) in wrong[-1]


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
