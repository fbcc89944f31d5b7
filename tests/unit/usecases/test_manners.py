"""How a pack's people work, as a turn obeys it: office hours in conditions, the default for models, a silenced bot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Kind, Status
from roteiro.domain.hours import Hours
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Script
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import ask, say
from roteiro.usecases.spoken import spoken_text
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_written_script
from tests.harness import TestClock
from tests.talking import AllAtOnce

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000001")
OFFICE = Hours("America/Sao_Paulo", {"mon": ["08:00-18:00"]})
BY_THE_CLOCK = {"message": "Ligue agora.", "when": "business_hours"}
WAITS = {"message": "Qual é a placa?", "collect": ["placa"]}
SLOTS = {"placa": {"type": "plate", "label": "placa", "required": True}}


class Talker(AllAtOnce):
    """A model that counts its calls, and lets something happen meanwhile."""

    is_remote, is_resting = True, False

    def __init__(self) -> None:
        self.calls = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def answer(self, prompt: Prompt) -> Wording:
        self.calls += 1
        self.meanwhile()
        return Wording("Qual é a placa do carro?", "talker")


class House:
    """One script, a pack with its manners, a store and a clock."""

    def __init__(self, script: Script, **manners: Any) -> None:
        class Clock(TestClock):
            pass

        self.clock, self.store, self.talker = Clock, SqliteStore(":memory:"), Talker()
        self.catalogue = a_catalogue(script, choice=a_choice(Decision.MATCH, 101))
        self.catalogue.manners.update(manners)

    def say(self, text: str, how: Callable[..., Answer] = say) -> Answer:
        words = Words(CONVERSATION, "seguros", text, may_open=True)
        ports: dict[str, Any] = {"store": self.store, "catalogue": self.catalogue, "clock": self.clock()}
        return how(words, speaker=Speaker(self.talker), **ports)

    def spoken(self, answer: Answer) -> str:
        return spoken_text(answer, store=self.store, catalogue=self.catalogue)

    def desk(self, reply: str | None, **changes: Any) -> None:
        """Let a person do something that makes replies begun before void."""
        (newest,) = self.store.load(CONVERSATION, 1)
        state, seq = newest.state, newest.seq + 1
        told = (*state.unheard, seq) if reply else state.unheard
        after = replace(state, control=state.control + 1, lease=None, answered=seq, unheard=told, **changes)
        event = replace(newest, seq=seq, by="bia", kind=Kind.DESK, state=after, write_id=f"d{seq}", text=None)
        self.store.append(replace(event, reply=reply, client_message_id="", detail={}))


@pytest.mark.parametrize(("hour", "said"), [(15, "Ligue agora."), (3, "Deixe recado.")])
def test_a_condition_on_business_hours_asks_the_packs_own(hour: int, said: str) -> None:
    house = House(a_written_script(BY_THE_CLOCK, "Deixe recado.", "Fim."), hours=OFFICE)
    house.clock.time = datetime(2026, 11, 16, hour + 3, 0, tzinfo=UTC)

    assert house.say("bati").event.reply == said


@pytest.mark.parametrize(("llm", "calls"), [("", 0), ("rephrase", 1), ("assist", 1)])
def test_a_step_that_says_nothing_of_models_is_the_packs(llm: str, calls: int) -> None:
    house = House(a_written_script(WAITS, "Certo.", slots=SLOTS), llm=llm)

    house.say("bati o carro")

    assert house.talker.calls == calls


def test_a_plain_scripts_words_are_left_as_they_are() -> None:
    house = House(a_written_script("O que houve?", "Certo."), llm="assist")

    house.say("bati o carro")

    assert house.talker.calls == 0


def test_who_writes_to_a_silenced_bot_waits_in_the_queue() -> None:
    house = House(a_written_script("O que houve?", "Certo."))
    house.say("bati")
    house.desk(None, is_off=True)

    answers = [house.say(words) for words in ("oi", "e agora?")]

    assert {house.spoken(answer) for answer in answers} == {"Recebi. Você é o 1º da fila."}
    assert (answers[0].state.status, answers[0].state.reason) == (Status.WAITING, "off")
    assert [(event.text, event.reply) for event in house.store.load(CONVERSATION, 2)] == [
        ("oi", None),
        ("e agora?", None),
    ]


def test_a_reply_made_void_by_a_persons_choice_gives_way_to_that_choice() -> None:
    house = House(a_written_script("O que houve?", "Certo."))
    house.say("bati")
    house.talker.meanwhile = lambda: house.desk("Vamos cancelar, então.", step=2)

    answer = house.say("e o prazo?", ask)

    assert house.spoken(answer) == "Vamos cancelar, então."
    assert "placa" not in str([event.reply for event in house.store.load(CONVERSATION, 9)])
