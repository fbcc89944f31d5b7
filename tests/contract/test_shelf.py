"""The shelf: documents by key, created once, replaced by version, read by page; and counters."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from roteiro.ports import Shelf

_KEYS = ("script:1", "script:10", "script:1:000001", "script:2", "scripts", "scrip", "Script:1", "version:1")


def _fill(store: Shelf) -> None:
    for key in _KEYS:
        store.create(key, {"name": key})


def test_a_document_comes_back_with_its_key(store: Shelf) -> None:
    document = {"version": 1, "title": "Ação é “rápida” 😀", "steps": [{"say": "Oi"}, None, True, 1.5, 2**40]}
    store.create("script:1", document)

    assert store.get("script:1") == {**document, "_id": "script:1"}


def test_a_document_that_nobody_created_is_none(store: Shelf) -> None:
    assert store.get("script:1") is None


def test_the_stored_document_is_its_own(store: Shelf) -> None:
    document = {"steps": ["one"]}
    store.create("script:1", document)

    document["steps"].append("two")

    assert (store.get("script:1") or {})["steps"] == ["one"]
    assert "_id" not in document


def test_a_key_is_created_once(store: Shelf) -> None:
    assert store.create("key:1", {"by": "first"})

    assert not store.create("key:1", {"by": "second"})
    assert (store.get("key:1") or {})["by"] == "first"


def test_who_read_the_current_version_replaces_it(store: Shelf) -> None:
    store.create("script:1", {"version": 1, "title": "old", "gone": True})

    assert store.replace_if_version("script:1", {"version": 2, "title": "new"}, 1)

    assert store.get("script:1") == {"_id": "script:1", "version": 2, "title": "new"}


@pytest.mark.parametrize(("key", "version"), [("script:1", 1), ("script:1", 3), ("script:2", 2)])
def test_who_read_another_version_replaces_nothing(store: Shelf, key: str, version: int) -> None:
    store.create("script:1", {"version": 2, "title": "kept"})

    assert not store.replace_if_version(key, {"version": 9, "title": "lost"}, version)

    assert [document["title"] for document in store.scan("script:")] == ["kept"]


def test_a_version_is_replaced_by_one_of_many_at_once(store: Shelf) -> None:
    store.create("script:1", {"version": 1})

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(lambda n: store.replace_if_version("script:1", {"version": 2, "by": n}, 1), range(8)))

    assert won.count(True) == 1
    assert (store.get("script:1") or {})["by"] == won.index(True)


def test_a_prefix_finds_its_keys_in_order(store: Shelf) -> None:
    _fill(store)

    found = [document["_id"] for document in store.scan("script:1")]

    assert found == ["script:1", "script:10", "script:1:000001"]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("", ["script:1", "script:10"]),
        ("script:1", ["script:10", "script:1:000001"]),
        ("script:10", ["script:1:000001", "script:2"]),
        ("script:2", []),
        ("aaa", ["script:1", "script:10"]),
        ("zzz", []),
    ],
)
def test_a_page_begins_after_the_last_key_of_the_one_before(store: Shelf, after: str, found: list[str]) -> None:
    _fill(store)

    assert [document["_id"] for document in store.scan("script:", after, limit=2)] == found


def test_the_empty_prefix_finds_everything(store: Shelf) -> None:
    _fill(store)

    assert len(store.scan("")) == len(_KEYS)


def test_a_range_is_deleted_without_its_end(store: Shelf) -> None:
    _fill(store)

    assert store.delete_range("script:1", "script:2") == 3

    assert [document["_id"] for document in store.scan("scr")] == ["scrip", "script:2", "scripts"]


def test_an_empty_range_deletes_nothing(store: Shelf) -> None:
    _fill(store)

    assert store.delete_range("x", "y") == 0
    assert len(store.scan("")) == len(_KEYS)


def test_counters_begin_at_zero_and_do_not_know_each_other(store: Shelf) -> None:
    numbers = [store.next_number("tokens", 7), store.next_number("tokens"), store.next_number("calls")]

    assert numbers == [7, 8, 1]
    assert store.next_number("tokens", -3) == 5


def test_a_counter_gives_nobody_the_same_number(store: Shelf, request: pytest.FixtureRequest) -> None:
    at_once = 1 if "mongomock" in request.node.name else 8  # the in-process double does not lock its counters
    with ThreadPoolExecutor(at_once) as threads:
        numbers = list(threads.map(lambda _: store.next_number("protocol"), range(80)))

    assert sorted(numbers) == list(range(1, 81))


def test_a_counter_may_grow_beyond_32_bits(store: Shelf) -> None:
    store.next_number("tokens", 2**31)

    number = store.next_number("tokens", 2**31)

    assert (number, type(number)) == (2**32, int)


def test_a_large_artifact_is_kept(store: Shelf) -> None:
    part = {"data": "x" * 900_000}
    store.create("index:1:000", part)

    assert (store.get("index:1:000") or {})["data"] == part["data"]
