"""The catalogue as it would be after a publish, while nothing is published."""

from typing import Any

import pytest

from roteiro.domain.ids import ScriptId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import publishing
from roteiro.usecases.candidate import Overlay, make_candidate
from roteiro.usecases.published import pointer_key
from tests.unit.usecases.gate_world import BILL, CHIP, TOW, World, a_topic


@pytest.fixture
def world() -> World:
    return World(a_topic(BILL), a_topic(TOW))


def stored(world: World) -> list[dict[str, object]]:
    return [dict(document) for document in world.store.scan("", limit=1000)]


def test_a_changed_script_is_seen_in_the_candidate_alone(world: World) -> None:
    changed = a_topic(BILL, ["perdi a segunda via da fatura"])

    candidate = make_candidate("loja", {ScriptId(BILL): changed}, (), world.admin)

    assert candidate.after.script(ScriptId(BILL)).version == 2
    assert candidate.before.script(ScriptId(BILL)).version == 1
    assert candidate.after.rank("perdi a segunda via da fatura").candidates[0].script == BILL


def test_making_a_candidate_writes_nothing(world: World) -> None:
    before = stored(world)

    make_candidate("loja", {ScriptId(CHIP): a_topic(CHIP)}, [ScriptId(BILL)], world.admin)

    assert stored(world) == before


def test_a_script_that_leaves_is_gone_from_the_candidate(world: World) -> None:
    candidate = make_candidate("loja", {}, [ScriptId(BILL), ScriptId(99)], world.admin)

    assert [script for script, _ in candidate.after.topics()] == [TOW]
    assert len(candidate.before.topics()) == 2


def test_the_first_script_of_a_new_pack_has_a_candidate() -> None:
    candidate = make_candidate("loja", {ScriptId(BILL): a_topic(BILL)}, (), World().admin)

    assert candidate.before.topics() == []
    assert [script for script, _ in candidate.after.topics()] == [BILL]


@pytest.mark.parametrize(
    ("changes", "expected"), [({"script": [{"step": 1, "message": "Outro texto."}]}, False), ({"match": {}}, True)]
)
def test_only_what_the_matcher_sees_can_route_customers_elsewhere(
    world: World, changes: dict[str, Any], *, expected: bool
) -> None:
    candidate = make_candidate("loja", {ScriptId(BILL): a_topic(BILL, **changes)}, (), world.admin)

    assert candidate.is_rerouting is expected


def test_publishing_what_was_just_checked_does_not_compile_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = a_topic(BILL, ["perdi a segunda via da fatura"])
    candidate = make_candidate("loja", {ScriptId(BILL): changed}, (), world.admin)
    monkeypatch.setattr(publishing, "compile_index", lambda *_: pytest.fail("compiled twice"))

    world.publish(changed)

    assert world.catalogue().index.entries == candidate.after.index.entries


def test_a_change_of_wording_needs_no_compiling_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "compile_index", lambda *_: pytest.fail("compiled again"))
    changed = a_topic(BILL, script=[{"step": 1, "message": "Outro texto."}])

    candidate = make_candidate("loja", {ScriptId(BILL): changed}, (), world.admin)

    assert candidate.after.script(ScriptId(BILL)).steps[0].message == "Outro texto."


@pytest.fixture
def overlay(world: World) -> Overlay:
    return Overlay(world.store)


def test_an_overlay_reads_what_lies_below_until_it_is_covered(world: World, overlay: Overlay) -> None:
    below = overlay.get(pointer_key("loja"))

    assert below
    assert not overlay.create(pointer_key("loja"), {})
    assert overlay.replace_if_version(pointer_key("loja"), {"version": 2}, below["version"])
    assert not overlay.replace_if_version(pointer_key("loja"), {"version": 3}, below["version"])
    assert (overlay.get(pointer_key("loja")) or {})["version"] == 2
    assert world.store.get(pointer_key("loja")) == below


def test_an_overlay_scans_both_layers_in_order_and_in_pages() -> None:
    store = SqliteStore(":memory:")
    for key in ("a:1", "a:3", "a:5", "b:1"):
        store.create(key, {"from": "below"})
    overlay = Overlay(store)
    for key in ("a:2", "a:3", "a:9"):
        overlay.put(key, {"from": "above"})

    first, second = overlay.scan("a:", limit=3), overlay.scan("a:", "a:3", limit=3)

    assert [(one["_id"], one["from"]) for one in first] == [("a:1", "below"), ("a:2", "above"), ("a:3", "above")]
    assert [one["_id"] for one in second] == ["a:5", "a:9"]


def test_an_overlay_counts_and_forgets_in_memory_alone() -> None:
    store = SqliteStore(":memory:")
    store.create("x:1", {})
    overlay = Overlay(store)
    overlay.create("x:2", {})

    assert [overlay.next_number("n"), overlay.next_number("n", 5)] == [1, 6]
    assert overlay.delete_range("x:", "x:~") == 1
    assert [one["_id"] for one in overlay.scan("x:")] == ["x:1"]
    assert store.next_number("n") == 1
