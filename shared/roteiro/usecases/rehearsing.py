"""Plays a conversation that was told in advance on a catalogue, and says where it went otherwise.

Nothing outside is touched: the store is one of its own, the clock stands where the test puts it, the model is the
one that words nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from roteiro.domain.authoring.expectation import differences, seen_after
from roteiro.domain.authoring.rehearsal import DeskTurn, Rehearsal, Turn
from roteiro.domain.conversation import Event, Kind
from roteiro.domain.ids import ConversationId
from roteiro.domain.message import clean
from roteiro.domain.presenting import presented, shown_status
from roteiro.errors import InvalidRequest, RoteiroError
from roteiro.ports import Store
from roteiro.usecases.candidate import Overlay
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.desk import Desk
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.rehearsed_deeds import after_publish, done
from roteiro.usecases.spoken import spoken_text
from roteiro.usecases.stage import Stage
from roteiro.usecases.turns import Words

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


@dataclass
class _Play:
    """A conversation under way; a publish puts another catalogue in place, another customer another conversation."""

    told: Rehearsal
    pack: str
    catalogue: PublishedCatalogue
    stage: Stage
    store: Store
    clock: _Clock
    shelf: Overlay
    here: ConversationId = _CONVERSATION
    customers: dict[str, ConversationId] = field(default_factory=dict)


def play(rehearsal: Rehearsal, catalogue: PublishedCatalogue, stage: Stage, pack: str = "") -> Played:
    """Play a conversation to its end or its first failure; `pack` is for one that names none."""
    transcript: list[str] = []
    with stage.open_store() as store:
        clock, shelf = _Clock(rehearsal.clock), Overlay(catalogue.shelf)
        now = _Play(rehearsal, rehearsal.pack or pack, catalogue, stage, store, clock, shelf)
        _met(rehearsal.customer, now)
        for number, turn in enumerate(rehearsal.turns, start=1):
            seen = _taken(turn, now)
            transcript += _lines(turn, seen)
            if wrong := differences(turn.expect, seen):
                return Played(rehearsal.name, tuple(Failure(number, *one) for one in wrong), tuple(transcript))
    return Played(rehearsal.name, (), tuple(transcript))


def _met(name: str, now: _Play) -> None:
    """Turn to a customer's conversation; on the front it is opened with their name, elsewhere by their first words."""
    if name in now.customers:
        now.here = now.customers[name]
        return
    now.here = now.customers[name] = ConversationId(f"{_CONVERSATION}-{len(now.customers)}")
    if now.told.is_front:
        words = Words(now.here, now.pack, clean(name), locale=_LOCALE)
        open_conversation(words, store=now.store, catalogue=now.catalogue, clock=now.clock)


def _lines(turn: Turn, seen: Mapping[str, Any]) -> list[str]:
    """Return what a transcript tells of a turn: nothing where only time passed."""
    answer = seen.get("answer") or seen.get("error") or ""
    if turn.desk:
        return [f"D: {turn.desk.action}", *([f"R: {answer}"] if answer else [])]
    return [f"C: {turn.say}", f"R: {answer}"] if turn.say else []


def _taken(turn: Turn, now: _Play) -> dict[str, Any]:
    """Take a turn and return what it showed; nothing if only time passed or a script was published."""
    now.clock.sleep(turn.wait.total_seconds())
    try:
        if turn.say is not None:
            return _said(turn, clean(turn.say), now)
        return _done(turn.desk, now) if turn.desk and not turn.is_pause else {}
    except InvalidRequest:
        return {"error": InvalidRequest.code}  # what is wrong with a text leaves the house as one code
    except RoteiroError as error:
        return {"error": error.code}


def _said(turn: Turn, text: str, now: _Play) -> dict[str, Any]:
    _met(turn.customer or now.told.customer, now)
    meant = text if now.told.is_front else now.catalogue.pack().cast.meant(text)
    words = Words(now.here, now.pack, meant, locale=_LOCALE, may_open=not now.told.is_front)
    store, catalogue, clock = now.store, now.catalogue, now.clock
    if turn.ai:
        answer = ask(words, store=store, catalogue=catalogue, clock=clock, speaker=now.stage.speaker)
    else:
        act = now.stage.act_in(now.here, store, catalogue, clock)
        answer = say(words, store=store, catalogue=catalogue, clock=clock, act=act)
    return _seen(answer.event, spoken_text(answer, store=store, catalogue=catalogue), now)


def _done(deed: DeskTurn, now: _Play) -> dict[str, Any]:
    if deed.action == "publish":
        now.catalogue = after_publish(deed, now.pack, now.catalogue, now.shelf, now.clock)
        return {}
    desk = Desk(now.store, now.shelf, now.clock, lambda _: now.catalogue)
    event = done(deed, now.here, desk, now.catalogue)
    return _seen(event, event.reply or "", now)


def _seen(event: Event, answer: str, now: _Play) -> dict[str, Any]:
    events = now.store.load(event.conversation, _EVERYTHING)
    greeted = (
        one for one in events if not (one.kind is Kind.MARK and one.covers == one.seq)
    )  # a greeting is no answer
    history = sum((one.text is not None) + (one.reply is not None) for one in greeted)
    seen = seen_after(event, answer, presented(event, now.catalogue), history)
    return seen if now.told.is_front else seen | {"status": shown_status(event.state)}
