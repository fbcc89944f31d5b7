"""A customer whom the bot answers, an attendant who does something meanwhile, and what must be true afterwards."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Event, Kind, Owner, State, Status
from roteiro.domain.desk import desking
from roteiro.domain.desk.desking import Act
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Script
from roteiro.domain.turn.heard import running
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import InvalidRequest, SessionNotFound, TurnInProgress
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import Begun, ask, say, say_live
from roteiro.usecases.desk import Attendant, Desk, Doing, Order, act
from roteiro.usecases.records import erase
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_written_script
from tests.harness import TestClock

__all__ = ["DEEDS", "Deed", "Encounter", "Slow"]

OLD = "acidente"  # only the steps that the deeds lead away from speak of it
Pause = Callable[[], object] | None
CLAIM_STEPS = (f"Sinto muito pelo {OLD}.", f"Conte como foi o {OLD}.", *(f"Anotado, parte {n}." for n in "3456"))
CANCEL_STEPS = tuple(f"Cancelamento, parte {n}." for n in "123456")


@dataclass(frozen=True)
class Deed:
    """What a person does, and what stays true of the conversation whatever the bot was about to say."""

    doing: Callable[["Encounter"], Doing]
    lasts: Callable[[State], bool]
    leads_away: bool = False  # the step that the bot was about to say must not be said any more


def _choose(met: "Encounter") -> Doing:
    def doing(state: State, occasion: Occasion) -> Act:
        return desking.choose_script(state, running(state, met.catalogue), met.catalogue.scripts[1], None, occasion)

    return doing


def _adjust(action: str, step: int, message: str = "") -> Callable[["Encounter"], Doing]:
    return lambda met: lambda state, when: desking.adjust_step(state, action, step, message, when, met.catalogue)


DEEDS = {
    "takeover": Deed(lambda _: lambda s, _: desking.take_over(s, "ana"), lambda s: s.assigned == "ana"),
    "choose": Deed(_choose, lambda s: s.script == 105, leads_away=True),
    "edit": Deed(_adjust("edit", 2, "Editado."), lambda s: len(s.edits) == 1, leads_away=True),
    "skip": Deed(_adjust("skip", 2), lambda s: len(s.edits) == 1, leads_away=True),
    "goto": Deed(_adjust("goto", 4), lambda s: s.step >= 4, leads_away=True),
    "mode": Deed(lambda _: lambda s, _: desking.switch_bot(s, is_off=True), lambda s: s.is_off),
    "slots": Deed(
        lambda _: lambda s, o: desking.correct_slots(s, {"data": "2026-11-19"}, o),
        lambda s: s.slots.get("data") == "2026-11-19",
    ),
    "close": Deed(
        lambda _: lambda s, _: desking.close(s, "ana", "resolved", "Encerrado.", {}),
        lambda s: s.status is Status.CLOSED or s.reason == "reopened",
    ),
    "erase": Deed(lambda _: lambda s, _: Act("", s), lambda s: s.status is Status.ERASED),
}


class Slow:
    """A remote model that says the step in slightly other words, after a pause for whoever comes in between.

    Who listens hears it in three pieces, with such a pause before each.
    """

    is_remote = True
    is_resting = False

    def __init__(self, pause: Callable[[], object]) -> None:
        self._pause = pause
        self.calls = 0

    def answer(self, prompt: Prompt) -> Wording:
        self.calls += 1
        self._pause()
        return Wording(f"Certo! Vamos lá. {prompt.scripted}", "slow", 10, 5)

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        self.calls += 1
        for piece in ("Certo! ", "Vamos lá. ", prompt.scripted):
            self._pause()
            yield piece
        return Wording(f"Certo! Vamos lá. {prompt.scripted}", "slow", 10, 5)


class Heard(NamedTuple):
    """What a customer has read of an answer, when, and the place of the words that it answers."""

    at: datetime
    said: int
    text: str


class Encounter:
    """One conversation at the first step of a script; `llm` is what its steps let a model do."""

    def __init__(self, store: Any, name: str, llm: str = "") -> None:
        class Clock(TestClock):
            pass

        self.conversation = ConversationId(f"encontro-{name}")
        self.store, self.shelf, self.clock = store, SqliteStore(":memory:"), Clock()
        self.catalogue = a_catalogue(*_scripts(llm), choice=a_choice(Decision.MATCH, 101))
        self.may_say_again = False  # the running step is said again below an answer to a side question
        self.said: list[str] = []
        self.answered: list[str] = []
        self.heard: list[Heard] = []
        self.done: Deed | None = None
        self.done_at = TestClock.time
        self.was_late = False
        self.say("bati o carro", store)
        self.catalogue.choice = Choice(Decision.OUT_OF_SCOPE)

    def say(self, text: str, store: Any, pause: Pause = None, *, aside: bool = False, live: bool = False) -> None:
        """Say something as the customer, in a request of its own; an answer is kept as the customer sees it."""
        self.may_say_again = aside
        words = Words(self.conversation, "seguros", text, f"m-{text.replace(' ', '-')}"[:60], may_open=True)
        speaker = Speaker(Slow(pause)) if pause else None
        given: Any = {"store": store, "clock": self.clock, "catalogue": self.catalogue, "speaker": speaker}
        try:
            answer = self._listened(say_live(words, **given)) if live else (ask if aside else say)(words, **given)
        except SessionNotFound:
            return
        except TurnInProgress:
            self.said.append(text)
            return
        self.said.append(text)
        self.answered += [answer.event.reply] if answer.event.reply else []

    def _listened(self, begun: Begun) -> Answer:
        """Hear an answer as it comes, half a second a piece."""
        answer, heard = begun.answer, ""
        while begun.rest is not None:
            try:
                sentence = next(begun.rest)
            except StopIteration as end:
                answer = end.value
                break
            self.clock.sleep(0.5)
            heard += sentence
            self.heard += [Heard(self.clock.now(), begun.answer.event.seq, heard)] if sentence else []
        return answer

    def do(self, name: str, store: Any = None) -> None:
        """Do a deed as the attendant Ana, unless the bot has just passed the step that it is about."""
        deed, where = DEEDS[name], store or self.store
        if name == "erase":
            erase(self.conversation, store=where, shelf=self.shelf, clock=self.clock)
        else:
            ana = Attendant("ana", "Ana", "attendant")
            try:
                act(self.conversation, ana, Order(deed.doing(self)), Desk(where, self.shelf, self.clock))
            except InvalidRequest:
                self.was_late = True
                return
        self.done, self.done_at = deed, self.clock.now()

    def events(self) -> list[Event]:
        return list(self.store.load(self.conversation, 100))

    def wrongs(self) -> list[str]:
        """Return everything that must not be; nothing is right."""
        events = self.events()
        if events[-1].kind is Kind.ERASED:
            self.do("erase")  # as the sweep: what was begun before may have come late into a seat that was freed
            return [] if len(self.events()) == 1 else ["something came after the erase"]
        return [*_in_the_chain(events), *self._in_what_was_said(events), *self._after_the_deed(events)]

    def _in_what_was_said(self, events: Sequence[Event]) -> Iterator[str]:
        texts, replies = [event.text for event in events], [event.reply for event in events]
        yield from (f"lost or doubled: {text}" for text in self.said if texts.count(text) != 1)
        yield from (f"told and not stored: {reply}" for reply in self.answered if reply not in replies)
        begun = "\n".join(f"\n{reply or ''}" for reply in replies)
        yield from (f"shown and not stored: {one.text}" for one in self.heard if f"\n{one.text}" not in begun)

    def _after_the_deed(self, events: Sequence[Event]) -> Iterator[str]:
        places = [event.seq for event in events if event.kind is Kind.DESK]
        if len(places) != bool(self.done) or self.done is None:
            yield from ["the deed is not there once"] if self.done else []
            return
        later = events[places[0] + 1 :]
        overtaken = (one for one in self.heard if one.said < places[0] and one.at > self.done_at + timedelta(seconds=1))
        yield from (f"shown too late: {one.text}" for one in overtaken)
        yield from (f"{event.seq} undid the deed" for event in later if not self.done.lasts(event.state))
        is_left = self.done.leads_away and not self.may_say_again
        stale = (event for event in later if is_left and OLD in (event.reply or ""))
        yield from (f"{event.seq} says what the deed led away from" for event in stale)


@cache
def _scripts(llm: str) -> list[Script]:
    return [
        a_written_script(*({"message": m, "llm": llm} if llm else m for m in steps), script=number, title=title)
        for number, title, steps in ((101, "Sinistro", CLAIM_STEPS), (105, "Cancelamento", CANCEL_STEPS))
    ]


def _in_the_chain(events: Sequence[Event]) -> Iterator[str]:
    if [event.seq for event in events] != list(range(len(events))):
        yield "the numbers have gaps"
    for before, event in pairwise(events):
        if event.state.control < before.state.control:
            yield f"{event.seq} took control back"
        is_silent = before.state.owner is Owner.HUMAN or before.state.is_off or before.state.status is Status.CLOSED
        if event.detail.get("cut"):
            is_same = replace(event.state, gist=before.state.gist) == before.state  # what was shown is counted as said
            yield from [] if is_same else [f"{event.seq} changed what a person has decided"]
            continue
        if event.reply is not None and event.kind is not Kind.DESK and is_silent:
            yield f"{event.seq} spoke over a person"
        if event.kind is Kind.REPLY and events[event.covers or 0].state.control != before.state.control:
            yield f"{event.seq} was begun before a person decided"
