"""The desk over HTTP: a customer, two attendants, and what each of them meets."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from tests.harness import STAFF, Customer

ANA, RUI = "ana", "rui"


class Attendant:
    """Somebody at the desk, with a key of their own."""

    def __init__(self, client: FlaskClient, conversation: str, headers: dict[str, str]) -> None:
        self._client = client
        self.conversation = conversation
        self._headers = headers

    def do(self, deed: str, **body: Any) -> TestResponse:
        path = f"/api/v1/desk/conversations/{self.conversation}/{deed}"
        return self._client.post(path, json=body, headers=self._headers)


@pytest.fixture
def attendant(
    client: FlaskClient, customer: Customer, staff: Callable[..., dict[str, str]]
) -> Callable[[str], Attendant]:
    """Give somebody a key with the attendant's scopes."""
    return lambda name: Attendant(client, customer.session, staff(name, "desk", "scripts:read"))


def test_conversation_four_is_played_by_a_customer_and_an_attendant(
    customer: Customer, attendant: Callable[[str], Attendant], client: FlaskClient
) -> None:
    ana = attendant(ANA)
    customer.say("Não entendi a franquia da minha apólice")
    customer.say("quero falar com um atendente")

    taken = ana.do("takeover")
    told = ana.do("script", script_id=105, dry_run=True)
    chosen = ana.do("script", script_id=105)
    edited = ana.do("step", action="edit", step=2, message="Me passe a apólice, por favor.")
    back = ana.do("handback")
    after = customer.say("ok")

    assert (taken.json["status"], taken.json["assignee"][:4]) == ("human", "key:")
    assert (told.json["seq"], told.json["detail"]["to"], told.json["detail"]["dropped"]) == (None, 105, [])
    assert (chosen.json["script_id"], chosen.json["message"], edited.json["message"]) == (105, None, None)
    assert back.json["message"].startswith("Entendi, vamos cuidar do seu cancelamento.")
    assert after.json["answer"] == f"{back.json['message']}\n\nMe passe a apólice, por favor."
    published = client.get("/api/v1/script?q=cancelamento", headers=STAFF).json["items"][0]
    assert "Me passe a apólice, por favor." not in str(published)


def test_of_two_attendants_one_wins_and_the_other_is_told_who(
    customer: Customer, attendant: Callable[[str], Attendant]
) -> None:
    both = [attendant(ANA), attendant(RUI)]
    customer.say("quero falar com um atendente")

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda one: one.do("takeover"), both))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    winner = next(name for name, answer in zip((ANA, RUI), answers, strict=True) if answer.status_code == 200)
    loser = next(answer.json for answer in answers if answer.status_code == 409)
    assert (loser["code"], loser["who"]) == ("taken", winner)
    assert winner in loser["message"]


def test_two_keys_that_one_admin_made_are_two_attendants(
    customer: Customer, client: FlaskClient, staff: Callable[..., dict[str, str]]
) -> None:
    ana, rui = (Attendant(client, customer.session, staff(name, "desk", "audit", made_by="bia")) for name in (ANA, RUI))

    taken, refused, foreign = ana.do("takeover"), rui.do("takeover"), rui.do("reply", message="Oi!")

    assert (taken.status_code, refused.json["code"], refused.json["who"]) == (200, "taken", ANA)
    assert (foreign.json["code"], foreign.json["who"]) == ("not_yours", ANA)
    entries = client.get("/api/v1/audit", headers=STAFF).json["items"]
    assert [e["who"] for e in entries if e["action"] == "conversation.takeover"] == [ANA]


