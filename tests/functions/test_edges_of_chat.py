"""The edges of the second seed's chat: whose retry it is, how ids and languages are written, what a refusal says."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.functions.refusals import assert_refused

pytestmark = pytest.mark.both_packs

CHAT = "/api/v1/chat"
DEMAND = "Quero investigar contratos suspeitos"
MIXED = "6B46E25A-0c4f-4d67-9D3F-0f5a8f1f8a11"
SECRETS = ("session_id", "session_token", "protocol_key")
Serve = Callable[..., FlaskClient]


def say(client: FlaskClient, text: str = DEMAND, **more: Any) -> dict[str, Any]:
    answer = client.post(f"{CHAT}/message", json={"message": text, **more})
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json or {}
    return said


@pytest.mark.parametrize(
    "constant",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "550E8400-E29B-41D4-A716-446655440000",
        "00000000-0000-4000-8000-000000000000",
    ],
    ids=["printed", "printed in capitals", "typed"],
)
def test_strangers_who_name_their_message_alike_do_not_meet(client: FlaskClient, constant: str) -> None:
    ana, bia = (say(client, "oi", client_message_id=constant) for _ in range(2))

    assert [name for name in SECRETS if ana[name] == bia[name]] == []
    assert (bia["replayed"], bia["seq"]) == (False, 0)


@pytest.mark.parametrize("spelt", [str.lower, str.upper])
def test_an_opening_that_is_sent_again_is_the_same_conversation(
    client: FlaskClient, spelt: Callable[[str], str]
) -> None:
    name = spelt(str(uuid.uuid4()))

    first, again = (say(client, client_message_id=name) for _ in range(2))

    assert (again["session_id"], again["replayed"], again["seq"]) == (first["session_id"], True, 0)


def test_the_same_key_in_another_pack_opens_a_conversation_there(client: FlaskClient) -> None:
    name = str(uuid.uuid4())

    here = say(client, "oi", client_message_id=name)
    there = say(client, "oi", client_message_id=name, pack="seguros")
    again = say(client, "oi", client_message_id=name, pack="transparencia")

    assert there["session_id"] != here["session_id"]
    assert (again["session_id"], again["replayed"]) == (here["session_id"], True)


def test_a_uuid_is_one_conversation_in_capitals_and_without_and_is_echoed_as_sent(client: FlaskClient) -> None:
    first = say(client, session_id=MIXED)
    second = say(client, "Ministério da Saúde", session_id=MIXED.lower())
    third = say(client, "2025", session_id=MIXED.upper())

    assert [one["session_id"] for one in (first, second, third)] == [MIXED, MIXED.lower(), MIXED.upper()]
    assert [one["seq"] for one in (first, second, third)] == [0, 1, 2]
    told = client.get(f"{CHAT}/history/{MIXED}").json
    assert (told["session_id"], told["total_messages"]) == (MIXED, 6)


def test_a_token_and_the_id_it_stands_for_may_be_spelt_differently(client: FlaskClient) -> None:
    bearer = {"Authorization": f"Bearer {say(client, session_id=MIXED)['session_token']}"}

    told = client.get(f"{CHAT}/events?session_id={MIXED.upper()}", headers=bearer)
    more = client.post(f"{CHAT}/message", json={"message": "oi", "session_id": MIXED.upper()}, headers=bearer)

    assert (told.status_code, more.status_code, more.json["session_id"]) == (200, 200, MIXED.upper())


@pytest.mark.parametrize("written", ["pt", "pt-br", "pt_BR", "PT-BR", "pt-PT", "", "fr", "klingon", "*", None])
def test_a_language_we_do_not_speak_or_spell_otherwise_loses_no_message(client: FlaskClient, written: str) -> None:
    assert "Qual órgão" in say(client, locale=written)["message"]


@pytest.mark.parametrize("written", ["en", "en-US", "EN_gb", "fr, en;q=0.5"])
def test_a_language_is_negotiated_as_in_a_header(client: FlaskClient, written: str) -> None:
    assert "Qual órgão" not in say(client, locale=written)["message"]


def test_an_unknown_language_leaves_the_conversation_its_own(client: FlaskClient) -> None:
    session = say(client, locale="en")["session_id"]

    plain, unknown = (say(client, "xyz", session_id=session, locale=locale) for locale in (None, "tlh"))

    assert client.get(f"{CHAT}/transcript/{session}").json["locale"] == "en"
    assert "Não" not in plain["message"] + unknown["message"]


@pytest.mark.parametrize("text", ["oi\x00tudo", "\ud83d sem par"], ids=["NUL", "half a pair"])
def test_what_is_no_text_is_one_refusal(client: FlaskClient, text: str) -> None:
    refused = client.post(f"{CHAT}/message", json={"message": text})

    assert_refused(refused, 400, "bad_characters")
    assert refused.json["message"] == "O texto tem caracteres que não podem ser guardados. Apague-os e envie de novo."


def test_a_body_that_is_too_deep_is_told_how_deep_it_may_be(client: FlaskClient) -> None:
    nested: Any = "fundo"
    for _ in range(8):
        nested = {"x": nested}

    taken, refused = (
        client.post(f"{CHAT}/message", json={"message": "oi", "extra": extra}) for extra in (nested["x"], nested)
    )

    assert taken.status_code == 200
    assert_refused(refused, 413, "body_too_deep")
    assert "8 níveis" in refused.json["message"]


def test_a_conversation_at_its_end_has_one_status_everywhere(client: FlaskClient) -> None:
    answer = client.post(f"{CHAT}/message", json={"message": "Obrigado, tchau"})
    session, number = answer.json["session_id"], answer.json["protocol"]

    read = [client.get(f"{CHAT}/{way}").json for way in (f"sessions/{session}", f"transcript/{session}")]
    feed = client.get(f"{CHAT}/events?session_id={session}").json

    assert [one["status"] for one in (answer.json, *read, feed)] == ["bot"] * 4
    assert (answer.headers["Roteiro-Status"], feed["is_final_step"], answer.json["is_final_step"]) == (
        "bot",
        True,
        True,
    )
    assert client.get(f"/api/v1/protocol/{number}").json["status"] == "closed"


def test_nothing_is_asked_for_while_a_person_is_awaited(client: FlaskClient) -> None:
    session = say(client)["session_id"]

    waiting = say(client, "quero falar com uma pessoa", session_id=session)

    assert (waiting["status"], waiting["owner"], waiting["requires_input"]) == ("waiting", "human", None)


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        ("limit=-1", "too_small", "O menor valor aceito é 1."),
        ("limit=0", "too_small", "O menor valor aceito é 1."),
        ("limit=1001", "too_large", "O maior valor aceito é 1000."),
        ("limit=" + "9" * 5000, "too_large", "O maior valor aceito é 1000."),
        ("limit=abc", "wrong_type_number", "Aqui vai um número."),
        ("limit=", "wrong_type_number", "Aqui vai um número."),
        ("limit=1.5", "wrong_type_number", "Aqui vai um número."),
        ("limit=%EF%BC%91", "wrong_type_number", "Aqui vai um número."),
    ],
)
def test_a_number_that_does_not_fit_is_told_why(client: FlaskClient, query: str, code: str, sentence: str) -> None:
    refused = client.get(f"{CHAT}/history/{say(client)['session_id']}?{query}")

    assert_refused(refused, 422, "invalid")
    assert refused.json["fields"] == [{"path": "limit", "code": code, "message": sentence}]


@pytest.mark.parametrize(
    ("locale", "looked_up", "read", "begun"),
    [
        ("pt-BR", "Muitas consultas", "Muitos pedidos", "Muitas conversas novas"),
        ("en", "Too many look-ups", "Too many requests", "Too many new conversations"),
        ("es", "Demasiadas búsquedas", "Demasiadas solicitudes", "Demasiadas conversaciones nuevas"),
    ],
)
def test_a_limit_says_what_there_was_too_much_of(
    serve: Serve, locale: str, looked_up: str, read: str, begun: str
) -> None:
    limits = {"LOOKUPS": "1", "SESSIONS": "1", "READS": "2"}
    client = serve(**{f"ROTEIRO_LIMIT_{meter}_PER_MINUTE": most for meter, most in limits.items()})
    unknown = f"{CHAT}/history/{uuid.uuid4()}"
    client.get(unknown)
    say(client, "oi")

    looks = client.get(unknown, headers={"Accept-Language": locale})
    opens = client.post(f"{CHAT}/message", json={"message": "oi"}, headers={"Accept-Language": locale})
    reads = client.get(unknown, headers={"Accept-Language": locale})

    for refused, sentence in ((looks, looked_up), (opens, begun), (reads, read)):
        assert_refused(refused, 429, "rate_limited")
        assert refused.json["message"].startswith(f"{sentence} ")


def test_a_finished_investigation_offers_its_progress_and_its_report(client: FlaskClient) -> None:
    begun = say(client, "Quero investigar contratos do Ministério da Saúde")

    done = say(client, "2025", session_id=begun["session_id"])

    assert begun["suggested_actions"][0] == "start_investigation"
    assert done["suggested_actions"] == ["view_progress", "generate_report", "new_investigation"]
    shown = [say(client, action, session_id=begun["session_id"]) for action in done["suggested_actions"][:2]]
    assert [one["metadata"]["intent_type"] for one in shown] == ["status", "report"]


def test_a_session_shows_the_context_that_was_told_last(client: FlaskClient) -> None:
    session = say(client, context={"page": "/contratos"})["session_id"]
    told = [say(client, "Ministério da Saúde", session_id=session), say(client, "oi", session_id=session)]

    shown = client.get(f"{CHAT}/sessions/{session}").json

    assert (shown["context"], shown["message_count"], told[1]["seq"]) == ({"page": "/contratos"}, 6, 2)
