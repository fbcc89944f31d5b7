"""One conversation whose steps a model may word, and a model that is heard word by word."""

import re
from collections.abc import Callable, Generator, Sequence
from typing import Any

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Event
from roteiro.domain.ids import ConversationId
from roteiro.errors import ModelUnavailable
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.budgets import Budgets
from roteiro.usecases.customer import Begun, say_live
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_written_script
from tests.harness import TestClock

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000009")
QUESTION = "Quando foi o acidente?"


class Voice:
    """A model that says `text` word by word; `between` is called before each word with its number."""

    is_remote, is_resting = True, False

    def __init__(self, text: str, between: Callable[[int], object] = lambda _: None) -> None:
        self.text = text
        self.between = between
        self.calls = 0

    @property
    def words(self) -> Sequence[str]:
        return re.findall(r"\S+\s*", self.text)

    def answer(self, prompt: Prompt) -> Wording:
        raise NotImplementedError

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        self.calls += 1
        for number, word in enumerate(self.words):
            self.between(number)
            yield word
        self.between(len(self.words))
        return Wording(self.text, "voice", 70, 9)


def breaking_at(token: int, reason: str = "error") -> Callable[[int], None]:
    """Return what makes a voice fail before its word of this number."""

    def between(number: int) -> None:
        if number == token:
            raise ModelUnavailable("broken off", reason=reason)

    return between


class World:
    """A store, a clock, a script of two steps, and what one says to it."""

    def __init__(self, voice: Voice, store: Any = None) -> None:
        class Clock(TestClock):
            pass

        self.store, self.clock = store or SqliteStore(":memory:"), Clock()
        script = a_written_script({"message": QUESTION, "llm": "rephrase"}, "Obrigado.")
        self.catalogue = a_catalogue(script, choice=a_choice(Decision.MATCH, 101))
        self.speaker = Speaker(voice, Budgets(self.store))

    def begin(self, text: str = "bati o carro", message_id: str = "") -> Begun:
        words = Words(CONVERSATION, "seguros", text, message_id, may_open=True)
        ports: Any = {"store": self.store, "catalogue": self.catalogue, "clock": self.clock, "speaker": self.speaker}
        return say_live(words, **ports)

    def hear(self, begun: Begun) -> tuple[list[str], Answer]:
        """Return the sentences that were heard, and the answer."""
        heard: list[str] = []
        while begun.rest is not None:
            try:
                heard += filter(None, [next(begun.rest)])
            except StopIteration as end:
                return heard, end.value
        return heard, begun.answer

    def events(self) -> list[Event]:
        events: list[Event] = self.store.load(CONVERSATION, 100)
        return events
