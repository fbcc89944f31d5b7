"""POST /api/v1/chat/stream without a model: the frames as known clients read them, and what is refused before them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.errors import StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.web import stream as streaming_route
from tests.functions.streaming import ORDER, PACK, PATH, STEP, Listener, publish, read, text_of
from tests.harness import STAFF

SESSION = "0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c22"


@pytest.fixture
def listener(serve: Callable[..., FlaskClient], database: Path) -> Listener:
    publish(database)
    return Listener(serve(ROTEIRO_PACK_CHAT=PACK))


def test_a_scripted_turn_is_told_in_the_documented_order(listener: Listener) -> None:
    events = listener.hear("bati o carro")

    assert [event["type"] for event in events] == [*ORDER, "chunk", "chunk", "complete"]
    assert events[1]["message"] == "Analisando sua mensagem..."
    assert text_of(events) == events[-1]["message"] == STEP


def test_each_write_is_one_event_to_the_byte(listener: Listener) -> None:
    writes = list(listener.open("bati o carro", session_id=SESSION))

    assert writes[1] == b'data: {"type":"detecting","message":"Analisando sua mensagem..."}\n\n'
    assert writes[4] == (
        b'data: {"type":"chunk","content":"Sinto muito pelo acidente. ",'
        b'"data":{"content":"Sinto muito pelo acidente. "}}\n\n'
    )
    assert all(len(read(write)) == 1 for write in writes)
    assert read(writes[0])[0]["session_id"] == SESSION


def test_the_last_event_repeats_all_that_a_message_answers(listener: Listener) -> None:
    plain = json.loads(listener.client.post("/api/v1/chat/message", json={"message": "bati o carro"}).data)
    last = listener.hear("bati o carro")[-1]

    assert set(last) == {"type", "data"}.union(plain)
    assert {name: last[name] for name in ("agent_id", "confidence", "step", "requires_input")} == {
        name: plain[name] for name in ("agent_id", "confidence", "step", "requires_input")
    }
    assert last["data"] == {name: last[name] for name in last["data"]}
    assert set(last["data"]) == {"session_id", "agent_id", "agent_name", "confidence", "suggested_actions"}


def test_intent_and_agent_are_those_of_the_last_event(listener: Listener) -> None:
    _, _, intent, agent, *_, last = listener.hear("bati o carro")

    assert (intent["intent"], intent["confidence"]) == (last["metadata"]["intent_type"], last["confidence"])
    assert (agent["agent_id"], agent["agent_name"]) == (last["agent_id"], last["agent_name"])


def test_only_the_stream_that_opens_a_session_hands_out_its_token(listener: Listener) -> None:
    first, *_ = listener.hear("bati o carro")
    second, *_ = listener.hear("foi ontem")

    assert {"session_token", "protocol_key"} <= set(first)
    assert set(second) == {"type", "timestamp", "session_id"}


def test_the_headers_keep_proxies_from_holding_events_back(listener: Listener) -> None:
    answer = listener.client.post(PATH, json={"message": "oi"}, headers={"Origin": "http://localhost:5173"})

    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache, no-transform"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert len(answer.headers["X-Request-Id"]) >= 8
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(("locale", "said"), [("en", "Analysing your message..."), ("es", "Analizando su mensaje...")])
def test_the_first_words_are_in_the_customers_language(listener: Listener, locale: str, said: str) -> None:
    assert listener.hear("bati o carro", locale=locale)[1]["message"] == said


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"message": ""}, 422, "invalid"),
        ({"message": "a" * 1001}, 422, "message_too_long"),
        ({}, 422, "invalid"),
        ({"message": "oi", "session_id": "?"}, 422, "bad_session_id"),
        ({"message": "oi", "client_message_id": "a b"}, 400, "bad_id"),
    ],
)
def test_what_is_wrong_before_the_first_byte_is_plain_json(
    listener: Listener, body: dict[str, str], status: int, code: str
) -> None:
    answer = listener.client.post(PATH, json=body)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_a_message_never_stands_in_an_address(listener: Listener, method: str) -> None:
    answer = getattr(listener.client, method)(f"{PATH}?message=oi")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_too_many_messages_are_refused_before_a_stream_begins(
    serve: Callable[..., FlaskClient], database: Path
) -> None:
    publish(database)
    client = serve(ROTEIRO_PACK_CHAT=PACK, ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="2")

    answers = [client.post(PATH, json={"message": "bati o carro"}) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_repeated_message_is_told_again_and_stored_once(listener: Listener) -> None:
    first = listener.hear("bati o carro", session_id=SESSION, client_message_id="m1")
    again = listener.hear("bati o carro", session_id=SESSION, client_message_id="m1")

    assert text_of(again) == text_of(first)
    assert (first[-1]["replayed"], again[-1]["replayed"], again[-1]["seq"]) == (False, True, first[-1]["seq"])


def test_who_waits_for_a_person_hears_so_in_one_chunk(listener: Listener) -> None:
    listener.hear("quero falar com um atendente", session_id=SESSION)

    events = listener.hear("alguém aí?", session_id=SESSION)

    assert [event["type"] for event in events] == [*ORDER, "chunk", "complete"]
    assert (events[-1]["status"], events[-1]["owner"]) == ("waiting", "human")
    assert text_of(events) == events[-1]["message"] != ""


def test_a_stream_that_nobody_reads_is_committed_all_the_same(listener: Listener) -> None:
    answer = listener.client.post(PATH, json={"message": "bati o carro", "session_id": SESSION})
    answer.close()

    stored = listener.client.get("/api/v1/message", headers=STAFF).json["items"]
    assert [line["content"] for line in stored] == ["bati o carro", STEP]


@pytest.mark.parametrize(
    ("error", "code"), [(StoreUnavailable("away"), "store_unavailable"), (ZeroDivisionError(), "internal")]
)
def test_what_goes_wrong_later_is_the_last_event(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    writes = listener.open("bati o carro")
    first = next(writes)

    def broken(*_: object, **__: object) -> Any:
        raise error

    monkeypatch.setattr(streaming_route, "_rest", broken)
    events = read(first + b"".join(writes))

    assert [event["type"] for event in events] == [*ORDER, "error"]
    assert (events[-1]["code"], events[-1]["message"]) == (code, events[-1]["detail"])


def test_a_store_that_is_away_is_told_in_plain_json(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> Any:
        raise StoreUnavailable("away")

    monkeypatch.setattr(SqliteStore, "append", away)
    answer = listener.client.post(PATH, json={"message": "bati o carro"})

    assert (answer.status_code, json.loads(answer.data)["code"]) == (503, "store_unavailable")


def test_the_log_says_how_a_stream_ended(listener: Listener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "roteiro")

    listener.hear("bati o carro")

    line = next(one.__dict__ for one in caplog.records if one.getMessage() == "stream ended")
    assert (line["conversation_status"], line["step"], line["fn"]) == ("bot", "1", "app")
    assert line["total_ms"] > 0


def test_the_log_of_a_request_names_its_route_and_nobody(listener: Listener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "roteiro")

    listener.client.get(f"/api/v1/chat/history/{SESSION}")

    line = next(one.__dict__ for one in caplog.records if one.getMessage() == "request")
    assert line["route"] == "/api/v1/chat/history/<session_id>"
    assert SESSION not in str(line)


@pytest.mark.both_packs
def test_a_stream_and_a_message_say_the_same_status(serve: Callable[..., FlaskClient]) -> None:
    client, body = serve(), {"message": "Obrigado, tchau", "pack": "transparencia"}

    told = [client.post(path, json=body).headers["Roteiro-Status"] for path in ("/api/v1/chat/message", PATH)]

    assert told == ["bot", "bot"]


def test_a_bug_after_the_client_has_gone_is_logged(
    listener: Listener, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(streaming_route, "_begun_soon", lambda *_: None)
    monkeypatch.setattr(streaming_route, "say_live", broken)

    answer = listener.client.post(PATH, json={"message": "bati o carro"}, buffered=False)
    next(iter(answer.response))
    answer.close()

    assert any("client had gone" in one.getMessage() and one.exc_info for one in caplog.records)
