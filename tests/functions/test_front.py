"""The first seed's front as a customer uses it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.conversation import MOST_MESSAGES
from tests.harness import STAFF, Customer, TestClock

GREETING = "Por favor, informe em poucas palavras como posso ser útil para você hoje."


def test_a_conversation_begins_with_the_documented_greeting_name_and_session(client: FlaskClient) -> None:
    answer = Customer(client).open("Ana")

    assert answer.json.keys() == {"answer", "Name", "Session"}
    assert (answer.json["answer"], answer.json["Name"]) == (GREETING, "Ana")
    assert uuid.UUID(answer.json["Session"]).version == 4


def test_the_claim_script_is_walked_to_its_end_and_only_the_seventh_step_is_final(customer: Customer) -> None:
    messages = ["Bati o carro ontem na BR-101", "ok", "certo", "Sim, BO 1234/2023", "pronto", "ok", "de manhã"]

    answers = [customer.say(message) for message in messages]

    assert [a.json["is_final_step"] for a in answers] == ["False"] * 6 + ["True"]
    assert [a.headers["Roteiro-Step"] for a in answers] == list("1234567")
    assert {a.json["steps"] for a in answers} == {7}
    assert all(a.json.keys() == {"answer", "steps", "is_final_step"} for a in answers)


def test_a_message_after_the_end_gets_a_closing_text_and_stays_final(customer: Customer) -> None:
    for message in ["Bati o carro ontem na BR-101", *["ok"] * 6]:
        customer.say(message)

    after = customer.say("e agora?")

    assert after.status_code == 200
    assert (after.json["steps"], after.json["is_final_step"]) == (7, "True")
    assert "registrado" in after.json["answer"]


def test_a_new_demand_after_the_end_starts_its_script_with_a_protocol_of_its_own(customer: Customer) -> None:
    for message in ["Bati o carro ontem na BR-101", *["ok"] * 6]:
        last = customer.say(message)

    begun = customer.say("quero cancelar meu seguro")

    assert (begun.json["steps"], begun.json["is_final_step"]) == (5, "False")
    assert begun.headers["Roteiro-Protocol"] != last.headers["Roteiro-Protocol"]


def test_a_demand_that_no_script_answers_is_told_so_with_topics_and_a_person(customer: Customer) -> None:
    answer = customer.say("Quero pedir uma pizza")

    assert answer.json["steps"] == 0
    assert "Reclamação" in answer.json["answer"]
    assert "atendente" in answer.json["answer"]


def test_a_greeting_alone_starts_no_script(customer: Customer) -> None:
    answer = customer.say("oiii bom dia")

    assert (answer.json["steps"], answer.headers["Roteiro-Step"]) == (0, "0")


def test_who_asks_for_a_person_waits_without_being_asked_anything_and_the_step_stays(customer: Customer) -> None:
    customer.say("Não entendi a franquia da minha apólice")

    asked = customer.say("quero falar com um atendente")
    waiting = customer.say("alguém aí?")

    assert asked.headers["Roteiro-Status"] == "waiting"
    assert waiting.json["answer"].startswith("Recebi. Você é o 1º da fila.")
    assert (waiting.json["steps"], waiting.headers["Roteiro-Step"]) == (4, "1")
    assert "Roteiro-Replayed" not in waiting.headers


def test_the_queue_tells_each_customer_their_place(client: FlaskClient, clock: type[TestClock]) -> None:
    answers = []
    for _ in range(2):
        customer = Customer(client)
        customer.open()
        customer.say("quero reclamar")
        clock.time += timedelta(seconds=1)
        answers.append(customer.say("oi").json["answer"])

    assert [said.split(". ")[1] for said in answers] == ["Você é o 1º da fila", "Você é o 2º da fila"]


def test_a_side_question_is_answered_without_moving_the_step(customer: Customer) -> None:
    customer.say("Quero um seguro pra minha casa")

    side = customer.ask("Cobre enchente?")
    walked = customer.say("é um apartamento")

    assert side.json.keys() == {"answer"}
    assert isinstance(side.json["answer"], str)
    assert side.headers["Roteiro-Step"] == "1"
    assert walked.headers["Roteiro-Step"] == "2"


def test_a_side_question_works_before_the_first_message(customer: Customer) -> None:
    side = customer.ask("o que cobre o seguro residencial?")
    begun = customer.say("Bati o carro ontem na BR-101")

    assert side.status_code == 200
    assert begun.headers["Roteiro-Step"] == "1"


def test_the_old_pages_shape_of_a_side_answer_is_a_setting(serve: Callable[..., FlaskClient]) -> None:
    customer = Customer(serve(ROTEIRO_CHAT_AI_ANSWER="object"))
    customer.open()

    answer = customer.ask("o que vocês fazem?")

    assert answer.json["answer"].keys() == {"AI_MESSAGE"}


def test_the_same_message_id_is_answered_once(customer: Customer) -> None:
    first = customer.say("Bati o carro ontem", client_message_id="m1")
    again = customer.say("Bati o carro ontem", client_message_id="m1")
    following = customer.say("ok", client_message_id="m2")

    assert again.json == first.json
    assert again.headers["Roteiro-Replayed"] == "1"
    assert following.headers["Roteiro-Step"] == "2"


def test_a_message_id_is_found_again_after_many_turns(customer: Customer) -> None:
    first = customer.say("Bati o carro ontem", client_message_id="m1")
    for _ in range(3):
        customer.say("ok")

    again = customer.say("Bati o carro ontem", client_message_id="m1")

    assert again.json["answer"] == first.json["answer"]
    assert again.headers["Roteiro-Step"] == "1"


def test_a_message_id_that_comes_back_with_another_text_is_refused(customer: Customer) -> None:
    customer.say("Bati o carro ontem", client_message_id="m1")

    refused = customer.say("outra coisa", client_message_id="m1")

    assert (refused.status_code, refused.json["code"]) == (400, "id_reused")


def test_equal_words_without_an_id_are_two_answers(customer: Customer) -> None:
    customer.say("Bati o carro ontem")

    steps = [customer.say("sim").headers["Roteiro-Step"] for _ in range(2)]

    assert steps == ["2", "3"]


@pytest.mark.parametrize("how", ["cookie", "bearer", "body"])
def test_a_session_is_known_by_cookie_bearer_or_body(serve: Callable[..., FlaskClient], how: str) -> None:
    client = serve()
    customer = Customer(client)
    customer.open()
    headers, body = {}, {"message": "Bati o carro ontem"}
    if how != "cookie":
        client.delete_cookie("roteiro")
    if how == "bearer":
        headers = {"Authorization": f"Bearer {customer.token}"}
    if how == "body":
        body["session_id"] = customer.session

    answer = client.post("/chat", json=body, headers=headers)

    assert (answer.status_code, answer.json["steps"]) == (200, 7)


def test_a_conversation_lives_until_the_last_millisecond_of_its_day(customer: Customer, clock: type[TestClock]) -> None:
    customer.say("Bati o carro ontem")
    clock.time += timedelta(hours=24, milliseconds=-1)

    alive = customer.say("ok")
    clock.time += timedelta(hours=24)
    gone = customer.say("ok")

    assert alive.headers["Roteiro-Step"] == "2"
    assert (gone.status_code, gone.json["code"]) == (400, "session_not_found")


def test_who_waits_for_a_person_never_expires(customer: Customer, clock: type[TestClock]) -> None:
    customer.say("atendente")
    clock.time += timedelta(days=3)

    assert customer.say("ainda estou aqui", session_id=customer.session).status_code == 200


def test_the_last_message_a_conversation_takes_is_answered_and_the_next_is_refused(
    customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_MESSAGES == 1000
    monkeypatch.setattr("roteiro.usecases.customer.MOST_MESSAGES", 3)
    answered = [customer.say("oi").status_code for _ in range(3)]

    refused = customer.say("oi")

    assert answered == [200, 200, 200]
    assert (refused.status_code, refused.json["code"]) == (400, "conversation_full")


def test_answers_speak_the_readers_language(client: FlaskClient) -> None:
    english, spanish = Customer(client), Customer(client)

    first = english.open("Ana", **{"Accept-Language": "en-GB,pt;q=0.5"})
    second = spanish.open("Ana", **{"Accept-Language": "es"})

    assert first.json["answer"] != second.json["answer"] != GREETING


def test_everything_said_is_in_the_history_byte_for_byte(customer: Customer, client: FlaskClient) -> None:
    customer.say("D'Ávila & Cia <b>{}</b> 👍🏽")

    items = client.get("/api/v1/message", headers=STAFF).json["items"]

    assert [item["content"] for item in items if item["role"] == "user"] == ["D'Ávila & Cia <b>{}</b> 👍🏽"]


def test_two_demands_of_one_message_are_served_one_after_the_other(customer: Customer) -> None:
    first = customer.say("bati o carro ontem e também quero mudar meu endereço")
    answers = [customer.say("ok") for _ in range(6)]
    second = customer.say("sim")

    assert (first.json["steps"], second.json["steps"]) == (7, 5)
    assert "Atualização de Dados Cadastrais" in answers[-1].json["answer"]
    assert second.headers["Roteiro-Protocol"] != first.headers["Roteiro-Protocol"]


def test_another_demand_in_mid_script_is_asked_about_and_a_no_goes_on(customer: Customer) -> None:
    customer.say("Bati o carro ontem na BR-101")

    asked = customer.say("quero fazer um seguro residencial pra minha casa nova")
    walked = customer.say("não")

    assert "Contratação de Seguro Residencial" in asked.json["answer"]
    assert (asked.headers["Roteiro-Step"], walked.headers["Roteiro-Step"]) == ("1", "2")


def test_cancelling_is_entered_from_another_script_without_asking(customer: Customer) -> None:
    customer.say("Bati o carro ontem na BR-101")

    answer = customer.say("quero cancelar o meu seguro")

    assert (answer.json["steps"], answer.headers["Roteiro-Step"]) == (5, "1")


def test_what_the_customer_told_on_the_way_stands_in_the_last_text(
    customer: Customer, state_of: Callable[[str], Any]
) -> None:
    for message in ["Bati o carro ontem na BR-101", "ok", "certo", "Sim, BO 1234/2023", "pronto", "ok"]:
        customer.say(message)

    last = customer.say("de manhã")

    assert "Data do acidente: 19/11/2026\nBoletim de ocorrência: ***023" in last.json["answer"]
    assert last.headers["Roteiro-Protocol"] in last.json["answer"]
    assert state_of(customer.session)["slots"] == {"data_sinistro": "2026-11-19", "numero_bo": "1234/2023"}
