"""The audit: one whole chain per pack, from which nothing can be taken and in which nothing can be changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from roteiro.domain.canonical import canonical
from roteiro.domain.ids import ScriptId
from roteiro.errors import Stale
from roteiro.ports import Document
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.audit import CURSOR, DEPLOYMENT, Deed, Flaw, chains, read_audit, record, verify_chain

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (f"audit:loja:2026-11-20:{seq:06d}" for seq in (1, 2, 3))


@pytest.fixture
def shelf() -> SqliteStore:
    return SqliteStore(":memory:")


def did(shelf: SqliteStore, *actions: str, pack: str = "loja", now: datetime = NOON, **facts: Any) -> None:
    record([Deed("ana", "editor", action, **facts) for action in actions], pack, shelf=shelf, now=now)


def actions(entries: list[Document]) -> list[str]:
    return [entry["action"] for entry in entries]


def rewrite(shelf: SqliteStore, key: str, **changes: Any) -> None:
    """Do what a person with the database's password can do."""
    entry = {**(shelf.get(key) or {}), **changes}
    shelf.delete_range(key, f"{key}~")
    shelf.create(key, entry)


def test_an_entry_says_who_did_what_when_and_no_more_than_applies(shelf: SqliteStore) -> None:
    did(shelf, "script.published", script=ScriptId(101), version=3, before="a", after="b", request_id="pedido-0001")

    entry = dict(shelf.get(FIRST) or {})

    assert len(entry.pop("hash")) == 64
    assert entry == {
        "_id": FIRST, "pack": "loja", "day": "2026-11-20", "seq": 1, "at": "2026-11-20T12:00:00.000Z", "who": "ana",
        "role": "editor", "action": "script.published", "request_id": "pedido-0001", "script": 101, "version": 3,
        "before": "a", "after": "b", "previous": "",
    }  # fmt: skip


def test_what_nobody_touched_is_proved_whole_over_days_and_packs(shelf: SqliteStore) -> None:
    for day in range(3):
        did(shelf, "a", "b", now=NOON + day * DAY)
    did(shelf, "c", pack=DEPLOYMENT)

    assert chains(shelf) == [DEPLOYMENT, "loja"]
    assert [verify_chain(pack, shelf) for pack in ("loja", DEPLOYMENT, "unknown")] == [[], [], []]


@pytest.mark.parametrize(
    "changes",
    [{"who": "bia"}, {"action": "x"}, {"hash": "0" * 64}, {"previous": "0" * 64}, {"note": "new"}, {"at": ""}],
)
def test_an_altered_entry_is_found(shelf: SqliteStore, changes: dict[str, str]) -> None:
    did(shelf, "a", "b", "c")

    rewrite(shelf, SECOND, **changes)

    assert verify_chain("loja", shelf)[0] == Flaw(SECOND, "altered")


def test_an_entry_that_was_altered_with_its_hash_made_again_is_missed_by_the_one_after_it(shelf: SqliteStore) -> None:
    did(shelf, "a", "b", "c")
    forged = {**(shelf.get(SECOND) or {}), "who": "bia"}
    told = {name: value for name, value in forged.items() if name not in ("_id", "hash")}
    hashed = sha256((forged["previous"] + canonical(told)).encode()).hexdigest()

    rewrite(shelf, SECOND, who="bia", hash=hashed)

    assert verify_chain("loja", shelf) == [Flaw(THIRD, "missing")]


def test_a_removed_entry_is_missed_by_the_one_after_it(shelf: SqliteStore) -> None:
    did(shelf, "a", "b", "c")

    shelf.delete_range(SECOND, THIRD)

    assert verify_chain("loja", shelf) == [Flaw(THIRD, "missing")]


@pytest.mark.parametrize(("gone", "flaw"), [(FIRST, Flaw(SECOND, "missing")), (THIRD, Flaw(THIRD, "cut"))])
def test_the_first_and_the_last_entry_cannot_be_taken_away_unseen(shelf: SqliteStore, gone: str, flaw: Flaw) -> None:
    did(shelf, "a", "b", "c")

    shelf.delete_range(gone, f"{gone}~")

    assert verify_chain("loja", shelf) == [flaw]


def test_a_whole_day_cannot_be_taken_out_of_the_middle_and_old_days_may_end(shelf: SqliteStore) -> None:
    for day in range(3):
        did(shelf, "a", now=NOON + day * DAY)

    shelf.delete_range("audit:loja:2026-11-21", "audit:loja:2026-11-22")
    without_middle = verify_chain("loja", shelf)
    shelf.delete_range("audit:loja:2026-11-20", "audit:loja:2026-11-22")

    assert without_middle == [Flaw("audit:loja:2026-11-22:000001", "missing")]
    assert verify_chain("loja", shelf) == []


