"""The later tiers of matching over real HTTP: a vector where words are unsure, a vote, and nothing when they fail."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.files.packs.folders import read_pack
from roteiro.settings import read_settings
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.wiring import open_house
from tests.harness import ROOT, STAFF
from tests.model_server import ModelServer, running_model

UNSURE = "fui roubado na casa"  # words and letters alone think of the car and of the house
MEANT = "quero contratar um seguro residencial"  # what the tests' embedder takes it for
SURE = "Bati o carro ontem na BR-101"
FAULTS = [
    "error", "throttled", "html", "garbage", "empty", "oversize", "cut", "drip", "hang",
    "short", "nan", "zero", "huge", "too_few", "words",
]  # fmt: skip
VOTES = ['{"script": "999"}', '{"script": 105}', '{"vote": "105"}', '"105"', "105", "cancelamento", "", "[]", "null"]


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with running_model() as server:
        yield server


@pytest.fixture(scope="session")
def database_with_vectors(loaded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The insurance pack published with the vectors of the tests' own embedder."""
    path = tmp_path_factory.mktemp("vectors") / "roteiro.db"
    shutil.copy(loaded_database, path)
    with running_model() as server:
        reload(path, server)
    return path


@pytest.fixture
def database(database_with_vectors: Path, tmp_path: Path) -> Path:
    path = tmp_path / "roteiro.db"
    shutil.copy(database_with_vectors, path)
    return path


@pytest.fixture
def second(serve: Callable[..., FlaskClient], model: ModelServer) -> FlaskClient:
    """All functions with sentence vectors; the vendor's client is warm, as after an instance's first call."""
    client = serve(ROTEIRO_EMBEDDING_MODEL="bag", OPENAI_BASE_URL=model.url, ROTEIRO_EMBEDDING_TIMEOUT_S="1")
    rank(client, UNSURE)
    model.means = {UNSURE: MEANT}
    model.journal.clear()
    return client


@pytest.fixture
def third(serve: Callable[..., FlaskClient], model: ModelServer) -> FlaskClient:
    """All functions with votes and no vectors."""
    return serve(ROTEIRO_MODEL="tiny", OPENAI_BASE_URL=model.url, ROTEIRO_MATCH_WITH_MODEL="on")


def reload(path: Path, server: ModelServer, **settings: str) -> int:
    """Load the insurance pack again, as `roteiro load` does; return the catalogue's revision."""
    given = {"ROTEIRO_DATABASE_URL": f"sqlite:///{path}", "ROTEIRO_EMBEDDING_MODEL": "bag"} | settings
    house = open_house("tests", read_settings(given | {"OPENAI_BASE_URL": server.url}))
    folder = read_pack(ROOT / "packs" / "seguros")
    examples = [script["match"]["examples"] for script in folder.scripts.values()]
    server.means = {example: of_one[0] for of_one in examples for example in of_one}  # it knows what they are about
    load_pack(folder.pack, folder.scripts, house.admin(LOADER))
    revision = house.catalogue("seguros").revision
    house.store.close()  # type: ignore[attr-defined] # the SQLite store's own
    return revision


def rank(client: FlaskClient, message: str) -> Any:
    answer = client.post("/api/v1/match/rank", json={"message": message, "k": 5}, headers=STAFF)
    assert answer.status_code == 200
    return {name: value for name, value in answer.json.items() if name != "took_ms"}


def by_words_alone(serve: Callable[..., FlaskClient], message: str) -> Any:
    return rank(serve(ROTEIRO_EMBEDDING_MODEL="", ROTEIRO_MATCH_WITH_MODEL="off"), message)


def test_what_words_leave_open_is_ranked_by_meaning(second: FlaskClient, model: ModelServer) -> None:
    answer = rank(second, UNSURE)

    first = answer["candidates"][0]
    assert (answer["tier"], first["script_id"], first["nearest_example"]) == (2, 102, MEANT)
    assert answer["decision"] == "match"
    assert len(model.journal) == 1


