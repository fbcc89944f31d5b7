"""Two callers and one conversation that is nobody's yet: exactly one owns it, and nothing takes it from them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Event, Head, Mark
from roteiro.domain.ids import ConversationId
from roteiro.domain.tickets import Ticket
from roteiro.errors import SessionNotFound, TurnInProgress
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.calling import Rating, call_person, rate
from roteiro.usecases.customer import ask, say
from roteiro.usecases.records import clear
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_script
from tests.harness import TestClock
from tests.talking import AllAtOnce

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000003")
SOLVED = Rating(is_solved=True)


class Crowded(SqliteStore):
    """A store in which others are quicker: what they do happens just before an insert."""

    def __init__(self) -> None:
        super().__init__(":memory:")
        self.before_append: list[Callable[[], object]] = []

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        if self.before_append:
            self.before_append.pop(0)()
        super().append(event, marks, head)


class Talker(AllAtOnce):
    """A model while which something else happens."""

    is_remote, is_resting = True, False

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.meanwhile = meanwhile

    def answer(self, prompt: Prompt) -> Wording:
        self.meanwhile()
        return Wording("A franquia vale por evento.", "talker")


class House:
    """A store, a clock, a catalogue of one script, and what a customer does there."""

    def __init__(self) -> None:
        class Clock(TestClock):
            pass

        self.store, self.clock = Crowded(), Clock()
        self.both: dict[str, Any] = {"store": self.store, "clock": self.clock}
        self.ports = {**self.both, "catalogue": a_catalogue(a_script(), choice=a_choice(Decision.MATCH, 101))}

    def words(self, user: str, text: str = "bati o carro") -> Words:
        return Words(CONVERSATION, "seguros", text, may_open=True, user=user)

    def say(self, user: str) -> Answer:
        return say(self.words(user), **self.ports)

    @property
    def owner(self) -> str:
        return self.store.load(CONVERSATION, 1)[0].state.user


@pytest.fixture
def house() -> House:
    house = House()
    house.say("")
    return house


ACTS: dict[str, Callable[[House, str], object]] = {
    "a message": lambda house, user: house.say(user),
    "a hand-off": lambda house, user: call_person(CONVERSATION, "pt-BR", "", user, **house.ports),
    "a rating": lambda house, user: rate(CONVERSATION, SOLVED, user, **house.both),
    "a clearing": lambda house, user: clear(CONVERSATION, user, shelf=house.store, **house.both),
}
each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@each_act
def test_of_two_who_come_at_once_the_first_owns_it_and_the_other_is_refused(
    house: House, act: Callable[[House, str], object]
) -> None:
    house.store.before_append = [lambda: house.say("bia")]

    with pytest.raises(SessionNotFound):
        act(house, "ana")

    assert house.owner == "bia"


@each_act
def test_who_held_the_id_is_refused_from_the_moment_somebody_owns_it(
    house: House, act: Callable[[House, str], object]
) -> None:
    house.say("ana")

    for caller in ("", "bia"):
        with pytest.raises(SessionNotFound):
            act(house, caller)


@each_act
@pytest.mark.parametrize("hours", [0, 23])
def test_what_its_owner_does_keeps_it_theirs(house: House, act: Callable[[House, str], object], hours: int) -> None:
    house.say("ana")
    house.clock.time += timedelta(hours=hours)

    act(house, "ana")

    assert house.owner == "ana"


@pytest.mark.parametrize("act", [ACTS["a message"], ACTS["a hand-off"]], ids=["a message", "a hand-off"])
def test_a_new_epoch_is_the_same_owners(house: House, act: Callable[[House, str], object]) -> None:
    house.say("ana")
    house.clock.time += timedelta(hours=24)
    with pytest.raises(SessionNotFound):
        act(house, "")

    act(house, "ana")

    assert house.owner == "ana"


@pytest.mark.parametrize("act", [ACTS["a message"], ACTS["a rating"]], ids=["a message", "a rating"])
def test_a_reply_that_was_on_its_way_takes_it_from_nobody(house: House, act: Callable[[House, str], object]) -> None:
    def meanwhile() -> None:
        with suppress(TurnInProgress):  # who writes while a model thinks waits for its answer, here in vain
            act(house, "ana")

    talker = Talker(meanwhile)

    ask(house.words("", "o que é franquia?"), speaker=Speaker(talker), **house.ports)

    assert [event.reply for event in house.store.load(CONVERSATION, 9)][-1] == "A franquia vale por evento."
    assert house.owner == "ana"
