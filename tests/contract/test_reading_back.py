"""A conversation read from its beginning, page by page; and whose a protocol number is."""

import pytest

from roteiro.domain.ids import ConversationId
from roteiro.ports import Store
from tests.contract.builders import CONVERSATION, a_mark, an_event, events_of


def _fill(store: Store, conversation: str = CONVERSATION, count: int = 12) -> None:
    for event in events_of(conversation, count):
        store.append(event)


@pytest.mark.parametrize(
    ("after", "limit", "seats"),
    [(-1, 3, [0, 1, 2]), (0, 3, [1, 2, 3]), (8, 2, [9, 10]), (9, 50, [10, 11]), (11, 5, []), (-1, 50, list(range(12)))],
)
def test_a_page_begins_after_an_event_and_is_read_oldest_first(
    store: Store, after: int, limit: int, seats: list[int]
) -> None:
    _fill(store)

    page = store.page(CONVERSATION, after, limit)

    assert page == [an_event(seq) for seq in seats]


def test_a_page_never_runs_into_the_next_conversation(store: Store) -> None:
    for name in ("a", "a-b", "a.b", "a0", "aa", "b"):
        _fill(store, name, 2)

    assert store.page(ConversationId("a"), -1, 50) == events_of("a", 2)
    assert store.page(ConversationId("a"), 1, 50) == []


def test_a_conversation_that_nobody_began_has_no_pages(store: Store) -> None:
    assert store.page(CONVERSATION, -1, 5) == []


def test_a_protocol_number_says_whose_it_is(store: Store) -> None:
    store.append(an_event(0), [a_mark("20261121483920175")])
    store.append(an_event(0, "another"), [a_mark("20261121483920272", "another")])

    assert store.holder("~p:20261121483920175") == CONVERSATION
    assert store.holder("~p:20261121483920272") == "another"


@pytest.mark.parametrize("mark", ["~p:20261121483920175", "~p:", "8a6e0804:000000x"])
def test_a_number_that_was_never_issued_is_nobodys(store: Store, mark: str) -> None:
    store.append(an_event(0), [a_mark("20261121483920272")])

    assert store.holder(mark) is None


def test_a_mark_outlives_the_words_of_its_conversation(store: Store) -> None:
    store.append(an_event(0), [a_mark()])
    store.append(an_event(1))

    store.erase(CONVERSATION, 1)

    assert store.holder(a_mark().id) == CONVERSATION
    assert store.page(CONVERSATION, -1, 5) == [an_event(1)]