@pytest.mark.parametrize("message", [SURE, MEANT, "zzzz"])
def test_a_sure_ranking_asks_nobody(second: FlaskClient, model: ModelServer, message: str) -> None:
    assert rank(second, message)["tier"] < 2

    assert model.journal == []


def test_the_customer_gets_the_script_that_was_meant_after_one_call(second: FlaskClient, model: ModelServer) -> None:
    said = second.post("/api/v1/chat", json={"user_id": "1", "message": UNSURE})

    assert (said.status_code, said.json["message"]["step"]) == (200, 1)
    assert len(model.journal) == 1


def test_personal_data_does_not_leave_with_the_question(second: FlaskClient, model: ModelServer) -> None:
    rank(second, f"{UNSURE} 529.982.247-25 ana@exemplo.com.br")

    ((asked,),) = [body["input"] for body in model.journal]
    assert asked == f"{UNSURE} <CPF_1> <EMAIL_1>"


@pytest.mark.parametrize("fault", FAULTS)
def test_on_any_fault_the_answer_is_that_of_words_alone(
    serve: Callable[..., FlaskClient], second: FlaskClient, model: ModelServer, fault: str
) -> None:
    model.mode = fault
    began = time.monotonic()

    answer = rank(second, UNSURE)
    took = time.monotonic() - began
    model.hold.set()

    assert answer == by_words_alone(serve, UNSURE)
    assert took < 3  # one second of its own, and a slow machine
    assert len(model.journal) == 1


def test_a_slow_embedder_costs_its_deadline_and_no_more(serve: Callable[..., FlaskClient], model: ModelServer) -> None:
    client = serve(ROTEIRO_EMBEDDING_MODEL="bag", OPENAI_BASE_URL=model.url, ROTEIRO_EMBEDDING_TIMEOUT_S="0.3")
    rank(client, UNSURE)  # reads the index, imports the client
    model.mode = "hang"

    began = time.monotonic()
    answer = rank(client, UNSURE)
    took = time.monotonic() - began
    model.hold.set()

    assert answer["tier"] == 1
    assert 0.3 <= took < 1.5


def test_an_embedder_that_is_not_there_is_a_fault_like_any_other(serve: Callable[..., FlaskClient]) -> None:
    client = serve(ROTEIRO_EMBEDDING_MODEL="bag", ROTEIRO_EMBEDDING_BASE_URL="http://127.0.0.1:9/v1")

    assert rank(client, UNSURE) == by_words_alone(serve, UNSURE)


def test_vectors_of_another_model_are_not_compared(serve: Callable[..., FlaskClient], model: ModelServer) -> None:
    client = serve(ROTEIRO_EMBEDDING_MODEL="other", OPENAI_BASE_URL=model.url)

    assert rank(client, UNSURE)["tier"] == 1
    assert model.journal == []


def test_without_the_setting_nothing_is_asked_though_vectors_are_there(
    serve: Callable[..., FlaskClient], model: ModelServer
) -> None:
    client = serve(OPENAI_BASE_URL=model.url, ROTEIRO_MODEL="tiny")

    assert rank(client, UNSURE)["tier"] == 1
    assert model.journal == []


def test_loading_again_fetches_nothing_again_and_leaves_the_revision(database: Path, model: ModelServer) -> None:
    first, second = (reload(database, model) for _ in range(2))

    assert first == second
    assert model.journal == []


def test_loading_the_same_without_an_embedder_keeps_the_vectors(
    serve: Callable[..., FlaskClient], database: Path, model: ModelServer
) -> None:
    reload(database, model, ROTEIRO_EMBEDDING_MODEL="")
    model.means = {UNSURE: MEANT}

    answer = rank(
        serve(ROTEIRO_EMBEDDING_MODEL="bag", OPENAI_BASE_URL=model.url, ROTEIRO_EMBEDDING_TIMEOUT_S="5"), UNSURE
    )

    assert answer["tier"] == 2


