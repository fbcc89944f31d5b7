"""A turn that is heard as it goes on: what may be shown when, and that what was shown is what is stored."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from roteiro.domain.conversation import Event, Kind, Owner, State, Status
from roteiro.errors import SessionNotFound
from roteiro.usecases.records import erase
from roteiro.usecases.turns import load
from tests.unit.usecases.live_world import CONVERSATION, QUESTION, Voice, World, breaking_at

TEXT = "Sinto muito por isso. Vamos ver juntos! Quando foi mesmo o acidente?"
SENTENCES = ["Sinto muito por isso. ", "Vamos ver juntos! "]
LAST = len(TEXT.split())


def person_decides(world: World, **state: object) -> None:
    """Write what an attendant's deed leaves behind, as the desk does."""
    past = load(CONVERSATION, 1, store=world.store, clock=world.clock)
    before = past.events[-1].state
    changes = {"control": before.control + 1, "lease": None, "answered": past.next_seq, **state}
    world.store.append(past.next_event("ana", Kind.DESK, replace(before, **changes)))  # type: ignore[arg-type]


def at(token: int, deed: Callable[[], object]) -> Callable[[int], None]:
    def between(number: int) -> None:
        if number == token:
            deed()

    return between


def taken_over(world: World) -> None:
    person_decides(world, owner=Owner.HUMAN, status=Status.HUMAN, assigned="ana")


def taken_over_a_second_later(world: World) -> None:
    world.clock.sleep(1)
    taken_over(world)


def test_sentences_are_heard_before_the_model_has_finished_and_the_whole_is_stored() -> None:
    world = World(Voice(TEXT))

    heard, answer = world.hear(world.begin())

    assert heard == SENTENCES
    assert (answer.event.reply, answer.event.model) == (TEXT, "voice")
    assert world.events()[-1] == answer.event


def test_the_words_are_stored_before_the_model_is_asked() -> None:
    voice = Voice(TEXT)
    world = World(voice)

    begun = world.begin()

    assert [event.kind for event in world.events()] == [Kind.SAID]
    assert (voice.calls, begun.answer.event.reply, begun.answer.opened) == (0, QUESTION, True)


def test_a_scripted_turn_is_answered_at_once() -> None:
    world = World(Voice(TEXT))
    world.hear(world.begin())

    begun = world.begin("foi ontem")

    assert (begun.rest, begun.answer.event.reply) == (None, "Obrigado.")


@pytest.mark.parametrize("token", range(LAST + 1))
def test_a_model_that_breaks_off_is_followed_by_the_scripts_words(token: int) -> None:
    world = World(Voice(TEXT, breaking_at(token)))

    heard, answer = world.hear(world.begin())

    shown = "".join(heard)
    assert answer.event.reply == (f"{shown}\n\n{QUESTION}" if shown else QUESTION)
    assert TEXT.startswith(shown)
    assert (answer.event.degraded, world.events()[-1].reply) == ("error", answer.event.reply)


@pytest.mark.parametrize("reason", ["timeout", "error", "rate_limited"])
def test_the_reason_of_a_break_off_is_kept(reason: str) -> None:
    world = World(Voice(TEXT, breaking_at(9, reason)))

    _, answer = world.hear(world.begin())

    assert answer.event.degraded == reason


@pytest.mark.parametrize(
    "text",
    [
        "Veja https://golpe.example. E quando foi?",
        "São 90 reais. Quando foi?",
        "<b>Oi</b>. Quando foi?",
        "Anotei <CPF_7>. Quando foi?",
        "a" * 1300 + ". Quando foi?",
    ],
)
def test_of_a_bad_first_sentence_nothing_is_shown(text: str) -> None:
    world = World(Voice(text))

    heard, answer = world.hear(world.begin())

    assert (heard, answer.event.reply, answer.event.degraded) == ([], QUESTION, "filtered")


def test_a_bad_later_sentence_keeps_what_was_shown_and_ends_the_call() -> None:
    said: list[int] = []
    world = World(Voice("Sinto muito. Pague 90 reais. Quando foi? Diga.", said.append))

    heard, answer = world.hear(world.begin())

    assert (heard, answer.event.reply) == (["Sinto muito. "], f"Sinto muito. \n\n{QUESTION}")
    assert max(said) < 7