def test_reordered_and_copied_entries_are_found(shelf: SqliteStore) -> None:
    did(shelf, "a", "b", "c")
    second = {name: value for name, value in (shelf.get(SECOND) or {}).items() if name != "_id"}

    rewrite(shelf, THIRD, **second)

    assert Flaw(THIRD, "misplaced") in verify_chain("loja", shelf)


def test_an_emptied_chain_is_not_taken_for_a_new_one(shelf: SqliteStore) -> None:
    did(shelf, "a", "b")

    shelf.delete_range("audit:loja:", "audit:loja:~")

    assert verify_chain("loja", shelf) == [Flaw(SECOND, "cut")]


def test_many_writers_at_once_lose_no_entry_and_keep_one_chain(tmp_path: Path) -> None:
    path = str(tmp_path / "audit.db")
    SqliteStore(path).prepare()

    def write(number: int) -> None:
        did(SqliteStore(path), *[f"{number}-{turn}" for turn in range(5)])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(8)))

    shelf = SqliteStore(path)
    found, _ = read_audit(shelf, limit=100)
    assert len(set(actions(found))) == 40
    assert verify_chain("loja", shelf) == []


def test_a_writer_who_read_the_end_too_early_goes_on_behind_the_others(shelf: SqliteStore) -> None:
    did(shelf, "a")
    early = shelf.get("audit-newest:loja") or {}
    did(shelf, "b", "c")
    rewrite(shelf, "audit-newest:loja", **early)

    did(shelf, "d")

    assert actions(read_audit(shelf)[0]) == ["d", "c", "b", "a"]
    assert verify_chain("loja", shelf) == []


def test_a_new_day_goes_on_from_the_true_end_of_the_day_before(shelf: SqliteStore) -> None:
    did(shelf, "a")
    early = shelf.get("audit-newest:loja") or {}
    did(shelf, "b")
    rewrite(shelf, "audit-newest:loja", **early)

    did(shelf, "c", now=NOON + DAY)

    assert actions(read_audit(shelf)[0]) == ["c", "b", "a"]
    assert verify_chain("loja", shelf) == []


def test_a_slow_clock_never_writes_behind_the_newest_day(shelf: SqliteStore) -> None:
    did(shelf, "tomorrow", now=NOON + DAY)

    did(shelf, "late")

    assert (shelf.get("audit:loja:2026-11-21:000002") or {})["action"] == "late"
    assert verify_chain("loja", shelf) == []


def test_nothing_is_done_when_the_entry_cannot_be_written(shelf: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "create", lambda key, document: False)

    with pytest.raises(Stale):
        did(shelf, "a")


def test_no_deeds_leave_no_chain(shelf: SqliteStore) -> None:
    did(shelf)

    assert (chains(shelf), read_audit(shelf)) == ([], ([], None))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 300])
def test_page_by_page_every_entry_of_every_pack_comes_once_newest_first(shelf: SqliteStore, limit: int) -> None:
    for hour in range(60):
        did(shelf, f"{hour}", pack=("loja", "banco", DEPLOYMENT)[hour % 3], now=NOON + hour * timedelta(hours=1))
    found, cursor = read_audit(shelf, limit=limit)

    while cursor:
        assert CURSOR.fullmatch(cursor)
        page, cursor = read_audit(shelf, limit=limit, cursor=cursor)
        found += page

    assert actions(found) == [str(hour) for hour in reversed(range(60))]


def test_more_entries_than_one_read_holds_come_in_order(shelf: SqliteStore) -> None:
    did(shelf, *[str(number) for number in range(450)])

    found, cursor = read_audit(shelf, limit=1000)

    assert actions(found) == [str(number) for number in reversed(range(450))]
    assert cursor is None


def test_one_scripts_entries_are_found_among_the_others(shelf: SqliteStore) -> None:
    for number in range(10):
        did(shelf, f"{number}", script=ScriptId(101 + number % 2))

    found, cursor = read_audit(shelf, script=ScriptId(102), limit=3)
    rest, end = read_audit(shelf, script=ScriptId(102), limit=3, cursor=cursor or "")

    assert (actions(found), actions(rest), end) == (["9", "7", "5"], ["3", "1"], None)


@pytest.mark.parametrize("cursor", ["nobody:2026-11-20:000009", "loja:2026-01-01:000009", "loja:2026-11-20:000000"])
def test_a_cursor_that_leads_nowhere_ends_the_list(shelf: SqliteStore, cursor: str) -> None:
    did(shelf, "a")

    assert read_audit(shelf, cursor=cursor) == ([], None)


@pytest.mark.parametrize("cursor", ["x", "loja", "loja:2026-11-20:1", "a:2026-11-20:000001b:2026-11-20:000001", "$ne"])
def test_what_is_no_cursor_has_not_its_form(cursor: str) -> None:
    assert not CURSOR.fullmatch(cursor)