@pytest.mark.parametrize("fault", ["error", "nan", "too_few"])
def test_a_catalogue_is_published_without_vectors_when_none_come_and_says_so(
    database: Path, model: ModelServer, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    model.mode = fault

    before, after = reload(database, model), reload(database, model, ROTEIRO_EMBEDDING_MODEL="new")

    assert after == before + 1
    assert "published without sentence vectors" in caplog.text


def test_vectors_are_kept_in_documents_that_every_store_can_hold(database: Path) -> None:
    store = SqliteStore(str(database))

    parts = store.scan("vectors:")
    store.close()

    assert len(parts) >= 2
    assert all(len(json.dumps(part)) < 950_000 for part in parts)


def test_an_admin_who_publishes_without_an_embedder_leaves_no_stale_vectors(
    serve: Callable[..., FlaskClient], model: ModelServer
) -> None:
    client = serve(ROTEIRO_EMBEDDING_MODEL="bag", OPENAI_BASE_URL=model.url)
    model.mode = "error"

    client.delete("/api/v1/script/104", headers=STAFF)
    answer = rank(client, UNSURE)

    assert answer["tier"] == 1
    assert 104 not in [one["script_id"] for one in answer["candidates"]]


@pytest.mark.parametrize("place", [0, 1])
def test_a_vote_for_a_leading_script_settles_the_question(
    serve: Callable[..., FlaskClient], third: FlaskClient, model: ModelServer, place: int
) -> None:
    script = by_words_alone(serve, UNSURE)["candidates"][place]["script_id"]
    model.vote = json.dumps({"script": str(script)})

    answer = rank(third, UNSURE)

    assert (answer["tier"], answer["decision"], answer["candidates"][0]["script_id"]) == (3, "match", script)


def test_a_vote_for_none_leaves_the_question(
    serve: Callable[..., FlaskClient], third: FlaskClient, model: ModelServer
) -> None:
    answer = rank(third, UNSURE)

    assert answer == by_words_alone(serve, UNSURE) | {"tier": 3}
    assert len(model.journal) == 1


def test_the_model_votes_among_the_ranked_scripts_by_a_schema(third: FlaskClient, model: ModelServer) -> None:
    rank(third, UNSURE)

    (asked,) = model.journal
    schema = asked["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert set(schema["schema"]["properties"]["script"]["enum"]) == {"101", "102", "103", "104", "105", "none"}
    assert (asked["store"], asked["temperature"]) == (False, 0)


@pytest.mark.parametrize("vote", VOTES)
def test_a_vote_that_is_no_label_of_the_ballot_counts_as_none_given(
    serve: Callable[..., FlaskClient], third: FlaskClient, model: ModelServer, vote: str
) -> None:
    model.vote = vote

    assert rank(third, UNSURE) == by_words_alone(serve, UNSURE)


@pytest.mark.parametrize("fault", ["error", "throttled", "html", "empty", "tool", "unfinished"])
def test_a_broken_voter_changes_nothing_and_is_asked_once(
    serve: Callable[..., FlaskClient], third: FlaskClient, model: ModelServer, fault: str
) -> None:
    model.mode = fault

    assert rank(third, UNSURE) == by_words_alone(serve, UNSURE)
    assert len(model.journal) == 1


def test_a_match_by_meaning_that_the_model_denies_becomes_a_question(
    serve: Callable[..., FlaskClient], model: ModelServer
) -> None:
    client = serve(
        ROTEIRO_EMBEDDING_MODEL="bag",
        ROTEIRO_EMBEDDING_TIMEOUT_S="5",
        ROTEIRO_MODEL="tiny",
        ROTEIRO_MATCH_WITH_MODEL="on",
        OPENAI_BASE_URL=model.url,
    )
    model.means = {UNSURE: MEANT}

    answer = rank(client, UNSURE)

    assert (answer["tier"], answer["decision"]) == (3, "clarify")
    assert len(model.journal) == 2