def test_what_only_the_whole_can_show_is_judged_at_the_end() -> None:
    world = World(Voice("Sinto muito. Conte-me tudo."))

    heard, answer = world.hear(world.begin())

    assert (heard, answer.event.degraded) == (["Sinto muito. "], "filtered")
    assert answer.event.reply == f"Sinto muito. \n\n{QUESTION}"


@pytest.mark.parametrize("token", range(LAST + 1))
def test_a_take_over_at_any_word_ends_the_reply_and_what_was_shown_is_on_record(token: int) -> None:
    voice = Voice(TEXT)
    world = World(voice)
    voice.between = at(token, partial(taken_over_a_second_later, world))

    heard, answer = world.hear(world.begin())

    events, shown = world.events(), "".join(heard)
    assert (answer.state.owner, answer.event.reply) == (Owner.HUMAN, None)
    assert [event.reply for event in events if event.by == "bot"] == ([shown] if shown else [])
    assert all(event.detail == {"cut": True} for event in events if event.by == "bot")
    assert len(heard) <= sum(len(part.split()) <= token for part in (SENTENCES[0], "".join(SENTENCES)))


def test_a_reply_that_was_cut_changes_nothing_in_the_state() -> None:
    voice = Voice(TEXT)
    world = World(voice)
    voice.between = at(6, partial(taken_over_a_second_later, world))

    world.hear(world.begin())

    (deed, cut) = world.events()[-2:]
    assert (deed.kind, cut.kind, cut.covers) == (Kind.DESK, Kind.REPLY, None)
    assert replace(cut.state, gist=deed.state.gist) == deed.state  # it was said, and that alone is counted


def test_without_the_look_at_what_people_decide_sentences_would_go_on_leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.usecases.wording._is_overtaken", lambda *_: False)
    voice = Voice(TEXT)
    world = World(voice)
    voice.between = at(0, partial(taken_over_a_second_later, world))

    heard, _ = world.hear(world.begin())

    assert heard == SENTENCES


def test_the_newest_event_is_read_at_most_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(Voice("Um passo. " * 20 + "Quando foi mesmo?"))
    begun, looks = world.begin(), 0

    def counted(*given: object) -> list[Event]:
        nonlocal looks
        looks += 1
        return type(world.store).load(world.store, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "load", counted)
    assert begun.rest is not None
    while next(begun.rest, None) is not None and looks < 3:
        pass

    assert looks <= 2  # one look while sentences left, one before the commit


def test_an_erased_conversation_gets_nothing_written_and_no_answer() -> None:
    voice = Voice(TEXT)
    world = World(voice)
    voice.between = at(6, partial(erase, CONVERSATION, store=world.store, shelf=world.store, clock=world.clock))

    with pytest.raises(SessionNotFound):
        world.hear(world.begin())

    assert [event.kind for event in world.events()] == [Kind.ERASED]


def test_of_a_history_that_was_cleared_nothing_comes_back() -> None:
    voice = Voice(TEXT)
    world = World(voice)

    def cleared() -> None:
        past = load(CONVERSATION, 1, store=world.store, clock=world.clock)
        state = State(protocol="x", control=past.events[-1].state.control + 1, answered=past.next_seq)
        world.store.append(past.next_event("customer", Kind.ERASED, state))
        world.store.erase(CONVERSATION, past.next_seq)

    voice.between = at(6, cleared)
    heard, answer = world.hear(world.begin())

    assert (heard[:1], answer.event.reply) == (SENTENCES[:1], None)
    assert [event.kind for event in world.events()] == [Kind.ERASED]


def test_a_repeated_message_gets_the_stored_answer_without_the_model() -> None:
    voice = Voice(TEXT)
    world = World(voice)
    world.hear(world.begin(message_id="m1"))

    begun = world.begin(message_id="m1")

    assert (begun.rest, begun.answer.event.reply, begun.answer.replayed) == (None, TEXT, True)
    assert voice.calls == 1


def test_a_repeated_message_whose_reply_was_cut_is_told_that_a_person_has_it() -> None:
    voice = Voice(TEXT)
    world = World(voice)
    voice.between = at(6, partial(taken_over, world))
    world.hear(world.begin(message_id="m1"))

    begun = world.begin(message_id="m1")

    assert (begun.rest, begun.answer.event.reply, begun.answer.state.owner) == (None, None, Owner.HUMAN)
