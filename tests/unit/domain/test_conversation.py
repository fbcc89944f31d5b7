from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest

from roteiro.domain.conversation import (
    IDLE_LIFE,
    MOST_MESSAGES,
    Event,
    Kind,
    Status,
    head_of,
    is_expired,
    refreshed,
    reply_to,
    unanswered,
)
from tests.factories import NOON, a_state, an_event

MILLISECOND = timedelta(milliseconds=1)
DAY = timedelta(hours=24)


def test_a_conversation_expires_to_the_millisecond_24_hours_after_the_last_word() -> None:
    state = refreshed(a_state(), NOON)

    assert not is_expired(state, NOON + DAY - MILLISECOND)
    assert is_expired(state, NOON + DAY)


def test_each_word_of_the_customer_gives_the_conversation_another_day() -> None:
    state = refreshed(refreshed(a_state(), NOON), NOON + timedelta(hours=23))

    assert not is_expired(state, NOON + timedelta(hours=46))


@pytest.mark.parametrize("status", [Status.WAITING, Status.HUMAN])
def test_who_waits_for_a_person_or_talks_to_one_never_expires(status: Status) -> None:
    state = refreshed(a_state(status=status, expires_at=NOON), NOON)

    assert not is_expired(state, NOON + 10_000 * DAY)


@pytest.mark.parametrize("status", [Status.BOT, Status.ENDED])
def test_all_other_conversations_expire(status: Status) -> None:
    assert is_expired(refreshed(a_state(status=status), NOON), NOON + DAY)


def test_a_new_state_that_nobody_refreshed_does_not_expire() -> None:
    assert not is_expired(a_state(), NOON + 10_000 * DAY)


def test_only_an_ended_script_is_final() -> None:
    assert [status for status in Status if a_state(status=status).is_final] == [Status.ENDED]


def test_an_events_id_says_its_conversation_and_place() -> None:
    assert an_event(seq=42).id == "c-000001:000042"


def test_an_event_is_unique_by_the_clients_message_id_or_by_its_place() -> None:
    assert an_event(seq=3, client_message_id="m-1").message_key == "m-1"
    assert an_event(seq=3).message_key == "#3"


def test_events_and_states_cannot_be_changed() -> None:
    event = an_event()

    with pytest.raises(FrozenInstanceError):
        event.seq = 9  # type: ignore[misc]  # what the test is about
    with pytest.raises(FrozenInstanceError):
        event.state.step = 9  # type: ignore[misc]  # same


def a_history(*, answered: int) -> list[Event]:
    """Return five events: 0 and 1 said and answered, 2 said, 3 the desk's note, 4 said."""
    state = a_state(answered=answered)
    return [
        an_event(0, "oi", reply="olá", covers=0, state=state),
        an_event(1, "bati o carro", reply="sinto muito", covers=1, state=state),
        an_event(2, "e agora?", kind=Kind.SAID, state=state),
        an_event(3, None, kind=Kind.DESK, by="ana", state=state),
        an_event(4, "alô?", kind=Kind.SAID, state=state),
    ]


@pytest.mark.parametrize(("answered", "waiting"), [(-1, [0, 1, 2, 4]), (1, [2, 4]), (2, [4]), (3, [4]), (4, [])])
def test_the_unanswered_words_are_the_customers_after_the_last_answer(answered: int, waiting: list[int]) -> None:
    events = a_history(answered=answered)

    assert [event.seq for event in unanswered(events)] == waiting


def test_an_empty_conversation_has_nothing_unanswered() -> None:
    assert unanswered([]) == []


def test_the_reply_to_words_is_in_their_own_event_or_in_a_later_one_that_covers_them() -> None:
    late = an_event(5, None, kind=Kind.REPLY, by="bot", reply="já respondo as duas", covers=4)
    events = [*a_history(answered=4), late]

    assert reply_to(events[1], events) is events[1]
    assert reply_to(events[2], events) is late
    assert reply_to(events[4], events) is late


def test_words_said_after_what_a_reply_covers_have_no_reply_yet() -> None:
    said = an_event(4, "mais uma coisa", kind=Kind.SAID)
    late = an_event(5, None, kind=Kind.REPLY, reply="resposta", covers=2)

    assert reply_to(said, [said, late]) is None


def test_an_event_that_says_what_it_covers_but_has_no_words_is_no_reply() -> None:
    said = an_event(4, "alô?", kind=Kind.SAID)
    dropped = an_event(5, None, kind=Kind.REPLY, reply=None, covers=4)

    assert reply_to(said, [said, dropped]) is None


def test_an_earlier_reply_never_answers_later_words() -> None:
    events = a_history(answered=1)

    assert reply_to(events[2], events) is None


def test_a_head_shows_the_newest_state() -> None:
    state = a_state(status=Status.HUMAN, assigned="ana", locale="es")

    head = head_of(an_event(7, state=state))

    assert (head.seq, head.status, head.assigned, head.locale, head.at) == (7, Status.HUMAN, "ana", "es", NOON)
    assert head.waiting_since is None


def test_a_customer_who_begins_to_wait_takes_the_last_place_in_the_queue() -> None:
    head = head_of(an_event(state=a_state(status=Status.WAITING)), head_of(an_event()))

    assert head.waiting_since == NOON


def test_a_customer_who_writes_while_waiting_keeps_the_place_in_the_queue() -> None:
    waiting = an_event(1, state=a_state(status=Status.WAITING))
    later = replace(waiting, seq=2, at=NOON + timedelta(minutes=5))

    head = head_of(later, before=head_of(waiting))

    assert (head.at, head.waiting_since) == (NOON + timedelta(minutes=5), NOON)


def test_a_customer_who_was_helped_leaves_the_queue_and_queues_anew_later() -> None:
    waiting = head_of(an_event(1, state=a_state(status=Status.WAITING)))
    helped = head_of(an_event(2, state=a_state(status=Status.HUMAN)), before=waiting)
    again = an_event(3, state=a_state(status=Status.WAITING), at=NOON + timedelta(hours=1))

    head = head_of(again, before=helped)

    assert helped.waiting_since is None
    assert head.waiting_since == NOON + timedelta(hours=1)


def test_a_new_conversation_has_no_script_no_step_and_nothing_answered() -> None:
    state = a_state()

    assert (state.script, state.version, state.step, state.steps) == (None, 0, 0, 0)
    assert (state.epoch, state.control, state.count, state.answered) == (0, 0, 0, -1)
    assert (an_event().confidence, an_event().catalogue) == (0, 0)


def test_the_limits_are_the_documented_ones() -> None:
    assert IDLE_LIFE.total_seconds() == 86_400
    assert MOST_MESSAGES == 1000
