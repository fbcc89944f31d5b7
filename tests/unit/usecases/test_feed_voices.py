"""Whose words an event of the feed is: a person signs what they wrote, the bot what it says after them."""

import pytest

from roteiro.domain.conversation import Kind
from roteiro.usecases.feed import entries_of
from tests.factories import an_event


@pytest.mark.parametrize(
    ("action", "message", "reply", "voices"),
    [
        ("reply", None, "Oi!", [("human", "Bia", "Oi!")]),
        ("close", None, "Até logo.", [("human", "Bia", "Até logo.")]),
        ("script", None, "Onde foi?", [("bot", "", "Onde foi?")]),
        ("handback", None, "Onde foi?", [("bot", "", "Onde foi?")]),
        ("handback", "", "Voltei.\n\nOnde foi?", [("bot", "", "Voltei.\n\nOnde foi?")]),
        ("handback", "Devolvo.", "Devolvo.", [("human", "Bia", "Devolvo.")]),
        ("handback", "A.\n\nB.", "A.\n\nB.\n\nOnde?", [("human", "Bia", "A.\n\nB."), ("bot", "", "Onde?")]),
    ],
)
def test_a_person_signs_their_own_words_and_the_bot_its_own(
    action: str, message: str | None, reply: str, voices: list[tuple[str, str, str]]
) -> None:
    detail = {"name": "Bia Souza"} | ({} if message is None else {"message": message})
    event = an_event(3, None, by="key:bia", kind=Kind.DESK, action=action, reply=reply, detail=detail)

    said = [(entry.author, entry.name, entry.content) for entry in entries_of(event)]

    assert said == voices


def test_a_turn_tells_the_customers_words_and_then_the_bots_unsigned() -> None:
    said = [(entry.author, entry.name) for entry in entries_of(an_event(3, "oi", reply="Olá!"))]

    assert said == [("customer", ""), ("bot", "")]
