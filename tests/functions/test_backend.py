"""A company's own server speaking for its customers, as the first seed's backend routes have it."""

from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness import STAFF, TestClock


def say(client: FlaskClient, message: str, user: str = "1", path: str = "/api/v1/chat", **more: str) -> TestResponse:
    return client.post(path, json={"user_id": user, "message": message, **more})


def test_the_first_message_opens_the_conversation_in_the_documented_shape(client: FlaskClient) -> None:
    answer = say(client, "Bati o carro ontem na BR-101")

    assert answer.json.keys() == {"steps", "message", "is_final_step"}
    assert (answer.json["steps"], answer.json["is_final_step"]) == (7, False)
    assert answer.json["message"].keys() == {"step", "user_message", "bot_response"}
    assert answer.json["message"]["step"] == 1
    assert answer.json["message"]["user_message"] == "Bati o carro ontem na BR-101"


def test_the_last_step_is_final_as_a_boolean(client: FlaskClient) -> None:
    messages = ["Bati o carro ontem na BR-101", *["ok"] * 6, "e agora?"]

    answers = [say(client, message).json for message in messages]

    assert [answer["is_final_step"] for answer in answers] == [False] * 6 + [True] * 2
    assert [answer["message"]["step"] for answer in answers] == [1, 2, 3, 4, 5, 6, 7, 7]


def test_while_no_script_is_chosen_steps_and_step_are_zero(client: FlaskClient) -> None:
    answers = [say(client, message).json for message in ("oiii bom dia", "Quero pedir uma pizza")]

    assert [(answer["steps"], answer["message"]["step"]) for answer in answers] == [(0, 0), (0, 0)]


def test_a_side_question_is_answered_without_moving_the_step(client: FlaskClient) -> None:
    say(client, "Quero um seguro pra minha casa")

    side = say(client, "Cobre enchente?", path="/api/v1/chat_ai")
    walked = say(client, "é um apartamento")

    assert side.json.keys() == {"AI_MESSAGE"}
    assert isinstance(side.json["AI_MESSAGE"], str)
    assert walked.json["message"]["step"] == 2


def test_a_side_question_may_open_the_conversation(client: FlaskClient) -> None:
    side = say(client, "o que cobre o seguro residencial?", path="/api/v1/chat_ai")

    walked = say(client, "Bati o carro ontem")

    assert side.status_code == 200
    assert walked.headers["Roteiro-Protocol"] == side.headers["Roteiro-Protocol"]


def test_two_customers_of_one_server_do_not_mix(client: FlaskClient) -> None:
    for user in ("1", "2", "01", " 1"):
        say(client, "Bati o carro ontem" if user == "1" else "quero cancelar meu seguro", user)

    steps = {user: say(client, "ok", user).json["steps"] for user in ("1", "2", "01", " 1")}

    assert steps == {"1": 7, "2": 5, "01": 5, " 1": 5}


def test_users_named_as_existing_fronts_name_them_are_all_known_again(client: FlaskClient) -> None:
    users = ["5f0c1e6b2d9a4f3e8c7b6a5d4e3f2a1b", "500", "ana@exemplo.com", "u-6b86b273", "D'Ávila/🙂", "x" * 128]
    for user in users:
        say(client, "Bati o carro ontem", user)

    again = [say(client, "ok", user).json["message"]["step"] for user in users]

    assert again == [2] * len(users)


def test_after_a_day_of_silence_the_same_customer_begins_anew_under_another_protocol(
    client: FlaskClient, clock: type[TestClock]
) -> None:
    first = say(client, "Bati o carro ontem")
    clock.time += timedelta(hours=24, seconds=1)

    later = say(client, "quero cancelar meu seguro")

    assert (later.json["steps"], later.json["message"]["step"]) == (5, 1)
    assert later.headers["Roteiro-Protocol"] != first.headers["Roteiro-Protocol"]
    items = client.get("/api/v1/message", headers=STAFF).json["items"]
    assert len({item["conversation"] for item in items}) == 1


def test_the_same_message_id_is_answered_once_per_customer(client: FlaskClient) -> None:
    first = say(client, "Bati o carro ontem", client_message_id="m1")

    again = say(client, "Bati o carro ontem", client_message_id="m1")
    other = say(client, "Bati o carro ontem", "2", client_message_id="m1")
    changed = say(client, "outra coisa", client_message_id="m1")

    assert again.json == first.json
    assert (again.headers["Roteiro-Replayed"], other.headers.get("Roteiro-Replayed")) == ("1", None)
    assert (changed.status_code, changed.json["code"]) == (422, "id_reused")


def test_the_message_id_may_also_come_in_the_header(client: FlaskClient) -> None:
    body, headers = {"user_id": "1", "message": "Bati o carro ontem"}, {"Idempotency-Key": "m1"}

    answers = [client.post("/api/v1/chat", json=body, headers=headers) for _ in range(2)]

    assert [answer.headers.get("Roteiro-Replayed") for answer in answers] == [None, "1"]


def test_a_customer_who_wants_a_person_waits_and_the_place_in_the_queue_is_told(client: FlaskClient) -> None:
    say(client, "Não entendi a franquia da minha apólice")

    say(client, "quero falar com um atendente")
    waiting = say(client, "alguém aí?")

    assert waiting.json["message"]["bot_response"].startswith("Recebi. Você é o 1º da fila.")
    assert waiting.json["message"]["step"] == 1
    assert waiting.headers["Roteiro-Status"] == "waiting"
