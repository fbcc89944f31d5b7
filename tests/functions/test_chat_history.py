"""The second seed's history and sessions over HTTP: what was said, how much of it, whose it is, and its end."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from tests.harness import TestClock
from tests.issuer import Header, KeyServer, bearer, id_token, serving_keys

CHAT = "/api/v1/chat"
WAITING = "quero falar com um atendente"


@pytest.fixture(scope="module")
def keys() -> Iterator[KeyServer]:
    with serving_keys() as server:
        yield server


@pytest.fixture
def house(serve: Callable[..., FlaskClient], keys: KeyServer) -> FlaskClient:
    return serve(**keys.settings)


def of(name: str) -> Header:
    return bearer(id_token(sub=name))


def say(client: FlaskClient, text: str = "Bati o carro", headers: Header | None = None, **body: Any) -> dict[str, Any]:
    """Say something; return the answer."""
    answer = client.post(f"{CHAT}/message", json={"message": text, **body}, headers=headers)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json or {}
    return said


def talk(client: FlaskClient, *texts: str, headers: Header | None = None) -> str:
    """Say one thing after the other in one session; return its id."""
    session = ""
    for text in texts:
        session = say(client, text, headers, session_id=session)["session_id"]
    return session


def history(client: FlaskClient, session: str, query: str = "", headers: Header | None = None) -> Any:
    return client.get(f"{CHAT}/history/{session}{query}", headers=headers).json


def contents(messages: list[dict[str, Any]]) -> list[str]:
    return [message["content"] for message in messages if message["role"] == "user"]


def test_a_history_says_who_said_what_in_the_documented_shape(client: FlaskClient) -> None:
    answer = say(client, "Bati o carro")

    told = history(client, answer["session_id"])

    said, replied = told.pop("messages")
    common = {"session_id": answer["session_id"], "seq": 0, "timestamp": "2026-11-20T18:00:00.000Z"}
    assert told == {"session_id": answer["session_id"], "total_messages": 2, "current_investigation_id": None}
    assert said == common | {"id": answer["message_id"], "role": "user", "content": "Bati o carro"}
    assert replied["id"] == answer["message_id"] + "r"
    assert (replied["role"], replied["content"]) == ("assistant", answer["message"])
    assert (replied["agent_id"], replied["agent_name"]) == (answer["agent_id"], answer["agent_name"])


def test_the_newest_messages_come_oldest_first_with_the_real_total(client: FlaskClient) -> None:
    session = talk(client, "Bati o carro", "um", "dois", "três")

    told = history(client, session, "?limit=3")

    assert (contents(told["messages"]), len(told["messages"]), told["total_messages"]) == (["três"], 3, 8)
    assert told["messages"][0]["role"] == "assistant"


@pytest.mark.parametrize("query", ["?limit=0", "?limit=1001", "?limit=-1", "?limit=muitos", "?limit="])
def test_a_limit_outside_is_refused(client: FlaskClient, query: str) -> None:
    refused = client.get(f"{CHAT}/history/{talk(client, 'oi')}{query}")

    assert (refused.status_code, refused.json["code"]) == (422, "invalid")


def test_words_come_back_as_they_were_written(client: FlaskClient) -> None:
    words = ["D'Ávila & Cia", "<script>alert(1)</script>", "contrato=123/2024", "👍🏽"]

    assert contents(history(client, talk(client, *words))["messages"]) == words


def test_a_persons_words_are_signed_with_their_name_and_what_is_internal_is_not_told(
    client: FlaskClient, staff: Callable[..., Header]
) -> None:
    session, bia = talk(client, WAITING), staff("Bia Souza", "desk", "scripts:read")
    for deed, body in (("takeover", {}), ("note", {"text": "cliente VIP"}), ("reply", {"message": "Oi, sou a Bia."})):
        client.post(f"/api/v1/desk/conversations/{session}/{deed}", json=body, headers=bia)

    *_, last = history(client, session)["messages"]

    assert (last["role"], last["content"], last["agent_name"]) == ("assistant", "Oi, sou a Bia.", "Bia")
    assert (last["agent_id"], last["metadata"]) == (None, {"author": "human"})
    assert "VIP" not in client.get(f"{CHAT}/history/{session}").text


def test_a_record_that_was_made_is_named_everywhere(client: FlaskClient, database: Path) -> None:
    session = talk(client, "Bati o carro")
    store = SqliteStore(str(database))
    (newest,) = store.load(ConversationId(session), 1)
    state = replace(newest.state, record="INV-2026-001")
    store.append(replace(newest, seq=1, state=state, write_id="w", text="sim", reply="Registrado."))
    store.close()

    page = client.get(f"{CHAT}/history/{session}/paginated").json
    shown = client.get(f"{CHAT}/sessions/{session}").json

    assert history(client, session)["current_investigation_id"] == "INV-2026-001"
    assert (page["metadata"]["investigation_id"], shown["current_investigation_id"]) == ("INV-2026-001",) * 2


def test_pages_walk_back_and_forth_under_both_spellings_of_their_keys(client: FlaskClient) -> None:
    session = talk(client, "Bati o carro", "um", "dois")
    path = f"{CHAT}/history/{session}/paginated?limit=2"

    newest = client.get(path).json
    older = client.get(f"{path}&cursor={newest['previous_cursor']}").json
    again = client.get(f"{path}&cursor={older['next_cursor']}&direction=next").json

    assert [contents(page["items"]) for page in (newest, older, again)] == [["dois"], ["um"], ["dois"]]
    assert (older["has_next"], older["has_previous"], older["has_more"]) == (True, True, True)
    assert (newest["has_next"], newest["next_cursor"]) == (False, None)
    assert newest["prev_cursor"] == newest["previous_cursor"]
    assert newest["total_count"] == newest["total_items"] == 6
    assert newest["metadata"] == {
        "session_id": session,
        "created_at": "2026-11-20T18:00:00.000Z",
        "investigation_id": None,
    }


def test_a_cleared_history_hands_out_the_key_of_its_new_number(client: FlaskClient) -> None:
    session = str(client.post(f"{CHAT}/message", json={"message": "Bati o carro"}).json["session_id"])

    cleared = client.delete(f"{CHAT}/history/{session}")

    number, key = cleared.headers["Roteiro-Protocol"], cleared.headers["Roteiro-Protocol-Key"]
    assert client.get(f"/api/v1/protocol/{number}?key={key}").status_code == 200


def test_there_is_no_page_before_the_first_message(client: FlaskClient) -> None:
    session = talk(client, "Bati o carro")

    page = client.get(f"{CHAT}/history/{session}/paginated?cursor={session}:0").json

    assert (page["items"], page["has_next"], page["next_cursor"], page["has_previous"]) == ([], True, None, False)


ANOTHERS = "cursor=0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21:0"


@pytest.mark.parametrize("query", ["limit=101", "direction=up", "cursor=1", "cursor='--", ANOTHERS])
def test_a_page_that_cannot_be_is_refused(client: FlaskClient, query: str) -> None:
    refused = client.get(f"{CHAT}/history/{talk(client, 'oi')}/paginated?{query}")

    assert (refused.status_code, refused.json["code"]) == (422, "invalid")


def test_a_cleared_history_is_empty_and_the_id_goes_on(
    client: FlaskClient, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    session = talk(client, "Bati o carro azul-turquesa", "sim")

    cleared = client.delete(f"{CHAT}/history/{session}")

    told = history(client, session)
    assert cleared.json == {"message": "Histórico limpo com sucesso"}
    assert (told["messages"], told["total_messages"]) == ([], 0)
    assert "turquesa" not in str(stored())
    assert contents(history(client, talk_on(client, session, "oi"))["messages"]) == ["oi"]


def talk_on(client: FlaskClient, session: str, text: str) -> str:
    return str(say(client, text, session_id=session)["session_id"])


def test_a_cleared_conversation_leaves_the_queue(client: FlaskClient, staff: Callable[..., Header]) -> None:
    session, bia = talk(client, WAITING), staff("Bia Souza", "desk", "scripts:read")

    client.delete(f"{CHAT}/history/{session}")

    assert client.get("/api/v1/desk/queue", headers=bia).json["items"] == []
    assert client.get(f"{CHAT}/events?session_id={session}").json["owner"] == "bot"


def test_an_old_epoch_is_not_told_again(client: FlaskClient, clock: type[TestClock]) -> None:
    session = talk(client, "Bati o carro")
    clock.time += timedelta(hours=24)
    talk_on(client, session, "oi de novo")

    assert contents(history(client, session)["messages"]) == ["oi de novo"]


def test_a_session_tells_what_it_is_about(client: FlaskClient, clock: type[TestClock]) -> None:
    answer = say(client, "Bati o carro na esquina e preciso de ajuda com o guincho agora mesmo")
    session = answer["session_id"]
    clock.time += timedelta(minutes=5)
    talk_on(client, session, "sim")

    shown = client.get(f"{CHAT}/sessions/{session}").json

    assert shown["id"] == shown["session_id"] == session
    assert shown["title"] == "Bati o carro na esquina e preciso de ajuda com o guincho ago"
    assert (shown["message_count"], shown["status"], shown["user_id"], shown["context"]) == (4, "bot", None, {})
    assert (shown["created_at"], shown["updated_at"]) == ("2026-11-20T18:00:00.000Z", "2026-11-20T18:05:00.000Z")
    assert shown["last_message_at"] == shown["last_activity"] == shown["updated_at"]


def test_a_cleared_session_has_neither_title_nor_messages(client: FlaskClient) -> None:
    session = talk(client, "Bati o carro")
    client.delete(f"{CHAT}/history/{session}")

    shown = client.get(f"{CHAT}/sessions/{session}").json

    assert (shown["title"], shown["message_count"], shown["last_message_at"]) == ("", 0, None)


def listed(client: FlaskClient, headers: Header | None = None, query: str = "") -> TestResponse:
    return client.get(f"{CHAT}/sessions{query}", headers=headers)


def test_a_customer_lists_their_own_sessions_newest_first(house: FlaskClient, clock: type[TestClock]) -> None:
    sessions = []
    for _ in range(3):
        sessions.append(talk(house, "oi", headers=of("ana")))
        clock.time += timedelta(minutes=1)
    talk(house, "oi", headers=of("bia"))
    say(house, "sim", of("ana"), session_id=sessions[0])

    body = listed(house, of("ana")).json

    assert [one["id"] for one in body["sessions"]] == [sessions[0], sessions[2], sessions[1]]
    assert (body["count"], body["limit"], body["offset"]) == (3, 20, 0)
    assert {one["user_id"] for one in body["sessions"]} == {"ana"}


def test_the_newest_comes_first_also_on_a_page_of_one(house: FlaskClient, clock: type[TestClock]) -> None:
    first, second = (talk(house, "oi", headers=of("ana")) for _ in range(2))
    clock.time += timedelta(minutes=1)
    say(house, "sim", of("ana"), session_id=first)

    pages = [listed(house, of("ana"), f"?limit=1&offset={offset}").json["sessions"] for offset in (0, 1, 2)]

    assert [[one["id"] for one in page] for page in pages] == [[first], [second], []]


def test_a_list_reads_the_newest_event_of_each_conversation_and_nothing_else(
    house: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        talk(house, "Bati o carro", "sim", headers=of("ana"))
    monkeypatch.setattr(SqliteStore, "page", lambda *_: pytest.fail("what was said is not read"))

    shown = listed(house, of("ana")).json["sessions"]

    assert [(one["title"], one["message_count"]) for one in shown] == [("Bati o carro", 4)] * 3


def test_who_has_not_signed_in_lists_nothing(house: FlaskClient) -> None:
    talk(house, "oi")

    answer = listed(house)

    assert (answer.status_code, answer.json) == (200, {"sessions": [], "count": 0, "limit": 20, "offset": 0})


def test_a_list_has_pages_and_fifty_at_most(house: FlaskClient, clock: type[TestClock]) -> None:
    for _ in range(3):
        talk(house, "oi", headers=of("ana"))
        clock.time += timedelta(minutes=1)

    pages = [listed(house, of("ana"), query).json for query in ("?limit=500", "?limit=2&offset=2", "?offset=9")]

    assert [(page["count"], page["limit"]) for page in pages] == [(3, 50), (1, 2), (0, 20)]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?offset=-1", "?offset=x"])
def test_a_list_that_cannot_be_is_refused(house: FlaskClient, query: str) -> None:
    assert listed(house, of("ana"), query).status_code == 422


def test_expired_and_deleted_sessions_are_not_listed(house: FlaskClient, clock: type[TestClock]) -> None:
    talk(house, "oi", headers=of("ana"))
    clock.time += timedelta(hours=24)
    kept, deleted = talk(house, "oi", headers=of("ana")), talk(house, "oi", headers=of("ana"))
    house.delete(f"{CHAT}/sessions/{deleted}", headers=of("ana"))

    assert [one["id"] for one in listed(house, of("ana")).json["sessions"]] == [kept]


def test_a_list_never_trusts_what_heads_say_of_an_owner(house: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(house, "oi", headers=of("ana"))
    talk(house, "oi")
    heads = "roteiro.stores.sqlite.SqliteStore.heads_of"
    monkeypatch.setattr(heads, lambda store, _, limit: store.recent("seguros", limit))

    assert listed(house, of("bia")).json["sessions"] == []
    assert listed(house, of("ana")).json["count"] == 1


def test_a_deleted_session_is_gone_with_every_word(
    client: FlaskClient, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    session = talk(client, "Bati o carro azul-turquesa")

    deleted = client.delete(f"{CHAT}/sessions/{session}")

    assert deleted.json == {"message": "Sessão excluída com sucesso"}
    assert client.get(f"{CHAT}/sessions/{session}").status_code == 404
    assert "turquesa" not in str(stored())


def erase(client: FlaskClient, headers: Header | None = None, **body: Any) -> TestResponse:
    return client.post(f"{CHAT}/erase", json=body, headers=headers)


def test_an_erased_conversation_leaves_a_receipt_that_names_nobody(client: FlaskClient) -> None:
    session = talk(client, "Bati o carro")

    answer = erase(client, session_id=session)

    body = answer.json
    assert (answer.status_code, body["status"], body["kept"]) == (200, "erased", "nothing")
    assert body["receipt"].startswith("er1.")
    assert session not in body["receipt"]


def test_an_expired_conversation_can_still_be_erased(
    client: FlaskClient, clock: type[TestClock], stored: Callable[[], list[tuple[str, str]]]
) -> None:
    session = talk(client, "Bati o carro azul-turquesa")
    clock.time += timedelta(days=30)

    assert erase(client, session_id=session).status_code == 200
    assert "turquesa" not in str(stored())


def test_a_sessions_token_erases_its_conversation(client: FlaskClient) -> None:
    first = say(client)

    assert erase(client, bearer(first["session_token"])).status_code == 200
    assert client.get(f"{CHAT}/history/{first['session_id']}").status_code == 404


def test_a_customer_who_names_no_session_erases_all_of_their_own(house: FlaskClient) -> None:
    own = [talk(house, "oi", headers=of("ana")) for _ in range(2)]
    others = talk(house, "oi", headers=of("bia"))

    erased = erase(house, of("ana"))

    gone = [house.get(f"{CHAT}/history/{one}", headers=of("ana")).status_code for one in own]
    assert (erased.status_code, gone) == (200, [404, 404])
    assert house.get(f"{CHAT}/history/{others}", headers=of("bia")).status_code == 200


def test_to_erase_nothing_in_particular_is_refused(client: FlaskClient) -> None:
    refused = erase(client)

    assert (refused.status_code, refused.json["code"]) == (404, "session_required")
