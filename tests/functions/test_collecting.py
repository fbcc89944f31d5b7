"""A script that waits for values, published and walked through the routes that people use."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.harness import STAFF, Customer

BOLETO: dict[str, Any] = {
    "problem": {"id": 1001, "description": "Segunda via: o cliente quer a segunda via do boleto do condomínio."},
    "script": [
        {"step": 1, "message": "Vamos emitir. Informe CPF e vencimento.", "collect": ["cpf", "dia"]},
        {"step": 2, "message": "Confere?\n{summary}", "kind": "confirm"},
        {"step": 3, "message": "Pronto, {customer_name}. Protocolo {protocol}."},
    ],
    "slots": {
        "cpf": {"type": "cpf", "label": "CPF", "prompt": "Qual é o seu CPF?"},
        "dia": {"type": "date", "label": "Vencimento", "prompt": "Qual é o vencimento?"},
    },
    "knowledge": [{"q": "a segunda via do boleto tem custo?", "a": "Não, é gratuita."}],
    "match": {
        "examples": [
            "segunda via do boleto do condomínio",
            "quero a segunda via do condomínio",
            "perdi o boleto do condomínio",
        ]
    },
}


@pytest.fixture
def caller(client: FlaskClient) -> Customer:
    assert client.post("/api/v1/script", json=BOLETO, headers=STAFF).status_code == 200
    customer = Customer(client)
    customer.open("Bia")
    return customer


def test_a_script_with_required_slots_is_walked_to_its_end(
    caller: Customer, state_of: Callable[[str], dict[str, Any]]
) -> None:
    begun = caller.say("segunda via do boleto do condomínio")
    part = caller.say("é o 529.982.247-25")
    summed = caller.say("vence amanhã")
    ended = caller.say("confirmo")

    assert begun.json["answer"] == "Vamos emitir. Informe CPF e vencimento."
    assert part.json["answer"] == "Qual é o vencimento?"
    assert summed.json == {
        "answer": "Confere?\nCPF: ***.982.247-**\nVencimento: 21/11/2026",
        "steps": 3,
        "is_final_step": "False",
    }
    assert (ended.json["is_final_step"], "Bia" in ended.json["answer"]) == ("True", True)
    assert state_of(caller.session)["slots"] == {"cpf": "52998224725", "dia": "2026-11-21"}


def test_a_wrong_number_is_explained_and_the_step_waits(caller: Customer) -> None:
    caller.say("segunda via do boleto do condomínio")

    wrong = caller.say("529.982.247-26")

    assert wrong.headers["Roteiro-Step"] == "1"
    assert "CPF" in wrong.json["answer"]
    assert "529" not in wrong.json["answer"]


@pytest.mark.parametrize("ask", ["/chat", "/chat_ai"])
def test_a_side_question_is_answered_and_the_open_slot_asked_again(caller: Customer, ask: str) -> None:
    caller.say("segunda via do boleto do condomínio")

    aside = caller.say("a segunda via do boleto tem custo?", ask)

    assert aside.json["answer"] == "Não, é gratuita.\n\nQual é o seu CPF?"
    assert aside.headers["Roteiro-Step"] == "1"


def test_after_three_failures_a_person_comes_and_knows_the_queue(caller: Customer) -> None:
    caller.say("segunda via do boleto do condomínio")

    answers = [caller.say("xyz") for _ in range(3)]

    assert [a.headers["Roteiro-Status"] for a in answers] == ["bot", "bot", "waiting"]
    assert "atendente" in answers[1].json["answer"]


def test_a_document_with_a_fault_is_refused_with_its_path_in_the_readers_language(client: FlaskClient) -> None:
    wrong = BOLETO | {"script": [{"step": 1, "message": "Oi, {nome}.", "next": "fim"}]}

    answer = client.post("/api/v1/script", json=wrong, headers=STAFF | {"Accept-Language": "es"})

    assert answer.status_code == 422
    assert ("script.0.message", "unknown_slot") in [(f["path"], f["code"]) for f in answer.json["fields"]]
    assert "slot" in answer.json["fields"][0]["message"]


def test_a_document_with_every_key_comes_back_as_it_was_given(client: FlaskClient) -> None:
    client.post("/api/v1/script", json=BOLETO, headers=STAFF)

    items = client.get("/api/v1/script?q=segunda", headers=STAFF).json["items"]

    assert {key: items[0][key] for key in BOLETO} == BOLETO


def test_a_number_of_its_own_comes_with_its_key_once(caller: Customer) -> None:
    for message in ["segunda via do boleto do condomínio", "529.982.247-25, vence amanhã", "sim"]:
        ended = caller.say(message)

    begun = caller.say("quero cancelar meu seguro")
    on = caller.say("ok")

    assert "Roteiro-Protocol-Key" not in ended.headers
    assert begun.headers["Roteiro-Protocol"] != ended.headers["Roteiro-Protocol"]
    assert len(begun.headers["Roteiro-Protocol-Key"]) == len("ABCDE-FGHJK")
    assert "Roteiro-Protocol-Key" not in on.headers
