"""Conversations that a former release kept under a UUID in capitals: everybody who holds one still gets through."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.ids import ConversationId
from tests.functions.held_doors import HELD_DOORS, HeldDoor, each_door

pytestmark = pytest.mark.both_packs

CHAT = "/api/v1/chat"
CAPITALS = "6B46E25A-0C4F-4D67-9D3F-0F5A8F1F8A11"
Said = dict[str, Any]


@pytest.fixture
def older(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Said:
    """What the former release answered to the first message."""
    with monkeypatch.context() as then:
        then.setattr("roteiro.web.holding.conversation_of", ConversationId)
        then.setattr("roteiro.web.client_sessions._WITH_RANDOM_PART", re.compile("[0-9A-F-]{36}"))
        return say(client)


def say(client: FlaskClient, named: str = CAPITALS, **more: Any) -> Said:
    answer = client.post(f"{CHAT}/message", json={"message": "oi", "session_id": named}, **more)
    assert answer.status_code == 200, answer.text
    said: Said = answer.json or {}
    return said


@pytest.mark.parametrize("door", HELD_DOORS, ids=each_door)
def test_every_door_opens_to_the_id_as_it_was_written(client: FlaskClient, older: Said, door: HeldDoor) -> None:
    assert door.knock(client, CAPITALS).status_code == 200


def test_it_is_gone_on_with_and_its_pages_are_turned(client: FlaskClient, older: Said) -> None:
    more = say(client)
    first = client.get(f"{CHAT}/history/{CAPITALS}/paginated?limit=2").json

    page = client.get(f"{CHAT}/history/{CAPITALS}/paginated?limit=2&cursor={first['previous_cursor']}").json

    assert (more["session_id"], more["seq"]) == (CAPITALS, 1)
    assert (len(page["items"]), page["total_count"]) == (2, 4)


@pytest.mark.parametrize("spelt", [str.lower, str.upper])
def test_its_token_opens_it_however_the_id_is_written(
    client: FlaskClient, older: Said, spelt: Callable[[str], str]
) -> None:
    shown = {"Authorization": f"Bearer {older['session_token']}"}

    assert say(client, spelt(CAPITALS), headers=shown)["seq"] == 1
    assert client.get(f"{CHAT}/events?session_id={spelt(CAPITALS)}", headers=shown).status_code == 200


def test_it_is_erased_and_stays_so(
    client: FlaskClient, older: Said, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    erased = client.post(f"{CHAT}/erase", json={"session_id": CAPITALS})

    assert erased.status_code == 200
    assert client.get(f"{CHAT}/history/{CAPITALS}").status_code == 404
    assert client.post(f"{CHAT}/message", json={"message": "oi", "session_id": CAPITALS}).status_code == 404


def test_an_id_in_capitals_that_nobody_kept_opens_one_in_lower_case(client: FlaskClient) -> None:
    named = str(uuid.uuid4()).upper()

    first, second = say(client, named), say(client, named.lower())

    assert (first["session_id"], second["seq"]) == (named, 1)


def test_one_kept_in_lower_case_comes_before_its_twin_in_capitals(client: FlaskClient, older: Said) -> None:
    say(client, CAPITALS.lower())

    assert say(client)["seq"] == 1
