"""The page of the queue and its lines, where heads and events do not say the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Candidate, Event, Head, Kind, Owner, Status, head_of
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.published import Kept
from roteiro.usecases.queue import Line, Listed, Wish, line_of, read_page, script_of
from roteiro.usecases.review import Window, find_choice, read_window
from tests.factories import NOON, a_catalogue, a_script, a_state, an_event

WAITS: dict[str, Any] = {"status": Status.WAITING, "owner": Owner.HUMAN, "waiting_since": NOON}
NAME = ConversationId("c-000001")


@pytest.fixture
def store() -> SqliteStore:
    return SqliteStore(":memory:")


def _waits(seq: int, text: str | None = "oi", **changes: Any) -> Event:
    return an_event(seq, text, a_state(**WAITS), **changes)


def _fills(store: SqliteStore, count: int, **first: Any) -> Event:
    """Store a conversation that waits from its first event on; return the newest."""
    for seq in range(count):
        store.append(_waits(seq, **(first if seq == 1 else {})))
    return store.load(NAME, 1)[0]


def _chosen(*scripts: int) -> dict[str, Any]:
    candidates = tuple(Candidate(ScriptId(script), f"roteiro {script}", 0.9) for script in scripts)
    return {"candidates": candidates, "decision": "match"}


def _line(event: Event, store: SqliteStore, kept: Kept | None = None) -> Line:
    line = line_of(Listed(head_of(event), event.seq), store, kept or Kept())
    assert line is not None
    return line


def test_a_head_ahead_of_its_event_is_looked_at_again(store: SqliteStore) -> None:
    kept, second = Kept(), _waits(1, "alguém?")
    store.append(_waits(0))
    early = _line(second, store, kept)
    store.append(second)

    late = _line(second, store, kept)

    assert (early.seq, early.last_text) == (0, "oi")
    assert (late.seq, late.last_text) == (1, "alguém?")


def test_a_line_is_read_once_until_its_conversation_moves_on(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, newest = Kept(), _fills(store, 3)
    first = _line(newest, store, kept)
    monkeypatch.setattr(store, "load", lambda *_: pytest.fail("it was read again"))

    assert _line(newest, store, kept) == first


def test_a_conversation_that_is_gone_has_no_line(store: SqliteStore) -> None:
    assert line_of(Listed(head_of(_waits(4)), 4), store, Kept()) is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("meu CPF é 529.982.247-25", "meu CPF é <CPF_1>"),
        ("uma\nlinha e outra", "uma linha e outra"),
        ("x" * 300, "x" * 120),
        ("x" * 115 + " 529.982.247-25", "x" * 115 + " <CPF"),
    ],
)
def test_the_last_words_are_masked_before_they_are_cut(store: SqliteStore, said: str, shown: str) -> None:
    store.append(_waits(0, said))

    assert _line(_waits(0), store).last_text == shown


@pytest.mark.parametrize("events", [3, 20, 40])
def test_the_choice_is_found_at_the_beginning_of_a_long_conversation(store: SqliteStore, events: int) -> None:
    newest = _fills(store, events, **_chosen(101, 104))

    choice = _line(newest, store).choice

    assert choice is not None
    assert choice.seq == 1


@pytest.mark.parametrize(("before", "events"), [(30, 40), (70, 200), (120, 400)])
def test_a_script_that_began_in_the_middle_shows_its_own_choice(store: SqliteStore, before: int, events: int) -> None:
    for seq in range(events):
        state = a_state(**WAITS, script=ScriptId(104 if seq >= before else 101))
        weighed = {1: _chosen(101), before: _chosen(104)}.get(seq, {})
        store.append(an_event(seq, "oi", state, **weighed))

    choice = find_choice(store.load(NAME, 1)[0], store)

    assert choice is not None
    assert choice.seq == before


def test_without_a_match_the_newest_ranking_is_shown(store: SqliteStore) -> None:
    newest = _fills(store, 120, **_chosen(101) | {"decision": "clarify"})

    choice = find_choice(newest, store)

    assert choice is not None
    assert choice.seq == 1
    assert find_choice(_waits(0, conversation=ConversationId("other000")), store) is None


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [(Window(), 70, 119), (Window(before=70), 20, 69), (Window(before=20), 0, 19), (Window(after=100), 101, 119)],
)
def test_a_window_holds_fifty_events_at_most(store: SqliteStore, window: Window, first: int, last: int) -> None:
    _fills(store, 120)

    events = read_window(NAME, window, store)

    assert [event.seq for event in events] == list(range(first, last + 1))


def test_a_purged_script_leaves_its_conversation_readable() -> None:
    state = a_state(a_script())

    assert script_of(state, a_catalogue(a_script())) == a_script()
    assert script_of(state, a_catalogue()) is None
    assert script_of(a_state(), a_catalogue()) is None


def _head(name: str, minutes: int, **changes: Any) -> Head:
    """Return the head of somebody who waits since so many minutes."""
    event = _waits(0, conversation=ConversationId(name))
    since = NOON + timedelta(minutes=minutes)
    return replace(head_of(event), waiting_since=since, **changes)


def test_pages_of_several_statuses_follow_one_order(store: SqliteStore) -> None:
    for number in range(6):
        mine: dict[str, Any] = {"status": Status.HUMAN, "assigned": "ana"} if number % 2 else {}
        store.put_head(_head(f"c-{number}", number, **mine))

    first = read_page(Wish("ana", limit=4), store)
    rest = read_page(Wish("ana", limit=4, after=first.following or ""), store)

    assert [one.head.conversation for one in [*first.listed, *rest.listed]] == [f"c-{number}" for number in range(6)]
    assert rest.following is None


@pytest.mark.parametrize(
    ("is_mine", "found"), [(True, ["c-0", "c-2"]), (False, ["c-1", "c-3"]), (None, ["c-0", "c-1"])]
)
def test_mine_and_the_teams_are_apart(store: SqliteStore, is_mine: bool | None, found: list[str]) -> None:  # noqa: FBT001 - a table's column
    for number in range(4):
        store.put_head(_head(f"c-{number}", number, status=Status.HUMAN, assigned="rui" if number % 2 else "ana"))

    page = read_page(Wish("ana", (Status.HUMAN,), is_mine=is_mine, limit=2), store)

    assert [one.head.conversation for one in page.listed] == found
    assert page.counts == {"waiting": 0, "mine": 2, "team": 2, "bot": 0, "closed": 0}


def test_what_the_bot_answers_is_named_by_its_newest_event(store: SqliteStore) -> None:
    for seq in range(3):
        event = an_event(seq)
        store.append(event, head=head_of(event) if seq == 0 else None)

    (listed,) = read_page(Wish("ana", (Status.BOT,)), store).listed

    assert (listed.head.seq, listed.seq) == (0, 2)


def test_what_the_desk_did_is_not_the_customers_word(store: SqliteStore) -> None:
    store.append(_waits(0, "bati o carro"))
    store.append(_waits(1, None, kind=Kind.DESK, by="ana", note="calma"))

    line = _line(_waits(1), store)

    assert (line.last_text, line.unread) == ("bati o carro", 0)