def test_a_person_answers_and_the_bot_is_silent_until_it_is_handed_back(
    customer: Customer, attendant: Callable[[str], Attendant]
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")
    refused = ana.do("reply", message="Oi!")
    ana.do("takeover")
    ana.do("reply", message="Oi, aqui é a Ana.")

    during = customer.say("foi na BR-101")
    ana.do("handback", message="Devolvo para o assistente.")
    after = customer.say("ok")

    assert (refused.status_code, refused.json["code"]) == (409, "not_yours")
    assert during.json["answer"].startswith("Oi, aqui é a Ana.\n\n")
    assert (during.headers["Roteiro-Step"], during.headers["Roteiro-Status"]) == ("1", "human")
    assert after.json["answer"].startswith("Devolvo para o assistente.\n\nSinto muito")


def test_a_deed_on_an_old_view_is_refused_with_what_is_newest(
    customer: Customer, attendant: Callable[[str], Attendant]
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")

    answer = ana.do("takeover", expected_seq=0)

    assert (answer.status_code, answer.json["code"], answer.json["current"]) == (409, "stale", 1)


def test_the_same_request_is_not_done_twice(customer: Customer, attendant: Callable[[str], Attendant]) -> None:
    ana = attendant(ANA)
    ana.do("takeover")

    first, again = (ana.do("reply", message="Oi.", client_message_id="a-1") for _ in range(2))

    assert first.json["seq"] == again.json["seq"]


def test_collected_data_is_corrected_as_it_would_be_read(
    customer: Customer, attendant: Callable[[str], Attendant], state_of: Callable[[str], dict[str, Any]]
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")

    right = ana.do("slots", values={"placa": "abc 1d23", "data_sinistro": None})
    wrong = ana.do("slots", values={"placa": "xx", "cor": "azul"})

    assert right.status_code == 200
    assert state_of(customer.session)["slots"] == {"placa": "ABC1D23"}
    assert {(f["path"], f["code"]) for f in wrong.json["fields"]} == {("placa", "slot_unread"), ("cor", "unknown_slot")}


def test_corrected_data_may_also_stand_by_name(
    customer: Customer, attendant: Callable[[str], Attendant], state_of: Callable[[str], dict[str, Any]]
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")

    right = ana.do("slots", placa="abc 1d23", data_sinistro=None, reason="ligou")
    wrong = [ana.do("slots", **body).json for body in ({"cor": "azul"}, {"placa": 5}, {"reason": "x"})]

    assert right.json["detail"]["names"] == ["data_sinistro", "placa"]
    assert state_of(customer.session)["slots"] == {"placa": "ABC1D23"}
    assert [(one["fields"][0]["path"], one["fields"][0]["code"]) for one in wrong] == [
        ("cor", "unknown_slot"),
        ("values.placa", "wrong_type_text"),
        ("values", "missing"),
    ]


@pytest.mark.parametrize("outcome", ["pending", "informational", "duplicate"])
def test_a_conversation_is_closed_with_an_outcome_and_a_customer_may_come_back(
    customer: Customer, attendant: Callable[[str], Attendant], outcome: str
) -> None:
    ana = attendant(ANA)
    ana.do("takeover")

    closed = ana.do("close", outcome=outcome, note="ligar amanhã")
    again = customer.say("voltei, ainda não deu certo")

    assert (closed.json["status"], "protocolo" in closed.json["message"]) == ("closed", True)
    assert again.headers["Roteiro-Status"] == "waiting"
    assert "ligar amanhã" not in again.json["answer"]


def test_a_note_reaches_no_customer(
    customer: Customer, attendant: Callable[[str], Attendant], client: FlaskClient
) -> None:
    ana = attendant(ANA)
    ana.do("note", text="cliente nervoso")

    answer = customer.say("bati o carro ontem")
    transcript = client.get(f"/api/v1/chat/transcript/{customer.session}?format=txt")

    assert "nervoso" not in answer.json["answer"] + transcript.text


@pytest.mark.parametrize(
    ("deed", "body", "code"),
    [
        ("reply", {"message": " "}, "invalid"),
        ("reply", {"mensage": "oi"}, "invalid"),
        ("script", {"script_id": 999}, "not_found"),
        ("step", {"action": "edit", "step": 2}, "invalid"),
        ("step", {"action": "dance", "step": 2}, "invalid"),
        ("close", {"outcome": "maybe"}, "invalid"),
        ("mode", {"bot": "loud"}, "invalid"),
        ("takeover", {"expected_seq": -1}, "invalid"),
    ],
)
def test_a_wrong_order_is_refused_and_changes_nothing(
    customer: Customer,
    attendant: Callable[[str], Attendant],
    stored: Callable[[], Any],
    deed: str,
    body: Any,
    code: str,
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")
    ana.do("takeover")
    before = [row for row in stored() if not row[0].startswith("audit:")]

    answer = ana.do(deed, **body)

    assert answer.json["code"] == code
    assert [row for row in stored() if not row[0].startswith("audit:")] == before


def test_a_conversation_that_is_not_there_answers_as_such(
    customer: Customer, attendant: Callable[[str], Attendant], client: FlaskClient
) -> None:
    ana = attendant(ANA)
    ana.conversation = "0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21"

    assert ana.do("takeover").status_code == 404


def test_every_deed_has_its_audit_entry(
    customer: Customer, attendant: Callable[[str], Attendant], client: FlaskClient
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")

    ana.do("takeover")
    ana.do("script", script_id=105, reason="o cliente quer cancelar")

    entries = client.get("/api/v1/audit", headers=STAFF).json["items"]
    ours = [(e["who"], e["action"], e.get("reason", "")) for e in entries if e.get("conversation") == customer.session]
    assert ours[:2] == [(ANA, "conversation.script", "o cliente quer cancelar"), (ANA, "conversation.takeover", "")]


def test_an_urgent_word_still_reaches_a_person_while_the_bot_is_switched_off(
    customer: Customer, attendant: Callable[[str], Attendant]
) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")
    ana.do("mode", bot="off")

    silent = customer.say("ok")
    asked = customer.say("quero falar com um atendente")

    assert silent.headers["Roteiro-Step"] == "1"
    assert asked.headers["Roteiro-Status"] == "waiting"


def test_what_was_decided_is_in_the_record(
    customer: Customer, attendant: Callable[[str], Attendant], database: Any
) -> None:
    ana = attendant(ANA)
    customer.say("Não entendi a franquia da minha apólice")
    ana.do("script", script_id=105)

    store = SqliteStore(str(database))
    (event,) = store.load(ConversationId(customer.session), 1)
    store.close()

    assert (event.by[:4], event.detail["name"], event.action) == ("key:", ANA, "script")
    assert (event.detail["from"], event.detail["to"]) == (104, 105)


def test_an_id_that_named_something_else_is_refused(customer: Customer, attendant: Callable[[str], Attendant]) -> None:
    ana, rui = attendant(ANA), attendant(RUI)
    customer.say("bati o carro ontem", client_message_id="m1")

    taken = ana.do("takeover", client_message_id="m1")
    ana.do("takeover", client_message_id="t1")
    ana.do("reply", message="Oi.", client_message_id="r1")
    others = [rui.do("note", text="x", client_message_id="r1"), ana.do("reply", message="Olá.", client_message_id="r1")]

    assert [answer.json["code"] for answer in (taken, *others)] == ["id_reused"] * 3


def test_a_colleagues_conversation_is_left_alone(customer: Customer, attendant: Callable[[str], Attendant]) -> None:
    ana, rui = attendant(ANA), attendant(RUI)
    customer.say("bati o carro ontem")
    ana.do("takeover")

    answers = [
        rui.do("script", script_id=105),
        rui.do("step", action="goto", step=2),
        rui.do("slots", values={"placa": None}),
        rui.do("mode", bot="off"),
        rui.do("close", outcome="pending"),
    ]

    assert [answer.json["code"] for answer in answers] == ["not_yours"] * 5


def test_places_are_filled_wherever_a_person_writes(customer: Customer, attendant: Callable[[str], Attendant]) -> None:
    ana = attendant(ANA)
    customer.say("bati o carro ontem")
    ana.do("takeover")

    wrong = ana.do("handback", message="Oi {nada}")
    right = ana.do("handback", message="Oi {nome}")

    assert (wrong.status_code, right.json["message"].partition("\n")[0]) == (422, "Oi Ana")
