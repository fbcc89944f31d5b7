"""The turn protocol: nothing is lost, nothing is doubled, a person is never talked over."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roteiro.domain import texts
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Candidate, Event, Head, Kind, Mark, Status
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.script import Script, Step
from roteiro.domain.tickets import Ticket
from roteiro.errors import (
    ConversationBusy,
    ModelUnavailable,
    OutcomeUnknown,
    SeatTaken,
    SessionNotFound,
    StoreUnavailable,
    TurnInProgress,
)
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.talking import AllAtOnce

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000001")
NOT_FOUND = texts.text("no_answer", "pt-BR")
SCRIPT = Script(ScriptId(1), 1, "Sinistro", "Sinistro: bati", (Step(1, "um"), Step(2, "dois"), Step(3, "três")))


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 18, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Shop:
    """A catalogue of one script, which every message matches."""

    def pack(self) -> Pack:
        return Pack("loja", "Loja", {})

    def rank(self, message: str, among: object = None) -> Choice:
        return Choice(Decision.MATCH, (Candidate(ScriptId(1), "Sinistro", 0.9),), (), 1)

    def glance(self, message: str) -> Choice:
        return self.rank(message)

    def topics(self, locale: str = "pt-BR") -> Sequence[tuple[ScriptId, str]]:
        return [(ScriptId(1), "Sinistro")]

    def script(self, script: ScriptId, version: int | None = None) -> Script:
        return SCRIPT


class Watched(SqliteStore):
    """Counts the trips, and lets a test do something just before an insert."""

    def __init__(self) -> None:
        super().__init__(":memory:")
        self.trips: list[str] = []
        self.before_append: list[Callable[[], object]] = []

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        self.trips.append("load")
        return super().load(conversation, last)

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        self.trips.append("append")
        if self.before_append:
            self.before_append.pop(0)()
        super().append(event, marks, head)


class Talker(AllAtOnce):
    """A model that does something while it thinks."""

    is_remote = True
    is_resting = False

    def __init__(self, text: str = "do modelo", meanwhile: Callable[[], object] = lambda: None) -> None:
        self.text = text
        self.meanwhile = meanwhile
        self.calls = 0

    def answer(self, prompt: Prompt) -> Wording:
        self.calls += 1
        self.meanwhile()
        if not self.text:
            raise ModelUnavailable("nothing", reason="timeout")
        return Wording(self.text, "talker")


class House:
    """A store, a clock and a catalogue, and what one says in them."""

    def __init__(self) -> None:
        self.store, self.clock, self.catalogue = Watched(), Clock(), Shop()

    @property
    def ports(self) -> dict[str, Any]:
        return {"store": self.store, "clock": self.clock, "catalogue": self.catalogue}

    def open(self) -> Answer:
        return open_conversation(Words(CONVERSATION, "loja", "Ana"), **self.ports)

    def say(self, text: str, message_id: str = "", **more: Any) -> Answer:
        return say(Words(CONVERSATION, "loja", text, message_id, **more), **self.ports)

    def ask(self, text: str, model: Talker, message_id: str = "") -> Answer:
        return ask(Words(CONVERSATION, "loja", text, message_id), speaker=Speaker(model), **self.ports)

    def events(self) -> list[Event]:
        return self.store.load(CONVERSATION, 1000)


@pytest.fixture
def house() -> House:
    house = House()
    house.open()
    house.store.trips.clear()
    return house


def test_a_scripted_turn_is_one_read_and_one_insert(house: House) -> None:
    house.say("bati o carro")

    assert house.store.trips == ["load", "append"]


def test_events_are_numbered_without_gaps_and_each_holds_the_state_it_led_to(house: House) -> None:
    for text in ("bati", "ok", "ok"):
        house.say(text)

    events = house.events()
    assert [event.seq for event in events] == [0, 1, 2, 3]
    assert [event.state.step for event in events] == [0, 1, 2, 3]
    assert [event.state.status for event in events][-1] is Status.ENDED


def test_who_loses_the_seat_decides_again_on_what_is_there_now(house: House) -> None:
    house.say("bati")
    house.store.before_append = [lambda: house.say("primeiro")]

    answer = house.say("segundo")

    assert answer.event.reply == "três"
    assert [event.text for event in house.events()] == [None, "bati", "primeiro", "segundo"]


def test_a_copy_that_arrives_in_between_is_answered_once(house: House) -> None:
    copies: list[Answer] = []
    house.store.before_append = [lambda: copies.append(house.say("bati", "m1"))]

    answer = house.say("bati", "m1")

    assert answer.replayed
    assert answer.event == copies[0].event
    assert len(house.events()) == 2


def test_a_seat_lost_eight_times_is_busy_and_stores_nothing(house: House) -> None:
    def taken() -> None:
        raise SeatTaken

    house.store.before_append = [taken] * 8

    with pytest.raises(ConversationBusy):
        house.say("bati")
    assert len(house.events()) == 1


def test_an_unknown_outcome_that_was_written_is_ours(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    real = SqliteStore.append

    def written_but_unsaid(self: SqliteStore, *given: Any) -> None:
        real(self, *given)
        raise OutcomeUnknown

    monkeypatch.setattr(Watched, "append", written_but_unsaid)
    answer = house.say("bati")

    assert answer.event.reply == "um"
    assert len(house.events()) == 2


def test_an_unknown_outcome_that_was_not_written_is_tried_again(house: House) -> None:
    def lost() -> None:
        raise OutcomeUnknown

    house.store.before_append = [lost]

    assert house.say("bati").event.reply == "um"
    assert len(house.events()) == 2


def test_a_store_that_is_down_is_said_so(house: House) -> None:
    def down() -> None:
        raise StoreUnavailable

    house.store.before_append = [down]

    with pytest.raises(StoreUnavailable):
        house.say("bati")


def test_time_never_runs_backwards_in_a_conversation(house: House) -> None:
    first = house.say("bati")
    house.clock.time -= timedelta(minutes=5)

    assert house.say("ok").event.at == first.event.at


def test_another_packs_words_do_not_reach_the_conversation(house: House) -> None:
    with pytest.raises(SessionNotFound):
        say(Words(CONVERSATION, "outra", "oi"), **house.ports)


def test_an_expired_conversation_begins_anew_for_a_backend_with_another_protocol(house: House) -> None:
    before = house.say("bati").state
    house.clock.time += timedelta(hours=25)

    after = house.say("bati", may_open=True).state

    assert after.protocol != before.protocol
    assert (after.epoch, after.count, after.step) == (2, 1, 1)
    assert after.control > before.control


def test_a_model_turn_stores_the_words_first_and_the_reply_after(house: House) -> None:
    house.say("bati")

    answer = house.ask("e agora?", Talker())

    *_, said, reply = house.events()
    assert (said.kind, said.text, said.reply) == (Kind.SAID, "e agora?", None)
    assert (reply.kind, reply.reply, reply.covers, reply.model) == (Kind.REPLY, "do modelo", said.seq, "talker")
    assert answer.event == reply
    assert reply.state.lease is None


def test_a_model_that_fails_leaves_the_scripts_words_and_the_reason(house: House) -> None:
    house.say("bati")

    answer = house.ask("e agora?", Talker(text=""))

    assert answer.event.reply == f"{NOT_FOUND}\n\num"
    assert answer.event.degraded == "timeout"


@pytest.mark.parametrize("words", ["quero falar com um atendente", "atendente"])
def test_a_reply_begun_before_a_hand_off_is_dropped(house: House, words: str) -> None:
    house.say("bati")

    answer = house.ask("e agora?", Talker(meanwhile=lambda: house.say(words)))

    assert answer.state.status is Status.WAITING
    assert "do modelo" not in [event.reply for event in house.events()]


def test_a_message_said_while_the_model_thinks_is_kept_and_answered_by_script_afterwards(house: House) -> None:
    house.say("bati")
    talker = Talker()

    def meanwhile() -> None:
        with pytest.raises(TurnInProgress):
            house.say("mais uma coisa", "m2")

    talker.meanwhile = meanwhile
    first = house.ask("e agora?", talker)
    later = house.say("mais uma coisa", "m2")

    assert first.event.reply == "do modelo"
    assert later.event.reply == "dois"
    assert talker.calls == 1


def test_a_lease_whose_holder_died_is_answered_by_script(house: House) -> None:
    house.say("bati")

    def dies() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.ask("e agora?", Talker(meanwhile=dies), "m1")
    house.clock.time += timedelta(seconds=8)
    answer = house.ask("e agora?", Talker(), "m1")

    assert (answer.event.reply, answer.event.degraded) == (f"{NOT_FOUND}\n\num", "error")
    assert house.events()[-1].state.step == 1


def test_words_left_by_a_dead_request_are_answered_with_the_next_message(house: House) -> None:
    house.say("bati")

    def dies() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.ask("e agora?", Talker(meanwhile=dies))
    house.clock.time += timedelta(seconds=8)
    answer = house.say("ok")

    assert answer.event.reply == "dois"
    assert answer.state.answered == answer.event.seq


def test_an_old_client_that_repeats_an_unanswered_question_joins_it(house: House) -> None:
    house.say("bati")
    copies: list[Event] = []

    def meanwhile() -> None:
        with pytest.raises(TurnInProgress):
            house.ask("e agora?", Talker())
        copies.extend(house.events())

    house.ask("e agora?", Talker(meanwhile=meanwhile))

    assert [event.text for event in copies] == [None, "bati", "e agora?"]


def test_the_head_follows_the_status(house: House) -> None:
    house.say("atendente")

    (head,) = house.store.heads(Status.WAITING)
    assert head.conversation == CONVERSATION
    assert head.waiting_since == house.clock.now()


def test_a_protocol_number_that_is_taken_is_drawn_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([7, 7, 8])
    monkeypatch.setattr("roteiro.usecases.occasions.secrets.randbelow", lambda _: next(draws))

    first = open_conversation(Words(ConversationId("a" * 36), "loja", "Ana"), **house.ports)
    second = open_conversation(Words(ConversationId("b" * 36), "loja", "Bia"), **house.ports)

    assert first.state.protocol != second.state.protocol


def test_a_reply_from_the_store_is_the_same_event(house: House) -> None:
    first = house.say("bati", "m1")

    assert replace(house.say("bati", "m1"), replayed=False) == first


def test_a_message_and_a_question_that_waited_together_are_both_answered_each_in_its_way(house: House) -> None:
    house.say("bati")

    def meanwhile() -> None:
        with pytest.raises(TurnInProgress):
            house.say("foi ontem", "m2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.ask("e agora?", Talker(meanwhile=meanwhile), "q1")
    house.clock.time += timedelta(seconds=8)
    answer = house.say("foi ontem", "m2")

    assert answer.event.reply == f"{NOT_FOUND}\n\num\n\ndois"
    assert (answer.state.step, answer.event.degraded) == (2, "error")
    assert house.ask("e agora?", Talker(), "q1").event.id == answer.event.id
