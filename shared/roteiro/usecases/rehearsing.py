"""Plays a conversation that was told in advance on a catalogue, and says where it went otherwise.

Nothing outside is touched: the store is one of its own, the clock stands where the test puts it, the model is the
one that words nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from roteiro.domain.expectation import differences, seen_after
from roteiro.domain.ids import ConversationId
from roteiro.domain.message import clean
from roteiro.domain.rehearsal import Rehearsal, Turn, obstacles
from roteiro.errors import Fault, InvalidRequest, RoteiroError
from roteiro.ports import Store
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.spoken import spoken_text
from roteiro.usecases.stage import Stage
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker

__all__ = ["Failure", "Played", "play"]

_CONVERSATION = ConversationId("rehearsal")
_LOCALE = "pt-BR"
_EVERYTHING = 5000  # events; more than a conversation of 200 turns can have


class Failure(NamedTuple):
    """What was expected of a turn and what was seen; `turn` counts from 1, 0 is the whole conversation."""

    turn: int
    key: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        """Return the failure as one line."""
        where = f"turn {self.turn}: {self.key}" if self.turn else self.key
        return f"{where}: expected {self.expected!r}, got {self.got!r}"


@dataclass(frozen=True)
class Played:
    """How a conversation went, up to the first turn that went otherwise than told."""

    name: str
    failures: tuple[Failure, ...]
    transcript: tuple[str, ...]  # "C: …" the customer, "R: …" the reply

    @property
    def passed(self) -> bool:
        """Say whether it went as told."""
        return not self.failures


class _Clock:
    """A clock that stands still until a turn moves it; who waits moves it too."""

    def __init__(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class _Play:
    """A conversation under way."""

    catalogue: PublishedCatalogue
    speaker: Speaker
    store: Store
    clock: _Clock


def play(rehearsal: Rehearsal, catalogue: PublishedCatalogue, stage: Stage, pack: str = "") -> Played:
    """Play a conversation to its end or its first failure; `pack` is for one that names none."""
    if missing := list(obstacles(rehearsal)):
        return _unplayable(rehearsal, missing)
    pack = rehearsal.pack or pack
    transcript: list[str] = []
    with stage.open_store() as store:
        now = _Play(catalogue, stage.speaker, store, _Clock(rehearsal.clock))
        name = clean(rehearsal.customer)
        words = Words(_CONVERSATION, pack, name, locale=_LOCALE)
        open_conversation(words, store=store, catalogue=catalogue, clock=now.clock)
        for number, turn in enumerate(rehearsal.turns, start=1):
            seen = _taken(turn, pack, now)
            transcript += _lines(turn, seen)
            if wrong := differences(turn.expect, seen):
                return Played(rehearsal.name, tuple(Failure(number, *one) for one in wrong), tuple(transcript))
    return Played(rehearsal.name, (), tuple(transcript))


def _unplayable(rehearsal: Rehearsal, missing: Iterable[Fault]) -> Played:
    failures = (Failure(0, fault.path, "what can be played", dict(fault.facts)["found"]) for fault in missing)
    return Played(rehearsal.name, tuple(failures), ())


def _lines(turn: Turn, seen: Mapping[str, Any]) -> list[str]:
    """Return what a transcript tells of a turn: nothing where nobody spoke."""
    return [f"C: {turn.say}", f"R: {seen.get('answer') or seen.get('error')}"] if turn.say else []


def _taken(turn: Turn, pack: str, now: _Play) -> dict[str, Any]:
    """Take a turn and return what it showed; nothing if only time passed."""
    if turn.say is None:
        now.clock.sleep(turn.wait.total_seconds())
        return {}
    try:
        return _said(turn, clean(turn.say), pack, now)
    except InvalidRequest:
        return {"error": InvalidRequest.code}  # what is wrong with a text leaves the house as one code
    except RoteiroError as error:
        return {"error": error.code}


def _said(turn: Turn, text: str, pack: str, now: _Play) -> dict[str, Any]:
    words = Words(_CONVERSATION, pack, text, locale=_LOCALE)
    store, catalogue, clock = now.store, now.catalogue, now.clock
    if turn.ai:
        answer = ask(words, store=store, catalogue=catalogue, clock=clock, speaker=now.speaker)
    else:
        answer = say(words, store=store, catalogue=catalogue, clock=clock)
    state = answer.state
    script = None if state.script is None else catalogue.script(state.script, state.version)
    events = store.load(_CONVERSATION, _EVERYTHING)
    history = sum((event.text is not None) + (event.reply is not None) for event in events if event.covers != 0)
    return seen_after(answer.event, spoken_text(answer, store=store, catalogue=catalogue), script, history)
