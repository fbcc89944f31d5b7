"""The chat's reducer, run in Node: what the page does with each thing that can happen."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

STATE = Path(__file__).parents[3] / "frontend/widget/state.js"
NODE = shutil.which("node")
NOBODY: dict[str, Any] = {"session": None, "name": "", "draft": "", "queue": []}
OPEN = {"token": "rt1.a.b", "protocol": "20261121-4839201-75", "status": "bot", "step": 1, "total": 7}
RUN = """
import { readFileSync } from "node:fs";
const { kept, events } = JSON.parse(readFileSync(0, "utf-8"));
const { begin, reduce } = await import(process.argv[1]);
console.log(JSON.stringify(events.reduce(reduce, begin(kept))));
"""
State = dict[str, Any]

pytestmark = pytest.mark.skipif(NODE is None, reason="node: not run, no Node.js on this machine")


def after(*events: State, **kept: object) -> State:
    """Return the state after these events, from what the browser kept."""
    command = [str(NODE), "--input-type=module", "--eval", RUN, STATE.as_uri()]
    stdin = json.dumps({"kept": {**NOBODY, **kept}, "events": events})
    ran = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)
    state: State = json.loads(ran.stdout)
    return state


def said(text: str, name: str = "m1", *, side: bool = False) -> State:
    return {"type": "said", "id": name, "at": 1, "text": text, "side": side}


def pressed(quick: str, name: str = "m1") -> State:
    return {"type": "said", "id": name, "at": 1, "quick": quick}


def answered(text: str = "Certo.", name: str = "m1", *, final: bool = False, **session: object) -> State:
    return {"type": "answered", "id": name, "at": 2, "reply": {"text": text, "final": final, "session": session}}


def sending(name: str = "m1") -> State:
    return {"type": "sending", "id": name}


def held(reason: str, seconds: int) -> State:
    return {"type": "held", "id": "m1", "reason": reason, "seconds": seconds}


def customers(state: State) -> list[tuple[str, str]]:
    return [(entry["text"], entry["mark"]) for entry in state["log"] if entry["by"] == "customer"]


def keys(state: State) -> list[str | None]:
    return [part.get("key") for part in state["told"]]


def test_a_new_customer_is_greeted_and_asked_for_a_name() -> None:
    state = after()

    assert [entry["key"] for entry in state["log"]] == ["greeting"]
    assert state["asksName"]


def test_a_customer_who_comes_back_is_told_that_the_conversation_goes_on() -> None:
    state = after(session=OPEN)

    assert [entry["key"] for entry in state["log"]] == ["resumed"]
    assert (state["card"], state["protocol"], state["asksName"]) == ("resumed", OPEN["protocol"], False)


@pytest.mark.parametrize(("name", "key"), [("Ana", "welcomeName"), ("", "welcome")])
def test_the_welcome_uses_the_name_only_when_there_is_one(name: str, key: str) -> None:
    assert after({"type": "named", "name": name})["log"][-1]["key"] == key


def test_what_the_customer_says_leaves_the_box_and_waits_in_the_log() -> None:
    state = after({"type": "drafted", "text": " oi "}, said(" oi "))

    assert customers(state) == [("oi", "queued")]
    assert state["draft"] == ""


def test_an_empty_message_is_refused_with_a_reason() -> None:
    state = after(said(" \n "))

    assert (state["alert"], customers(state)) == ("empty", [])


def test_a_second_enter_after_sending_is_no_mistake() -> None:
    assert after(said("oi"), said("", "m2"))["alert"] is None


@pytest.mark.parametrize(
    ("text", "alert"),
    [
        ("a" * 1000, None),
        ("a" * 1001, "tooLong"),
        ("👍" * 1000, None),
        ("a\u0303" * 1000, None),
        (" " + "a" * 1000 + " ", None),
    ],
    ids=["1000", "1001", "emoji", "composed", "trimmed"],
)
def test_length_is_counted_as_the_server_counts_it(text: str, alert: str | None) -> None:
    assert after(said(text))["alert"] == alert


def test_an_answer_marks_the_message_as_sent_and_moves_the_step() -> None:
    state = after(said("oi"), sending(), answered(step=2, total=7, status="bot"), session=OPEN)

    assert customers(state) == [("oi", "sent")]
    assert (state["session"]["step"], state["session"]["token"], state["busy"]) == (2, OPEN["token"], False)


def test_the_protocol_is_announced_with_the_first_answer_only() -> None:
    first = [said("oi"), answered(protocol="P1", status="bot")]

    assert keys(after(*first)) == [None, "protocol"]
    assert keys(after(*first, said("ok", "m2"), answered(name="m2", protocol="P1"))) == [None]


@pytest.mark.parametrize(
    ("status", "final", "card"),
    [
        ("bot", False, None),
        ("ended", True, "ended"),
        ("bot", True, "ended"),
        ("closed", False, "closed"),
        ("waiting", False, None),
        ("human", True, None),
    ],
)
def test_an_ending_shows_its_card(status: str, *, final: bool, card: str | None) -> None:
    assert after(said("ok"), answered(status=status, final=final), session=OPEN)["card"] == card


def test_after_a_closed_conversation_the_next_message_opens_another() -> None:
    assert after(said("ok"), answered(status="closed"), session=OPEN)["session"] is None


@pytest.mark.parametrize(("status", "by"), [("bot", "bot"), ("waiting", "service"), ("human", "service")])
def test_the_assistant_signs_only_what_the_assistant_said(status: str, by: str) -> None:
    assert after(said("ok"), answered(status=status))["log"][-1]["by"] == by


def test_a_pressed_button_says_its_words_once_until_they_are_answered() -> None:
    state = after(pressed("person"), pressed("person", "m2"), pressed("complain", "m3"))

    assert [text for text, _ in customers(state)] == ["Quero falar com um atendente", "Quero reclamar"]


def test_a_held_message_goes_back_to_the_queue_and_its_reason_is_told_once() -> None:
    once = [said("oi"), sending(), held("down", 2)]

    assert keys(after(*once)) == ["down"]
    again = after(*once, sending(), held("down", 4))
    assert (customers(again), keys(again), again["trouble"]["seconds"]) == ([("oi", "queued")], [], 4)


def test_the_countdown_runs_only_while_something_waits() -> None:
    assert after({"type": "counted", "seconds": 3})["trouble"] is None
    assert after(said("oi"), held("limited", 5), {"type": "counted", "seconds": 3})["trouble"]["seconds"] == 3


def test_a_refused_message_keeps_its_reason_and_returns_to_the_box_for_editing() -> None:
    refused = [said("oi"), sending(), {"type": "refused", "id": "m1", "message": "Não deu."}]

    assert after(*refused)["log"][-1]["problem"] == "Não deu."
    edited = after(*refused, {"type": "edited", "id": "m1"})
    assert (edited["draft"], customers(edited)) == ("oi", [])


def test_a_lost_session_returns_typed_words_to_the_box() -> None:
    state = after(said("oi"), sending(), said("tudo?", "m2"), {"type": "lost"}, session=OPEN)

    assert (state["draft"], state["session"], state["card"]) == ("oi\ntudo?", None, "lost")
    assert customers(state) == []


def test_a_request_for_a_person_moves_to_a_new_conversation_once() -> None:
    gone = [pressed("person"), sending(), {"type": "lost"}]

    assert customers(after(*gone, session=OPEN)) == [("Quero falar com um atendente", "queued")]
    assert customers(after(*gone, sending(), {"type": "lost"}, session=OPEN)) == []


def test_an_answer_to_a_conversation_that_was_left_is_not_shown() -> None:
    state = after(said("oi"), sending(), {"type": "renewed"}, answered(), session=OPEN)

    assert [entry["key"] for entry in state["log"]] == ["welcome"]
    assert state["session"] is None


def test_a_new_conversation_keeps_what_is_in_the_box() -> None:
    state = after({"type": "drafted", "text": "meio"}, {"type": "renewed"}, session=OPEN)

    assert (state["draft"], state["protocol"], state["card"]) == ("meio", "", None)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([{"type": "connected", "online": False}], ["cutOff"]),
        ([said("oi"), {"type": "connected", "online": False}], ["offline"]),
        ([{"type": "connected", "online": False}, {"type": "connected", "online": True}], ["online"]),
        ([{"type": "connected", "online": True}], []),
        ([said("oi"), sending(), {"type": "slowed", "stage": "writing"}], ["writing"]),
        ([{"type": "slowed", "stage": "slow"}], []),
        ([{"type": "copied", "ok": True}], ["copied"]),
        ([{"type": "copied", "ok": False}], ["select"]),
    ],
)
def test_a_screen_reader_is_told_what_changed_and_nothing_else(events: list[State], told: list[str]) -> None:
    assert keys(after(*events)) == told


def test_messages_that_waited_in_the_browser_are_queued_again() -> None:
    waiting = {"id": "m9", "by": "customer", "text": "bati", "mark": "sending", "at": 1}

    state = after(queue=[waiting])

    assert customers(state) == [("bati", "queued")]
    assert not state["asksName"]


def followed(*events: State, seq: int = 9, status: str = "human", whose: str = "a", **more: object) -> State:
    token = f"rt1.{whose}.b"
    return {"type": "followed", "token": token, "feed": {"events": events, "seq": seq, "status": status, **more}}


def told_by(author: str, text: str, seq: int, name: str | None = None) -> State:
    role = "user" if author == "customer" else "assistant"
    return {"seq": seq, "role": role, "author": author, "name": name, "content": text, "timestamp": "2026-11-20T18:00Z"}


WAITING = {**OPEN, "status": "waiting", "seq": 5}
HUMAN = {**OPEN, "status": "human", "seq": 5}


def test_what_a_person_writes_stands_in_the_log_under_their_name() -> None:
    state = after(followed(told_by("human", "Oi!", 6, "Bia"), seq=6), session=HUMAN)

    entry = state["log"][-1]
    assert (entry["by"], entry["name"], entry["text"]) == ("human", "Bia", "Oi!")
    assert (state["session"]["seq"], state["told"]) == (6, [entry])


def test_what_was_shown_and_the_customers_own_words_are_not_shown_again() -> None:
    events = [told_by("human", "Oi!", 5, "Bia"), told_by("customer", "oi", 6), told_by("human", "Sim?", 7, "Bia")]

    state = after(followed(*events, seq=7), followed(*events, seq=7), session=HUMAN)

    assert [entry.get("text") for entry in state["log"]] == [None, "Sim?"]


def test_with_a_person_the_words_of_an_answer_come_from_the_feed_alone() -> None:
    state = after(said("oi"), sending(), answered("Oi!\n\nRecebi.", status="human", seq=7), session=HUMAN)

    assert customers(state) == [("oi", "sent")]
    assert state["log"][-1]["by"] == "customer"
    assert (state["session"]["seq"], state["session"]["late"], state["busy"]) == (5, 7, False)


def test_after_a_hand_back_the_feed_is_read_until_it_has_caught_up() -> None:
    answer = [said("oi"), answered("…", status="bot", seq=7)]
    behind = followed(told_by("human", "Devolvo.", 6, "Bia"), seq=6, status="bot")
    caught_up = followed(told_by("bot", "Vamos lá.", 7), seq=7, status="bot")

    assert after(*answer, behind, session=HUMAN)["session"]["late"] == 7
    state = after(*answer, behind, caught_up, session=HUMAN)
    assert (state["session"]["late"], state["log"][-1]["by"], state["log"][-1]["text"]) == (0, "bot", "Vamos lá.")


def test_the_place_in_the_queue_is_known_and_who_comes_is_announced() -> None:
    waiting = after(followed(seq=5, status="waiting", position=2), session=WAITING)
    joined = after(followed(told_by("human", "Oi!", 7, "Bia"), seq=7), session=WAITING)

    assert waiting["session"]["position"] == 2
    assert [part.get("key") for part in joined["told"]] == ["joined", None]


def test_a_person_who_closes_the_conversation_ends_it_on_the_page() -> None:
    state = after(followed(told_by("human", "Até logo.", 6, "Bia"), seq=6, status="closed"), session=HUMAN)

    assert (state["card"], state["session"], keys(state)) == ("closed", None, [None, "closed"])


def test_a_look_at_a_conversation_that_was_left_or_an_older_one_changes_nothing() -> None:
    foreign = followed(told_by("human", "Oi!", 6), seq=6, whose="x")
    old = followed(seq=4, status="waiting")

    assert after(foreign, old, session=HUMAN)["session"] == HUMAN
    assert after({"type": "renewed"}, foreign, session=HUMAN)["session"] is None


BOT = {**OPEN, "seq": 5}


def test_what_the_desk_says_while_the_assistant_has_the_conversation_is_shown_once() -> None:
    chosen = followed(told_by("bot", "Vamos ver o reboque.", 6), seq=6, status="bot")

    state = after(chosen, said("oi"), answered("Vamos ver o reboque.\n\nOnde?", status="bot", seq=7), session=BOT)

    assert [entry.get("text") for entry in state["log"]] == [None, "Vamos ver o reboque.", "oi"]
    assert (state["session"]["seq"], state["session"]["late"]) == (6, 7)


def test_the_feed_says_the_end_beside_the_status() -> None:
    state = after(followed(seq=9, status="bot", is_final_step=True), session={**OPEN, "seq": 5})

    assert (state["card"], state["session"]["status"]) == ("ended", "ended")


def test_after_the_feed_has_told_an_answer_the_next_one_needs_no_feed() -> None:
    chosen = followed(told_by("bot", "Vamos ver o reboque.", 6), seq=6, status="bot")
    first = [said("oi"), answered("Vamos ver o reboque.\n\nOnde?", status="bot", seq=7)]
    told = followed(told_by("bot", "Onde?", 7), seq=7, status="bot")

    state = after(chosen, *first, told, said("aqui", "m2"), answered("Certo.", "m2", seq=8), session=BOT)

    assert [entry["text"] for entry in state["log"][-3:]] == ["Onde?", "aqui", "Certo."]
    assert state["session"]["seq"] == 8


def test_an_answer_that_tells_the_desks_words_first_is_not_told_again_by_the_feed() -> None:
    glued = [said("oi"), answered("Vamos ver o reboque.\n\nOnde?", status="bot", seq=7)]
    late = followed(told_by("bot", "Vamos ver o reboque.", 6), told_by("bot", "Onde?", 7), seq=7, status="bot")

    state = after(*glued, late, session=BOT)

    assert [entry.get("text") for entry in state["log"]][2:] == ["Vamos ver o reboque.\n\nOnde?"]


def test_a_close_while_the_assistant_has_the_conversation_says_why_and_ends_it() -> None:
    closed = followed(told_by("human", "Resolvido por telefone.", 6, "Bia"), seq=6, status="closed")

    state = after(closed, said("obrigado"), session=BOT)

    assert [entry.get("text") for entry in state["log"]] == [None, "Resolvido por telefone.", "obrigado"]
    assert (state["session"], state["card"]) == (None, "closed")


def test_a_hand_backs_two_voices_are_two_entries_of_the_log() -> None:
    both = followed(told_by("human", "Devolvo.", 6, "Bia"), told_by("bot", "Onde?", 6), seq=6, status="bot")

    entries = after(both, session=HUMAN)["log"][1:]

    assert [entry["by"] for entry in entries] == ["human", "bot"]
    assert len({entry["id"] for entry in entries}) == 2
