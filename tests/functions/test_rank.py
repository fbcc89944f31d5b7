"""What the matcher thinks of a message, asked by staff; nothing is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functions.refusals import assert_refused
from tests.harness import STAFF


def rank(client: FlaskClient, message: str, **more: Any) -> TestResponse:
    return client.post("/api/v1/match/rank", json={"message": message, **more}, headers=STAFF)


def test_a_ranking_says_what_was_decided_why_and_on_which_catalogue(client: FlaskClient) -> None:
    answer = rank(client, "Bati o carro ontem na BR-101").json

    assert answer.keys() == {"decision", "candidates", "tier", "threshold", "catalogue_revision", "took_ms"}
    assert (answer["decision"], answer["catalogue_revision"]) == ("match", "r1")
    assert 0 < answer["threshold"] < 1
    assert answer["took_ms"] > 0


def test_a_candidate_names_its_script_and_the_evidence(client: FlaskClient) -> None:
    first, *_ = rank(client, "Bati o carro ontem na BR-101").json["candidates"]

    assert first.keys() == {
        "script_id", "version", "title", "confidence", "evidence", "nearest_example", "negative_hit",
    }  # fmt: skip
    assert (first["script_id"], first["version"], first["title"]) == (101, 1, "Sinistro Automotivo")
    assert first["nearest_example"]


def test_candidates_come_best_first_with_confidences_from_0_to_1(client: FlaskClient) -> None:
    confidences = [one["confidence"] for one in rank(client, "quero cancelar meu seguro", k=5).json["candidates"]]

    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= one <= 1 for one in confidences)


@pytest.mark.parametrize(
    ("message", "decision"),
    [
        ("quero cancelar meu seguro", "match"),
        ("Não quero cancelar, só quero mudar meu endereço", "match"),
        ("Quero pedir uma pizza", "out_of_scope"),
        ("quero falar com um atendente", "handoff"),
        ("quero reclamar", "handoff"),
        ("oiii bom dia", "smalltalk"),
        ("Obrigado, tchau", "smalltalk"),
    ],
)
def test_the_decision_is_the_one_a_turn_would_take(client: FlaskClient, message: str, decision: str) -> None:
    answer = rank(client, message)

    assert answer.json["decision"] == decision


def test_the_first_candidate_of_a_match_is_the_script_a_customer_gets(client: FlaskClient) -> None:
    message = "Não quero cancelar, só quero mudar meu endereço"

    ranked = rank(client, message).json["candidates"][0]
    said = client.post("/api/v1/chat", json={"user_id": "1", "message": message}).json

    assert ranked["script_id"] == 103
    assert said["steps"] == 5


@pytest.mark.parametrize("k", [1, 2, 3])
def test_no_more_candidates_come_than_were_asked_for(client: FlaskClient, k: int) -> None:
    answer = rank(client, "quero cancelar meu seguro do carro ou da casa", k=k)

    assert len(answer.json["candidates"]) <= k


def test_a_message_matches_the_same_alone_and_asked_for_more(client: FlaskClient) -> None:
    one, ten = (rank(client, "quero cancelar meu seguro", k=k).json["candidates"] for k in (1, 10))

    assert one == ten[:1]


@pytest.mark.parametrize("k", [0, 11, -1, "3", 1.5, None, True])
def test_k_outside_1_to_10_is_refused(client: FlaskClient, k: Any) -> None:
    answer = rank(client, "oi", k=k)

    assert_refused(answer, 422, "invalid")
    assert [field["path"] for field in answer.json["fields"]] == ["k"]


@pytest.mark.parametrize("pack", ["outro", "a\0b", "catalogue:seguros", "seguros ", "../seguros"])
def test_an_unknown_pack_is_not_found(client: FlaskClient, pack: str) -> None:
    answer = rank(client, "oi", pack=pack)

    assert_refused(answer, 404, "not_found")


def test_a_pack_can_be_named(client: FlaskClient) -> None:
    assert rank(client, "Bati o carro", pack="seguros").json["decision"] == "match"


def test_ranking_stores_nothing(client: FlaskClient, stored: Callable[[], object]) -> None:
    before = stored()

    rank(client, "Bati o carro ontem na BR-101")

    assert stored() == before


def test_a_script_is_ranked_from_the_moment_it_is_published_to_the_moment_it_goes(client: FlaskClient) -> None:
    message, seen = "Não entendi a franquia da minha apólice", []

    for path in ("/api/v1/script/104", None):
        seen.append([one["script_id"] for one in rank(client, message, k=10).json["candidates"]])
        if path:
            client.delete(path, headers=STAFF)

    assert seen[0][0] == 104
    assert 104 not in seen[1]
