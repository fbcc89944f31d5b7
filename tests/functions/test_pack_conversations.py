"""The packs' own conversations and messages, through the same routes that customers use."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from roteiro.domain.authoring.rehearsal import Rehearsal, read_rehearsal
from roteiro.files.packs.folders import find_packs, read_pack
from roteiro.usecases.packtests import told_in
from tests.functions.players import Play
from tests.harness import STAFF, TestClock
from tests.model_server import ANSWER, ModelServer, running_model
from tests.server import free_port

PACKS = Path(__file__).resolve().parents[2] / "packs"
WORDED = frozenset({"answer", "answer_has", "answer_not"})  # what a model may say otherwise
ROUTES = {"front": ("front",), "message": ("message", "stream"), "stream": ("message", "stream")}
IN_FULL = int(os.environ.get("ROTEIRO_TEST_FAULT_TURNS", "2")) > 2
# All of them, and a real deadline, in the full run; else those that fail at once.
FAULTS = (
    "refused error throttled hang drip drip_stream garbage html empty cut unfinished oversize tool"
    if IN_FULL
    else "refused garbage cut"
).split()

Begin = Callable[[Rehearsal, str, FlaskClient], Play]


def conversations() -> Iterator[tuple[str, Rehearsal]]:
    """Yield the conversations of every pack: those of its tests, and those of its scripts."""
    for folder in find_packs(PACKS):
        read = read_pack(folder)
        for one in told_in(read.tests, read.scripts):
            rehearsal = read_rehearsal(one.content)
            yield folder.name, rehearsal.model_copy(update={"pack": folder.name})


def on_every_route() -> Iterator[Any]:
    """Yield them once for every route on which they are played; those of the other pack want its database."""
    for pack, told in conversations():
        for via in ROUTES[told.via]:
            marks = [pytest.mark.both_packs] if pack == "transparencia" else []
            yield pytest.param(told, via, id=f"{pack}/{told.name}/{via}", marks=marks)


each_conversation = pytest.mark.parametrize(("told", "via"), list(on_every_route()))


@pytest.fixture
def begin(database: Path, clock: type[TestClock]) -> Begin:
    return lambda told, via, client: Play(told, via, client, clock, database)


def without_wordings(told: Rehearsal) -> Rehearsal:
    """Return the conversation as it must go in whatever words: scripts, steps and slots."""
    kept = [t.model_copy(update={"expect": {k: v for k, v in t.expect.items() if k not in WORDED}}) for t in told.turns]
    return told.model_copy(update={"turns": kept})


@each_conversation
def test_a_packs_conversation_goes_as_it_is_told(told: Rehearsal, via: str, client: FlaskClient, begin: Begin) -> None:
    wrong = begin(told, via, client).to_the_end()

    assert not wrong, "\n".join(wrong)


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
    told: Rehearsal, via: str, helped: FlaskClient, begin: Begin
) -> None:
    wrong = begin(without_wordings(told), via, helped).to_the_end()

    assert not wrong, "\n".join(wrong)


@pytest.mark.both_packs
@pytest.mark.parametrize("fault", FAULTS)
def test_every_conversation_takes_the_same_way_with_a_broken_model_as_without_one(
    fault: str, serve: Callable[..., FlaskClient], model: ModelServer, begin: Begin
) -> None:
    model.mode = fault
    url = f"http://127.0.0.1:{free_port()}/v1" if fault == "refused" else model.url
    alone, broken = serve(), serve(ROTEIRO_MODEL="tiny", OPENAI_BASE_URL=url, ROTEIRO_MODEL_TIMEOUT_S="1")

    for _, told in conversations():
        if not any(turn.desk and turn.desk.action == "publish" for turn in told.turns):  # the next one would meet it
            via = ROUTES[told.via][0]
            assert begin(told, via, broken).trail() == begin(told, via, alone).trail(), told.name
    assert model.journal or fault == "refused"


def test_the_model_of_those_conversations_is_really_asked(
    helped: FlaskClient, model: ModelServer, begin: Begin
) -> None:
    aside = {"say": "Cobre enchente?", "ai": True, "expect": {"script": 102, "step": 1, "answer": ANSWER}}
    told = {"name": "com modelo", "pack": "seguros", "turns": [{"say": "Quero um seguro pra minha casa"}, aside]}

    assert begin(read_rehearsal(told), "front", helped).to_the_end() == []
    assert len(model.journal) == 1


@pytest.mark.parametrize(
    "planted",
    [{"step": 2}, {"script": 105}, {"answer_has": ["pizza"]}, {"answer_not": ["sinto"]}, {"slots": {"x": "y"}}],
)
@pytest.mark.parametrize("via", ["front", "message"])
def test_a_planted_wrong_expectation_is_found(
    planted: dict[str, Any], via: str, client: FlaskClient, begin: Begin
) -> None:
    turn = {"say": "Bati o carro ontem na BR-101", "expect": planted}

    wrong = begin(read_rehearsal({"name": "errada", "pack": "seguros", "turns": [turn]}), via, client).to_the_end()

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
