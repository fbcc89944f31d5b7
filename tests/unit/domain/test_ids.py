import uuid

import pytest

from roteiro.domain.ids import (
    ConversationId,
    ScriptId,
    backend_conversation,
    event_id,
    is_session_id,
    public_key,
    script_id,
)


def test_the_order_of_event_ids_is_the_order_of_the_conversation() -> None:
    ids = [event_id(ConversationId("c-000001"), seq) for seq in (0, 1, 9, 10, 99, 100, 1999)]

    assert ids == sorted(ids)
    assert ids[0] == "c-000001:000000"


@pytest.mark.parametrize(
    "given",
    [str(uuid.UUID(int=7)), "session_1700000000000_ab3de5f", "edge_1700000000000", "a" * 8, "a.b_c-D9", "a" * 128],
)
def test_texts_that_clients_send_as_conversation_ids_are_accepted(given: str) -> None:
    assert is_session_id(given)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "a" * 7,
        "a" * 129,
        "oi tudo bem",
        "abcdefg\n",
        "abcdefgh\n",
        "ação-1234",
        "a:bcdefgh",
        "~p:12345678",
        "a/../../b",
    ],
)
def test_other_texts_are_no_conversation_ids(given: str) -> None:
    assert not is_session_id(given)


def test_no_client_can_name_a_backends_conversation() -> None:
    conversation = backend_conversation("cliente-1")

    assert not is_session_id(conversation)
    assert conversation.startswith("u-")


def test_a_backends_user_always_has_the_same_conversation_and_no_other_user_has_it() -> None:
    users = ["1", "01", "ana", "Ana", "ana ", "", "João"]

    assert len({backend_conversation(user) for user in users}) == len(users)
    assert backend_conversation("ana") == backend_conversation("ana")


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("101", 101), ("999999999", 999_999_999)])
def test_a_script_number_is_read_from_text(text: str, number: int) -> None:
    assert script_id(text) == number


@pytest.mark.parametrize("text", ["", "0", "01", "-1", "1.5", "1000000000", " 1", "1\n", "um", "١"])
def test_other_texts_are_no_script_numbers(text: str) -> None:
    assert script_id(text) is None


def test_the_public_key_of_a_script_is_24_hex_characters_that_never_change() -> None:
    keys = {public_key(ScriptId(number)) for number in range(1, 200)}

    assert len(keys) == 199
    assert all(len(key) == 24 and int(key, 16) >= 0 for key in keys)
    assert public_key(ScriptId(101)) == "ebf9975e58d1b8c7626616e0"
