"""A person first: one action from every state, nothing asked, at three in the morning and on a holiday too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from tests.harness import Customer, TestClock

HANDED_OFF = "Tudo bem. Uma pessoa da nossa equipe vai continuar a conversa com você por aqui. Seu protocolo é"
TUESDAY = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
AT_THREE = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
DEMANDS = {
    101: ("Bati o carro ontem na BR-101", 7),
    102: ("Quero um seguro pra minha casa", 6),
    103: ("quero atualizar meu endereço", 5),
    104: ("Não entendi a franquia da minha apólice", 4),
    105: ("quero cancelar meu seguro", 5),
}


# Every script with every number of messages after which it may stand, its end included; (0, 0) is before the first.
STATES = [(0, 0), *((script, said) for script, (_, steps) in DEMANDS.items() for said in range(1, steps + 1))]


def call(customer: Customer, **body: Any) -> TestResponse:
    return customer.client.post("/api/v1/chat/handoff", json={"session_id": customer.session, **body})


def bring(customer: Customer, script: int, said: int) -> None:
    """Bring a new conversation into a state."""
    customer.open()
    words = [DEMANDS[script][0]] if script else []
    for message in [*words, *["ok"] * (said - 1)]:
        customer.say(message)


@pytest.mark.parametrize(("script", "said"), STATES)
def test_from_every_state_a_person_is_one_message_away_and_nothing_is_asked(
    customer: Customer, clock: type[TestClock], state_of: Callable[[str], dict[str, Any]], script: int, said: int
) -> None:
    clock.time = TUESDAY
    bring(customer, script, said)
    before = state_of(customer.session)

    answer = customer.say("quero falar com um atendente")

    after = state_of(customer.session)
    protocol = answer.headers["Roteiro-Protocol"]
    assert answer.json["answer"] == f"{HANDED_OFF} {protocol}."
    assert (after["status"], after["owner"], after["asked"]) == ("waiting", "human", None)
    assert (after["script"], after["step"], after["slots"]) == (before["script"], before["step"], before["slots"])
    assert before["script"] == (script or None)


@pytest.mark.parametrize(("script", "said"), STATES)
def test_from_every_state_a_person_is_one_press_away_and_nothing_is_asked(
    customer: Customer, clock: type[TestClock], script: int, said: int
) -> None:
    clock.time = TUESDAY
    bring(customer, script, said)

    answer = call(customer)

    protocol = answer.json["protocol"]
    assert answer.json == {
        "status": "waiting",
        "position": 1,
        "message": f"{HANDED_OFF} {protocol}.",
        "protocol": protocol,
    }


@pytest.mark.parametrize(
    ("moment", "back"), [(AT_THREE, "hoje, a partir das 08:00"), (HOLIDAY, "segunda-feira (23/11), a partir das 08:00")]
)
def test_off_hours_a_hand_off_has_a_protocol_a_time_and_a_place(
    client: FlaskClient, clock: type[TestClock], moment: datetime, back: str
) -> None:
    clock.time = moment
    by_words, by_button = Customer(client), Customer(client)
    for one in (by_words, by_button):
        one.open()

    said = by_words.say("atendente", session_id=by_words.session)
    clock.time += timedelta(seconds=1)
    pressed = call(by_button)

    assert all(back in answer for answer in (said.json["answer"], pressed.json["message"]))
    assert all(answer.headers["Roteiro-Protocol"] for answer in (said, pressed))
    assert (pressed.json["status"], pressed.json["position"]) == ("waiting", 2)


def test_who_already_waits_keeps_their_place(
    customer: Customer, clock: type[TestClock], state_of: Callable[[str], dict[str, Any]]
) -> None:
    first = call(customer)
    control = state_of(customer.session)["control"]

    again = call(customer, reason="socorro")

    assert (again.json["position"], again.json["protocol"]) == (1, first.json["protocol"])
    assert again.json["message"].startswith("Recebi. Você é o 1º da fila. Agora não há ninguém")
    assert state_of(customer.session)["control"] == control


def test_a_hand_off_counts_no_message_and_keeps_the_reason_for_the_desk(
    customer: Customer, database: Any, state_of: Callable[[str], dict[str, Any]]
) -> None:
    customer.say("Bati o carro ontem na BR-101")

    call(customer, reason="Prefiro conversar.")

    store = SqliteStore(str(database))
    (event,) = store.load(ConversationId(customer.session), 1)
    store.close()
    assert (event.by, event.action, event.detail) == ("customer", "handoff", {"why": "Prefiro conversar."})
    assert state_of(customer.session)["count"] == 1


def test_an_expired_conversation_begins_anew_with_a_person_and_another_protocol(
    customer: Customer, clock: type[TestClock]
) -> None:
    before = customer.say("Bati o carro ontem na BR-101").headers["Roteiro-Protocol"]
    clock.time += timedelta(hours=25)

    answer = call(customer)

    assert answer.json["status"] == "waiting"
    assert answer.json["protocol"] != before
    assert "Roteiro-Protocol-Key" in answer.headers


@pytest.mark.parametrize(("words", "status"), [("atendente", 200), ("mais uma coisa", 400)])
def test_a_full_conversation_still_takes_the_wish_for_a_person(
    customer: Customer, monkeypatch: pytest.MonkeyPatch, words: str, status: int
) -> None:
    monkeypatch.setattr("roteiro.usecases.customer.MOST_MESSAGES", 1)
    customer.say("Bati o carro ontem na BR-101")

    assert customer.say(words).status_code == status


def test_nobody_calls_a_person_into_an_unknown_conversation(client: FlaskClient) -> None:
    unknown = {"session_id": "0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21"}

    assert client.post("/api/v1/chat/handoff", json=unknown).json["code"] == "session_not_found"
    assert client.post("/api/v1/chat/handoff", json={}).json["code"] == "session_required"
