"""Whose a conversation is: every route that takes its id, for its owner, for anybody else, and for ids of nobody."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.conversation import State
from roteiro.usecases import own_sessions
from tests.functions.held_doors import CHAT, HELD_DOORS, MAKING, SAYING, HeldDoor, each_door
from tests.harness import STAFF, Customer, TestClock
from tests.issuer import Header, KeyServer, bearer, id_token, serving_keys


@pytest.fixture(scope="module")
def keys() -> Iterator[KeyServer]:
    with serving_keys() as server:
        yield server


@pytest.fixture
def house(serve: Callable[..., FlaskClient], keys: KeyServer) -> FlaskClient:
    return serve(ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE="0", **keys.settings)


def of(name: str) -> Header:
    return bearer(id_token(sub=name))


def begun(client: FlaskClient, headers: Header | None = None, **body: Any) -> str:
    """Begin a conversation; return its id."""
    answer = client.post(f"{CHAT}/message", json={**SAYING, **body}, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json["session_id"])


def erased(client: FlaskClient) -> str:
    session = begun(client)
    client.post(f"{CHAT}/erase", json={"session_id": session})
    return session


def told(answer: Any) -> dict[str, Any]:
    return {name: value for name, value in answer.json.items() if name != "request_id"}


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_its_owner_has_a_conversation_on_every_route(house: FlaskClient, door: HeldDoor) -> None:
    session = begun(house, of("ana"))

    assert door.knock(house, session, of("ana")).status_code == 200


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_anybody_elses_conversation_and_one_of_nobody_are_refused_with_the_same_words(
    house: FlaskClient, door: HeldDoor
) -> None:
    session = begun(house, of("ana"))
    token = house.post("/initial-message", json={"message": "Ana"}).headers["Roteiro-Token"]

    answers = [
        door.knock(house, session, of("bia")),
        door.knock(house, session),
        door.knock(house, erased(house)),
        door.knock(house, session, bearer(token)),
        *([] if door in MAKING else [door.knock(house, str(uuid.uuid4()))]),
    ]

    assert {answer.status_code for answer in answers} == {door.refused}
    assert all(told(answer) == told(answers[0]) for answer in answers)
    assert answers[0].json["code"] == "session_not_found"


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_a_refused_caller_changes_nothing(
    house: FlaskClient, door: HeldDoor, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    session = begun(house, of("ana"))
    before = stored()

    for headers in (of("bia"), {}):
        door.knock(house, session, headers)

    assert stored() == before


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_without_the_owners_check_a_stranger_would_be_let_in(
    house: FlaskClient, door: HeldDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(house, of("ana"))
    monkeypatch.setattr(State, "is_open_to", lambda *_: True)

    assert door.knock(house, session, of("bia")).status_code == 200


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_a_bad_token_is_refused_on_every_route(house: FlaskClient, door: HeldDoor) -> None:
    session = begun(house)

    answer = door.knock(house, session, bearer(id_token(signer="ec-2")))

    assert (answer.status_code, answer.json["code"]) == (400 if door.is_family_a else 401, "token_invalid")


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_an_expired_conversation_is_gone_but_for_who_writes_in_it(
    house: FlaskClient, door: HeldDoor, clock: type[TestClock]
) -> None:
    session = begun(house)
    clock.time += timedelta(hours=24)

    answer = door.knock(house, session)

    may_still = door.begins_anew or door.path.endswith("/erase")
    assert answer.status_code == (200 if may_still else door.refused)


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_an_expired_conversation_still_is_its_owners_alone(
    house: FlaskClient, door: HeldDoor, clock: type[TestClock]
) -> None:
    session = begun(house, of("ana"))
    clock.time += timedelta(hours=24)

    assert door.knock(house, session, of("bia")).status_code == door.refused


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
@pytest.mark.parametrize("session", ["null", "u-0123456789abcdef0123456789abcdef", "ação-inválida"])
def test_what_has_no_form_of_an_id_is_said_to_have_none(house: FlaskClient, door: HeldDoor, session: str) -> None:
    answer = door.knock(house, session)

    assert (answer.status_code, answer.json["code"]) == (400 if door.is_family_a else 422, "bad_session_id")


@pytest.mark.parametrize("door", [door for door in HELD_DOORS if door.body is not None], ids=lambda door: door.path)
@pytest.mark.parametrize("session", [{"$ne": None}, ["a"], 7, True])
def test_what_is_no_text_names_no_session(house: FlaskClient, door: HeldDoor, session: Any) -> None:
    answer = house.open(door.path, method=door.method, json={**(door.body or {}), "session_id": session})

    assert (answer.status_code, answer.json["code"]) == (400 if door.is_family_a else 422, "invalid")


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_a_staff_credential_opens_no_customers_conversation(house: FlaskClient, door: HeldDoor) -> None:
    session = begun(house, of("ana"))

    assert door.knock(house, session, STAFF).status_code in (400, 401, 404)


def test_who_signs_in_and_writes_owns_a_conversation_that_was_nobodys(house: FlaskClient) -> None:
    session = begun(house)
    begun(house, of("ana"), session_id=session)

    assert HELD_DOORS[8].knock(house, session).status_code == 404
    assert HELD_DOORS[8].knock(house, session, of("ana")).json["total_messages"] == 4


@pytest.mark.parametrize("door", [HELD_DOORS[0], HELD_DOORS[4], HELD_DOORS[5]], ids=lambda door: door.path)
def test_every_write_makes_its_signed_in_writer_the_owner(house: FlaskClient, door: HeldDoor) -> None:
    session = begun(house)
    door.knock(house, session, of("ana"))

    assert HELD_DOORS[8].knock(house, session, of("bia")).status_code == 404


def test_to_read_makes_nobody_an_owner(house: FlaskClient) -> None:
    session = begun(house)
    HELD_DOORS[8].knock(house, session, of("ana"))

    assert HELD_DOORS[8].knock(house, session).status_code == 200


def test_a_sessions_token_opens_nothing_once_somebody_owns_it(house: FlaskClient) -> None:
    first = house.post(f"{CHAT}/message", json=SAYING).json
    shown = bearer(first["session_token"])
    begun(house, of("ana"), session_id=first["session_id"])

    refused = [house.get(f"{CHAT}/events", headers=shown), house.post(f"{CHAT}/message", json=SAYING, headers=shown)]

    assert [answer.status_code for answer in refused] == [404, 404]


def test_a_cookie_opens_an_owned_conversation_only_beside_its_owners_token(house: FlaskClient) -> None:
    customer = Customer(house)
    customer.open(**of("ana"))

    with_token = house.post("/chat", json=SAYING, headers=of("ana"))
    alone = house.post("/chat", json=SAYING)

    assert (with_token.status_code, alone.status_code) == (200, 400)


def test_the_words_under_a_protocol_are_its_owners_or_of_who_has_its_key(house: FlaskClient) -> None:
    first = house.post(f"{CHAT}/message", json=SAYING).json
    begun(house, of("ana"), session_id=first["session_id"])
    path = f"/api/v1/protocol/{first['protocol']}"

    shown = [house.get(path, headers=who) for who in (of("ana"), of("bia"), bearer(first["session_token"]))]
    keyed = house.get(f"{path}?key={first['protocol_key']}")

    assert ["transcript" in (one.json or {}) for one in [*shown, keyed]] == [True, False, False, True]


def test_the_owner_of_a_weak_id_has_a_transcript_and_nobody_else(house: FlaskClient) -> None:
    open_to_all, own = "session_1763661600000_abc1234", "session_1763661600000_abc1235"
    begun(house, session_id=open_to_all)
    begun(house, of("ana"), session_id=own)

    path = f"{CHAT}/transcript/"

    assert house.get(path + open_to_all).status_code == 404
    assert house.get(path + own, headers=of("ana")).status_code == 200


def test_unknown_ids_are_counted_whoever_they_belong_to(serve: Callable[..., FlaskClient], keys: KeyServer) -> None:
    house = serve(ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE="3", **keys.settings)
    session, path = begun(house, of("ana")), f"{CHAT}/history/"

    answers = [house.get(path + one).status_code for one in (session, str(uuid.uuid4()), erased(house), session)]

    assert answers == [404, 404, 404, 429]


def test_a_customer_has_a_hundred_conversations_and_one_that_ends_frees_a_place(
    house: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_sessions, "MOST_OPEN", 3)
    sessions = [begun(house, of("ana")) for _ in range(3)]

    full = house.post(f"{CHAT}/message", json=SAYING, headers=of("ana"))
    others = house.post(f"{CHAT}/message", json=SAYING, headers=of("bia"))
    house.delete(f"{CHAT}/sessions/{sessions[0]}", headers=of("ana"))

    assert (full.status_code, full.json["code"], others.status_code) == (429, "too_many_conversations", 200)
    assert int(full.headers["Retry-After"]) == full.json["retry_after"] == 24 * 3600
    assert begun(house, of("ana")) not in sessions


def test_to_make_a_conversation_of_nobody_ones_own_needs_a_place_too(
    house: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_sessions, "MOST_OPEN", 1)
    begun(house, of("ana"))
    nobodys = begun(house)

    claimed = house.post(f"{CHAT}/message", json={**SAYING, "session_id": nobodys}, headers=of("ana"))

    assert (claimed.status_code, claimed.json["code"]) == (429, "too_many_conversations")


def test_the_first_seeds_front_counts_the_same_conversations(
    house: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_sessions, "MOST_OPEN", 1)
    customer = Customer(house)

    answers = [customer.open(**of("ana")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_an_id_token_without_a_subject_is_nobodys(house: FlaskClient) -> None:
    answer = house.post(f"{CHAT}/message", json=SAYING, headers=of(""))

    assert (answer.status_code, answer.json["code"]) == (401, "token_invalid")


@pytest.mark.parametrize("door", [HELD_DOORS[4], HELD_DOORS[5], HELD_DOORS[13]], ids=lambda door: door.path)
@pytest.mark.parametrize("session", ["", None])
def test_who_names_no_session_is_asked_for_one(house: FlaskClient, door: HeldDoor, session: Any) -> None:
    answer = house.post(door.path, json={**(door.body or {}), "session_id": session})

    assert (answer.status_code, answer.json["code"]) == (404, "session_required")


PRINTED = "550e8400-e29b-41d4-a716-446655440000"  # stands in the second seed's documents


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_nobody_can_make_a_printed_id_their_own_nor_end_it(house: FlaskClient, door: HeldDoor) -> None:
    begun(house, session_id=PRINTED)

    door.knock(house, PRINTED, of("ana"))

    assert begun(house, session_id=PRINTED) == PRINTED
    assert begun(house, of("bia"), session_id=PRINTED) == PRINTED


def test_an_id_in_capitals_is_as_strong_as_any(house: FlaskClient) -> None:
    told = house.post(f"{CHAT}/message", json={**SAYING, "session_id": str(uuid.uuid4()).upper()}).json or {}

    assert "protocol_key" in told
    assert house.get(f"{CHAT}/transcript/{told['session_id']}").status_code == 200
