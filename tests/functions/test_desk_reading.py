"""The queue and the reading of a conversation over HTTP."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.heads import rebuild
from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer, TestClock

Headers = dict[str, str]
DESK = "/api/v1/desk"


class Watcher:
    """An attendant who reads, and does what a test needs done."""

    def __init__(self, client: FlaskClient, headers: Headers) -> None:
        self._client = client
        self._headers = headers

    def queue(self, query: str = "", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.get(f"{DESK}/queue?{query}", headers=self._headers | named)

    def opens(self, conversation: str, query: str = "") -> TestResponse:
        return self._client.get(f"{DESK}/conversations/{conversation}?{query}", headers=self._headers)

    def do(self, conversation: str, deed: str, **body: Any) -> TestResponse:
        done = self._client.post(f"{DESK}/conversations/{conversation}/{deed}", json=body, headers=self._headers)
        assert done.status_code == 200, done.json
        return done


@pytest.fixture
def ana(client: FlaskClient, staff: Callable[..., Headers]) -> Watcher:
    return Watcher(client, staff("ana", "desk", "scripts:read"))


@pytest.fixture
def rui(client: FlaskClient, staff: Callable[..., Headers]) -> Watcher:
    return Watcher(client, staff("rui", "desk", "scripts:read"))


def _customers(client: FlaskClient, clock: type[TestClock], *messages: tuple[str, ...]) -> list[str]:
    """Let customers write their messages, a minute apart; return their conversations."""
    found = []
    for said in messages:
        one = Customer(client)
        one.open()
        for message in said:
            one.say(message)
        found.append(one.session)
        clock().sleep(60)
    return found


def _items(answer: TestResponse) -> list[str]:
    return [item["id"] for item in answer.json["items"]]


def test_the_queue_shows_who_waits_and_why_with_all_that_an_attendant_needs(customer: Customer, ana: Watcher) -> None:
    customer.say("Bati o carro e preciso acionar o seguro")
    customer.say("meu CPF é 529.982.247-25, quero falar com um atendente")

    (item,) = ana.queue().json["items"]

    assert set(item) >= set(
        "id protocol status owner assignee queue waiting_since due_at title script_id step steps confidence "
        "candidates last_text locale unread".split()
    )
    assert (item["status"], item["owner"], item["assignee"], item["reason"]) == ("waiting", "human", None, "asked")
    assert (item["script_id"], item["title"], item["step"]) == (101, "Sinistro Automotivo", 1)
    assert item["last_text"].startswith("meu CPF é <CPF_1>")
    assert (item["waiting_since"], item["due_at"]) == ("2026-11-20T18:00:00.000Z", "2026-11-28T02:59:59.000Z")
    assert item["candidates"][0]["script_id"] == 101
    assert item["confidence"] == item["candidates"][0]["confidence"]
    assert len(item["candidates"]) == 3


def test_those_who_wait_longest_come_first_page_by_page(
    client: FlaskClient, clock: type[TestClock], ana: Watcher
) -> None:
    waiting = _customers(client, clock, *[("atendente",)] * 5)

    first = ana.queue("limit=3")
    rest = ana.queue(f"limit=3&cursor={first.json['next_cursor']}")

    assert _items(first) + _items(rest) == waiting
    assert rest.json["next_cursor"] is None


@pytest.mark.parametrize(
    ("column", "query"),
    [
        ("waiting", "status=waiting"),
        ("mine", "status=human&mine=1"),
        ("team", "status=human&mine=0"),
        ("bot", "status=bot"),
        ("closed", "status=closed"),
    ],
)
def test_the_counts_are_the_lengths_of_the_lists(
    client: FlaskClient, clock: type[TestClock], ana: Watcher, rui: Watcher, column: str, query: str
) -> None:
    asked = ("atendente",)
    mine, others, shut, *_ = _customers(client, clock, asked, asked, asked, asked, asked, ("oi",), ("bati o carro",))
    ana.do(mine, "takeover")
    rui.do(others, "takeover")
    ana.do(shut, "close", outcome="pending")

    answer = ana.queue(query).json

    assert answer["counts"] == {"waiting": 2, "mine": 1, "team": 1, "bot": 2, "closed": 1}
    assert len(answer["items"]) == answer["counts"][column]


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("queue=padrao", 1), ("queue=reclamacao", 1), ("reason=asked", 1), ("reason=rule", 0),
     ("locale=pt-BR", 2), ("locale=en", 0), ("pack=seguros", 2), ("pack=outro", 0),
     ("status=waiting,human", 2), ("mine=true", 0)],
)  # fmt: skip
def test_filters_of_the_queue(
    client: FlaskClient, clock: type[TestClock], ana: Watcher, query: str, found: int
) -> None:
    _customers(client, clock, ("quero falar com um atendente",), ("quero fazer uma reclamação",), ("oi",))

    assert len(ana.queue(query).json["items"]) == found


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "status=erased", "cursor=x", "mine=maybe", "open=c-000001", "open=a&after=x"]
)
def test_a_poll_of_another_form_is_refused(ana: Watcher, query: str) -> None:
    assert_refused(ana.queue(query), 422, "invalid")


def test_nothing_new_costs_less_than_three_hundred_bytes(customer: Customer, ana: Watcher) -> None:
    customer.say("atendente")
    seen = ana.queue(f"open={customer.session}&after=1")

    again = ana.queue(f"open={customer.session}&after=1", If_None_Match=seen.headers["ETag"])

    wire = f"HTTP/1.1 304 NOT MODIFIED\r\n{again.headers}".encode() + again.data
    assert (again.status_code, again.data) == (304, b"")
    assert len(wire) < 300


def test_a_word_or_a_deed_is_new_to_the_poll_that_shows_it(
    client: FlaskClient, clock: type[TestClock], ana: Watcher
) -> None:
    (session,) = _customers(client, clock, ("Bati o carro",))
    one, shown = Customer(client), "status=bot,waiting,human,closed"
    tags = [ana.queue(shown).headers["ETag"]]
    news: list[Callable[[], object]] = [
        lambda: one.say("foi ontem", session_id=session),
        lambda: one.say("atendente", session_id=session),
        lambda: one.say("alguém?", session_id=session),
        lambda: ana.do(session, "takeover"),
        lambda: ana.do(session, "reply", message="Olá"),
        lambda: ana.do(session, "close", outcome="pending"),
    ]

    for happens in news:
        happens()
        tags.append(ana.queue(shown).headers["ETag"])

    assert len(set(tags)) == len(tags)


def test_what_goes_on_in_another_column_is_no_news(client: FlaskClient, clock: type[TestClock], ana: Watcher) -> None:
    (session,) = _customers(client, clock, ("Bati o carro",))
    seen = ana.queue("status=waiting").headers["ETag"]

    Customer(client).say("foi ontem", session_id=session)

    assert ana.queue("status=waiting", If_None_Match=seen).status_code == 304


def test_one_poll_brings_the_open_conversations_news_too(customer: Customer, ana: Watcher) -> None:
    customer.say("atendente")
    seq = ana.opens(customer.session).json["seq"]
    customer.say("tem alguém aí?")

    answer = ana.queue(f"open={customer.session}&after={seq}").json

    assert [event["text"] for event in answer["events"]] == ["tem alguém aí?"]
    assert answer["items"][0]["unread"] == 2


def test_what_the_desk_has_seen_is_not_unread(customer: Customer, ana: Watcher) -> None:
    for message in ("atendente", "oi?", "alguém?"):
        customer.say(message)
    before = ana.queue().json["items"][0]["unread"]
    ana.do(customer.session, "takeover")
    customer.say("obrigada")

    assert (before, ana.queue().json["items"][0]["unread"]) == (3, 1)


def test_a_conversation_opens_with_all_that_explains_it(customer: Customer, ana: Watcher) -> None:
    customer.say("Bati o carro e preciso acionar o seguro")
    customer.say("quero falar com um atendente")
    ana.do(customer.session, "note", text="cliente nervoso")

    opened = ana.opens(customer.session).json

    assert opened["state"]["status"] == "waiting"
    assert (opened["state"]["script_id"], opened["version"], opened["edits"]) == (101, 1, [])
    assert (opened["choice"]["decision"], opened["choice"]["seq"]) == ("match", 1)
    assert opened["candidates"][0]["evidence"]
    assert {slot["name"] for slot in opened["slots"]} >= {"placa"}
    assert opened["summary"].startswith("Cliente: Ana. Roteiro: Sinistro Automotivo, passo 1 de ")
    assert [event["note"] for event in opened["events"] if event["note"]] == ["cliente nervoso"]
    assert [event["seq"] for event in opened["events"]] == [0, 1, 2, 3]


@pytest.mark.parametrize(("language", "word"), [("pt-BR", "Cliente"), ("en", "Customer"), ("es", "Quien escribe")])
def test_the_summary_speaks_the_readers_language(
    client: FlaskClient, customer: Customer, staff: Callable[..., Headers], language: str, word: str
) -> None:
    reader = Watcher(client, staff("ana", "desk") | {"Accept-Language": language})

    assert reader.opens(customer.session).json["summary"].startswith(f"{word}: Ana.")


def test_a_script_swapped_by_a_person_keeps_what_was_weighed_then(customer: Customer, ana: Watcher) -> None:
    customer.say("Bati o carro e preciso acionar o seguro")
    before = ana.opens(customer.session).json
    ana.do(customer.session, "takeover")
    ana.do(customer.session, "script", script_id=105)

    after = ana.opens(customer.session).json

    assert (after["state"]["script_id"], after["candidates"]) == (105, before["candidates"])
    assert ana.queue().json["items"][0]["confidence"] in (None, *[
        one["confidence"] for one in before["candidates"] if one["script_id"] == 105
    ])  # fmt: skip


def test_a_long_conversation_is_read_by_windows_of_fifty(customer: Customer, ana: Watcher) -> None:
    for number in range(120):
        customer.say(f"mensagem {number}, falar com um atendente")

    newest = ana.opens(customer.session).json
    first = newest["events"][0]["seq"]
    older = ana.opens(customer.session, f"before={first}").json["events"]
    oldest = ana.opens(customer.session, "before=10").json["events"]
    later = ana.opens(customer.session, "after=110").json["events"]

    assert (newest["seq"], first, len(newest["events"])) == (120, 71, 50)
    assert [older[0]["seq"], older[-1]["seq"], len(older)] == [21, 70, 50]
    assert [event["seq"] for event in oldest] == list(range(10))
    assert [event["seq"] for event in later] == list(range(111, 121))


def test_opening_is_audited_once_and_reading_on_is_not(
    customer: Customer, ana: Watcher, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    def readings() -> int:
        return sum('"conversation.read"' in body for _, body in stored())

    ana.opens(customer.session)
    for query in ("after=0", "before=1"):
        ana.opens(customer.session, query)
    ana.queue(f"open={customer.session}&after=0")

    assert readings() == 1
    ana.opens(customer.session)
    assert readings() == 2


@pytest.mark.parametrize("reading", ["after=0", "before=1", "open"])
def test_reading_in_a_conversation_that_was_never_opened_is_audited_once_for_each_attendant(
    customer: Customer, ana: Watcher, rui: Watcher, stored: Callable[[], list[tuple[str, str]]], reading: str
) -> None:
    def read(who: Watcher) -> TestResponse:
        poll = f"open={customer.session}&after=0"
        return who.queue(poll) if reading == "open" else who.opens(customer.session, reading)

    customer.say("Bati o carro")

    answers = [read(who) for who in (ana, ana, rui, rui)]

    assert all(answer.json["events"] for answer in answers)
    assert sum('"conversation.read"' in body for _, body in stored()) == 2


def test_after_an_erase_nobody_counts_as_having_opened_a_conversation(
    customer: Customer, ana: Watcher, client: FlaskClient, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    ana.opens(customer.session)
    before = [key for key, _ in stored() if key.startswith("opened:")]

    client.delete("/api/v1/message", headers=STAFF)

    assert len(before) == 1
    assert not [key for key, _ in stored() if key.startswith("opened:")]


def test_a_queue_and_a_summary_say_who_holds_it_by_name_and_mine_is_by_key(
    customer: Customer, client: FlaskClient, staff: Callable[..., Headers]
) -> None:
    ana, rui = (Watcher(client, staff(name, "desk", made_by="bia")) for name in ("ana", "rui"))
    customer.say("atendente")
    ana.do(customer.session, "takeover")

    (item,) = ana.queue("mine=1").json["items"]
    read = rui.opens(customer.session).json

    assert (item["assignee_name"], rui.queue("mine=1").json["items"]) == ("ana", [])
    assert (read["state"]["assignee_name"], read["summary"].endswith("Em atendimento com ana.")) == ("ana", True)


@pytest.mark.parametrize("conversation", ["8a6e0804-0000-4000-8000-000000000000", "x", "a:b", "~p:1"])
@pytest.mark.parametrize("query", ["", "after=0"])
def test_an_unknown_conversation_cannot_be_read(ana: Watcher, conversation: str, query: str) -> None:
    assert_refused(ana.opens(conversation, query), 404, "session_not_found")


@pytest.mark.parametrize("query", ["after=1&before=2", "after=x", "before=-1"])
def test_a_window_of_another_form_is_refused(customer: Customer, ana: Watcher, query: str) -> None:
    assert_refused(ana.opens(customer.session, query), 422, "invalid")


@pytest.mark.parametrize("path", ["queue", "conversations/8a6e0804"])
def test_the_desk_is_closed_to_whoever_is_not_of_it(
    client: FlaskClient, staff: Callable[..., Headers], path: str
) -> None:
    editor = staff("bia", "scripts:read", "scripts:write", "audit")

    assert_refused(client.get(f"{DESK}/{path}"), 401, "credential_required")
    assert_refused(client.get(f"{DESK}/{path}", headers=editor), 403, "forbidden")


def test_a_lost_head_comes_back_when_its_conversation_is_opened(
    customer: Customer, ana: Watcher, database: Path
) -> None:
    customer.say("atendente")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM heads")
        connection.commit()

    before = ana.queue().json["counts"]["waiting"]
    ana.opens(customer.session)

    assert (before, ana.queue().json["counts"]["waiting"]) == (0, 1)


def test_heads_deleted_from_the_store_are_rebuilt_equal(
    client: FlaskClient, clock: type[TestClock], ana: Watcher, database: Path
) -> None:
    asked = ("Bati o carro", "atendente", "oi?")
    helped, back, shut, again, *_ = _customers(client, clock, asked, asked, asked, asked, asked, ("oi", "bati o carro"))
    for conversation in (helped, back, shut, again):
        ana.do(conversation, "takeover")
    ana.do(back, "handback")
    for conversation in (shut, again):
        ana.do(conversation, "close", outcome="pending")
    Customer(client).say("voltei", session_id=again)
    store = SqliteStore(str(database))
    before = store.scan_heads("", 100)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM heads")
        connection.commit()

    rebuild(store=store)

    assert store.scan_heads("", 100) == before
    assert sorted(head.status for head in before) == ["bot", "bot", "closed", "human", "waiting", "waiting"]
