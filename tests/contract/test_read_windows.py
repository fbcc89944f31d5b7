"""Pages of a conversation and lists of conversations, read from every store without reading all that was said."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.conversation import Event, Kind, State
from roteiro.domain.ids import ConversationId
from roteiro.errors import SessionNotFound
from roteiro.ports import Store
from roteiro.usecases.gists import gist_of, with_gist
from roteiro.usecases.history import Window, read_window, said_in, window
from roteiro.usecases.lookup import epoch_of
from tests.contract.builders import CONVERSATION, MOMENT, an_event

STATE = State(protocol="20261120-0002", epoch=4)
KINDS: list[dict[str, Any]] = [
    {"text": None, "kind": Kind.MARK},
    {"text": "oi", "reply": "olá"},
    {"text": "alguém?", "kind": Kind.SAID},
    {"text": None, "by": "ana", "kind": Kind.DESK, "action": "note", "note": "difícil"},
    {"text": None, "by": "ana", "kind": Kind.DESK, "action": "note", "note": "calma"},
    {"text": None, "by": "ana", "kind": Kind.DESK, "action": "handback", "reply": "Feito.\n\nE agora?",
     "detail": {"message": "Feito."}},
    *[{"text": f"p{n}", "reply": f"r{n}"} for n in range(6)],
]  # fmt: skip


def conversation() -> Iterator[Event]:
    """Give an epoch that is over, and one in which little and much is said by everybody."""
    yield from (an_event(seq, text="antes", reply="sim") for seq in range(4))
    for seq, given in enumerate(KINDS, start=4):
        yield an_event(seq, state=STATE, **given)


def written(store: Store, *, is_counted: bool) -> Event:
    """Store the conversation as a release that counts wrote it, or one that did not; return its newest event."""
    before: Event | None = None
    for event in conversation():
        before = with_gist(event, before) if is_counted else event
        store.append(before)
    return store.load(CONVERSATION, 1)[0]


def seen(found: Window) -> tuple[list[str], bool, bool, int]:
    return [said.id for said in found.said], found.has_older, found.has_newer, found.total


@pytest.mark.parametrize("is_counted", [True, False], ids=["counted", "of an older release"])
def test_a_window_that_is_read_alone_is_that_of_the_whole(store: Store, *, is_counted: bool) -> None:
    newest = written(store, is_counted=is_counted)
    whole = said_in(epoch_of(newest, store=store))
    cursors = ["", *(said.id for said in whole), f"{CONVERSATION}:0", f"{CONVERSATION}:99"]

    for limit in (1, 2, 3, 5, 50):
        for cursor in cursors:
            for is_newer in (False, True):
                found = read_window(newest, limit, cursor, is_newer=is_newer, store=store)
                expected = window(whole, limit, cursor, is_newer=is_newer)
                assert seen(found) == seen(expected), (limit, cursor, is_newer)


def test_no_more_events_are_read_than_messages_are_shown_and_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = written(store, is_counted=True)
    read: list[Event] = []
    page = store.page

    def watched(*given: Any) -> list[Event]:
        events = page(*given)
        read.extend(events)
        return events

    monkeypatch.setattr(store, "page", watched)

    for cursor in ("", f"{CONVERSATION}:14"):
        read.clear()
        assert len(read_window(newest, 3, cursor, store=store).said) == 3
        assert len(read) <= 4


def test_who_writes_meanwhile_changes_nothing_of_a_page(store: Store) -> None:
    newest = written(store, is_counted=True)
    before = read_window(newest, 2, store=store)

    store.append(with_gist(an_event(newest.seq + 1, state=STATE, text="mais", reply="sim"), newest))

    assert read_window(newest, 2, store=store) == before


def test_what_is_erased_while_a_page_is_read_is_not_found(store: Store) -> None:
    newest = written(store, is_counted=True)
    store.append(an_event(newest.seq + 1, kind=Kind.ERASED, text=None))
    store.erase(CONVERSATION, newest.seq + 1)

    with pytest.raises(SessionNotFound):
        read_window(newest, 2, store=store)


def test_the_gist_is_the_same_counted_event_by_event_and_read(store: Store) -> None:
    counted = written(store, is_counted=True)

    gist = gist_of(counted, store=store)

    assert gist == gist_of(replace(counted, state=replace(counted.state, gist=None)), store=store)
    assert (gist.said, gist.title, gist.since) == (17, "oi", store.page(CONVERSATION, 3, 1)[0].at)
    assert gist.last == counted.at


def test_an_event_after_an_older_release_is_not_counted_until_the_next_epoch() -> None:
    (older, later) = an_event(0), an_event(1)
    anew = with_gist(an_event(2, state=replace(STATE, epoch=2), text="x" * 99), later)

    assert with_gist(later, older).state.gist is None
    assert anew.state.gist is not None
    assert (anew.state.gist.said, anew.state.gist.title, anew.state.gist.last) == (1, "x" * 60, anew.at)


def test_the_newest_events_of_many_conversations_come_in_their_order(store: Store) -> None:
    for name, count in (("aaaaaaaa", 3), ("bbbbbbbb", 1), ("cccccccc", 2)):
        for seq in range(count):
            store.append(an_event(seq, name))

    found = store.newest_of([ConversationId(name) for name in ("cccccccc", "unknown0", "aaaaaaaa")])

    assert [(event.conversation, event.seq) for event in found] == [("cccccccc", 1), ("aaaaaaaa", 2)]
    assert store.newest_of([]) == []
    assert found[1].at > MOMENT
