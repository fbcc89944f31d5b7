"""The form in which conversations are told in advance."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roteiro.domain.authoring.rehearsal import Turn, as_list, read_rehearsal
from roteiro.errors import InvalidRequest


def told(*turns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "uma conversa", "turns": list(turns) or [{"say": "oi", "expect": {"step": 1}}], **more}


def faults(document: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        read_rehearsal(document)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_a_scripts_own_test_needs_a_name_and_turns_only() -> None:
    rehearsal = read_rehearsal(told())

    assert (rehearsal.pack, rehearsal.via, rehearsal.customer) == ("", "front", "Ana")
    assert rehearsal.clock == datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "clock", ["2026-11-20T15:00:00-03:00", "2026-11-20T18:00:00Z", datetime(2026, 11, 20, 18, tzinfo=UTC)]
)
def test_a_clock_is_a_moment_with_its_zone_however_it_was_read(clock: object) -> None:
    assert read_rehearsal(told(clock=clock)).clock == datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["2026-11-20T15:00:00", "amanhã", 7, datetime(2026, 11, 20)])  # noqa: DTZ001 - the fault
def test_a_clock_without_a_zone_is_refused(clock: object) -> None:
    assert faults(told(clock=clock)) == [("clock", "bad_moment")]


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        ("+25h", timedelta(hours=25)),
        ("+90s", timedelta(seconds=90)),
        ("+5m", timedelta(minutes=5)),
        ("+2d", timedelta(days=2)),
    ],
)
def test_time_passes_between_turns(wait: str, expected: timedelta) -> None:
    assert Turn(clock=wait).wait == expected


@pytest.mark.parametrize("wait", ["25h", "+0h", "-1h", "+h", "+1w", "+99999h"])
def test_time_that_cannot_be_read_is_refused(wait: str) -> None:
    assert faults(told({"clock": wait}, {"say": "oi", "expect": {"step": 1}})) == [("turns.0.clock", "bad_form")]


@pytest.mark.parametrize(
    ("turn", "path", "code"),
    [
        ({}, "turns.0", "not_one_thing"),
        ({"say": "oi", "clock": "+1h"}, "turns.0", "not_one_thing"),
        ({"clock": "+1h", "expect": {"step": 1}}, "turns.0.expect", "nothing_to_see"),
        ({"say": "oi", "expect": {"stepp": 1}}, "turns.0.expect.stepp", "unknown_key_near"),
        ({"say": "oi", "expect": {"weather": 1}}, "turns.0.expect.weather", "unknown_key"),
        ({"say": "oi", "expected": {}}, "turns.0.expected", "unknown_key_near"),
        ({"say": 5, "expect": {"step": 1}}, "turns.0.say", "wrong_type_text"),
    ],
)
def test_a_turn_with_a_fault_is_refused_with_its_place(turn: dict[str, Any], path: str, code: str) -> None:
    assert faults(told(turn)) == [(path, code)]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (told({"say": "oi"}), "turns", "nothing_expected"),
        ({"name": "vazia", "turns": []}, "turns", "too_few"),
        (told(via="telephone"), "via", "not_a_choice"),
        (told(nome="outra"), "nome", "unknown_key_near"),
    ],
)
def test_a_conversation_with_a_fault_is_refused_with_its_place(document: object, path: str, code: str) -> None:
    assert faults(document) == [(path, code)]


def test_what_is_no_conversation_at_all_is_refused() -> None:
    assert faults("oi")[0][1] == "wrong_type_object"


@pytest.mark.parametrize(
    ("deed", "path", "code"),
    [
        ({"action": "dance"}, "action", "not_a_choice"),
        ({}, "action", "missing"),
        ({"action": "reply"}, "message", "missing"),
        ({"action": "script"}, "script", "missing"),
        ({"action": "step", "message": "Oi."}, "step", "missing"),
        ({"action": "step", "step": 2}, "message", "missing"),
        ({"action": "publish", "script": 101, "step": 2}, "message", "missing"),
        ({"action": "clock"}, "wait", "missing"),
        ({"action": "clock", "wait": "25h"}, "wait", "bad_form"),
        ({"action": "takeover", "who": "Bia"}, "who", "unknown_key"),
    ],
)
def test_a_deed_of_the_desk_with_a_fault_is_refused_with_its_place(deed: object, path: str, code: str) -> None:
    document = told({"desk": deed}, {"say": "oi", "expect": {"step": 1}})

    assert faults(document) == [(f"turns.0.desk.{path}", code)]


@pytest.mark.parametrize(
    ("pattern", "code"), [("(a+)+b", "pattern_slow"), ("INV-(", "pattern_unreadable"), (7, "wrong_type_text")]
)
def test_a_records_pattern_is_vetted(pattern: object, code: str) -> None:
    assert faults(told({"say": "oi", "expect": {"record": pattern}})) == [("turns.0.expect.record", code)]


def test_the_desk_may_let_time_pass() -> None:
    turn = Turn.model_validate({"desk": {"action": "clock", "wait": "+25h"}})

    assert (turn.wait, turn.is_pause) == (timedelta(hours=25), True)


def test_a_conversation_names_the_scripts_that_it_expects() -> None:
    rehearsal = read_rehearsal(told({"say": "oi", "expect": {"script": 101}}, {"say": "ok"}))

    assert rehearsal.names(101)
    assert not rehearsal.names(105)


@pytest.mark.parametrize(
    ("file", "count"), [({"name": "a"}, 1), ([{"name": "a"}, {"name": "b"}], 2), ([[{}, {}], {}], 3)]
)
def test_a_file_holds_one_conversation_or_many(file: object, count: int) -> None:
    assert len(as_list(file)) == count
