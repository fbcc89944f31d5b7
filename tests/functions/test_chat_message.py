"""The second seed's /message: its documented body, whose conversation a message belongs to, what is refused."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.web.chat_schemas import MessageAnswer
from tests.harness import TestClock

pytestmark = pytest.mark.both_packs

PATH = "/api/v1/chat/message"
SAMPLE = "550e8400-e29b-41d4-a716-446655440000"  # stands in the public document
DEMAND = "Quero investigar contratos suspeitos"


def say(client: FlaskClient, text: Any = DEMAND, status: int = 200, path: str = PATH, **more: Any) -> dict[str, Any]:
    headers = more.pop("headers", {})
    answer = client.post(path, json={"message": text, **more}, headers=headers)
    assert answer.status_code == status, answer.json
    return answer.json or {}


def test_the_first_answer_has_every_documented_key_and_nothing_else(client: FlaskClient) -> None:
    body = say(client)

    assert MessageAnswer.model_validate(body).model_dump(exclude_unset=True).keys() == body.keys()
    assert body["response"] == body["message"]
    assert body["suggestions"] == body["suggested_actions"] == ["start_investigation", "view_examples", "learn_more"]
    assert (body["agent_id"], body["agent_name"]) == ("abaporu", "Abaporu")
    assert list(body["requires_input"]) == ["organ"]
    assert (body["script_id"], body["step"], body["steps"], body["is_final_step"]) == (201, 1, 3, False)
    assert body["metadata"]["intent_type"] == "investigate"
    assert body["metadata"]["processing_time"] > 0


def test_keys_of_the_session_stand_only_in_the_answer_that_makes_it(client: FlaskClient) -> None:
    first = say(client)
    second = say(client, "Ministério da Saúde", session_id=first["session_id"])

    assert uuid.UUID(first["session_id"]).version == 4
    assert {"session_token", "protocol_key"} <= first.keys()
    assert not {"session_token", "protocol_key"} & second.keys()
    assert second["slots"] == {"organ": "26000"}
    assert second["seq"] == first["seq"] + 1


def test_what_a_message_tells_is_told_back(client: FlaskClient) -> None:
    body = say(client, "contratos da Defesa acima de R$ 1.500.000,00")

    told = body["metadata"]["entities"]
    assert told["organs"] == [{"name": "Ministério da Defesa", "code": "36000", "siafi_code": "52000"}]
    assert told["values"] == [1500000.0]
    assert told["amounts"] == [{"value": 1500000.0, "op": "gt", "text": "R$ 1.500.000,00"}]
    assert told["period"] is None


@pytest.mark.parametrize(
    "session", [str(uuid.UUID(int=7, version=4)), "session_1726480200000_a1b2c3d", SAMPLE, SAMPLE.upper()]
)
def test_an_id_that_a_client_made_at_random_is_echoed(client: FlaskClient, session: str) -> None:
    assert say(client, session_id=session)["session_id"] == session
    assert say(client, "Ministério da Saúde", session_id=session)["slots"] == {"organ": "26000"}


TIME_ONLY = [
    "session-1726480200000",
    "edge_1726480200000",
    "aaaaaaaa",
    "my.session_1",
    "00000000-0000-0000-0000-000000000000",
    "12345678-1234-1234-1234-123456789012",
    str(uuid.UUID("c232ab00-9414-11ec-b3c8-9f68deced846")),  # version 1: made of the time
]


@pytest.mark.parametrize("session", TIME_ONLY)
def test_an_id_made_of_a_time_is_never_shared(client: FlaskClient, session: str) -> None:
    ana, bia = (say(client, session_id=session)["session_id"] for _ in range(2))

    assert len({session, ana, bia}) == 3
    assert uuid.UUID(ana).version == 4


@pytest.mark.parametrize("session", [SAMPLE, "session_1726480200000_a1b2c3d"])
def test_an_id_that_can_be_guessed_gets_no_protocol_key(client: FlaskClient, session: str) -> None:
    assert "protocol_key" not in say(client, session_id=session)


@pytest.mark.parametrize("session", ["short", "u-0123456789abcdef", "a b c d e f g h", "../../../../etc", "x" * 129])
def test_another_form_of_id_is_refused(client: FlaskClient, session: str) -> None:
    assert say(client, status=422, session_id=session)["code"] == "bad_session_id"


def test_ids_of_clients_may_be_refused_as_unknown(serve: Callable[..., FlaskClient]) -> None:
    client = serve(ROTEIRO_CLIENT_IDS="refuse")

    assert say(client, status=404, session_id=str(uuid.uuid4()))["code"] == "session_not_found"
    ours = say(client)["session_id"]
    assert say(client, "Ministério da Saúde", session_id=ours)["session_id"] == ours


def test_an_opening_that_is_repeated_opens_one_conversation(client: FlaskClient) -> None:
    named = str(uuid.uuid4())
    first, again = (say(client, client_message_id=named) for _ in range(2))

    assert (again["session_id"], again["replayed"]) == (first["session_id"], True)
    assert "session_token" in again
    assert say(client, "outro texto", status=422, client_message_id=named)["code"] == "id_reused"


def test_two_customers_may_both_call_their_first_message_1(client: FlaskClient) -> None:
    ana, bia = (say(client, client_message_id="1") for _ in range(2))

    assert ana["session_id"] != bia["session_id"]
    assert not bia["replayed"]


def test_a_token_names_the_session_and_opens_no_other(client: FlaskClient) -> None:
    first, other = say(client), say(client)
    bearer = {"Authorization": f"Bearer {first['session_token']}"}

    assert say(client, "Saúde", headers=bearer)["session_id"] == first["session_id"]
    refused = say(client, "Saúde", status=404, headers=bearer, session_id=other["session_id"])
    assert refused["code"] == "session_not_found"


def test_after_a_day_the_same_id_begins_anew_with_another_number(client: FlaskClient, clock: type[TestClock]) -> None:
    first = say(client)
    clock.time += timedelta(hours=24)

    again = say(client, "últimos 6 meses", session_id=first["session_id"])

    assert again["session_id"] == first["session_id"]
    assert again["protocol"] != first["protocol"]
    assert "period" not in again["slots"]  # nobody asks for one any more


@pytest.mark.parametrize(
    ("agent", "text", "signed"),
    [
        ("dandara", "O que é inexigibilidade de licitação?", "dandara"),
        ("dandara", DEMAND, "abaporu"),
        ("ninguem", "O que é inexigibilidade de licitação?", "machado"),
    ],
)
def test_a_wished_agent_signs_where_the_routing_leaves_it_open(
    client: FlaskClient, agent: str, text: str, signed: str
) -> None:
    assert say(client, text, agent_id=agent)["agent_id"] == signed


def test_the_id_of_an_action_means_the_action(client: FlaskClient) -> None:
    assert say(client, "start_investigation")["metadata"]["intent_type"] == "investigate"


@pytest.mark.parametrize(
    ("context", "code"),
    [({"page": "x" * 5000}, "too_long"), ({"a": {"b": {"c": {"d": {}}}}}, "too_deep"), ([], "wrong_type_object")],
)
def test_a_context_that_is_too_much_is_refused(client: FlaskClient, context: Any, code: str) -> None:
    refused = say(client, status=422, context=context)

    assert [field["code"] for field in refused["fields"]] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 1001, "message_too_long"),
        ("  ", "invalid"),
        (None, "invalid"),
        (["oi"], "invalid"),
        ({"$ne": 1}, "invalid"),
    ],
)
def test_what_is_no_message_is_refused(client: FlaskClient, text: Any, code: str) -> None:
    assert say(client, text, status=422)["code"] == code


def test_a_thousand_characters_and_one_are_messages(client: FlaskClient) -> None:
    assert say(client, "x" * 1000)["message"]
    assert say(client, "5")["message"]


def test_unknown_fields_are_passed_over_and_a_slash_at_the_end_is_no_other_path(client: FlaskClient) -> None:
    assert say(client, path=f"{PATH}/", user_id="1", temperature=0.2)["script_id"] == 201


def test_the_language_is_the_clients(client: FlaskClient) -> None:
    assert "agency" in say(client, locale="en")["message"]


def test_a_message_named_in_a_pack_that_is_loaded_begins_there(client: FlaskClient) -> None:
    assert say(client, "bati o carro ontem", pack="seguros")["script_id"] == 101
    assert say(client, pack="nenhum")["script_id"] == 201
