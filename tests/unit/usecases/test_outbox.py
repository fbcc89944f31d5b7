import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from roteiro.domain.conversation import Event, Outgoing
from roteiro.domain.faults import OwnFault
from roteiro.domain.ids import ScriptId
from roteiro.errors import NotFound
from roteiro.ports import Delivered, Letter
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.deadletters import list_dead, send_again
from roteiro.usecases.hookcheck import hook_faults, with_hooks
from roteiro.usecases.outbox import PENDING, Office, announce, deliver_due, delivery_id
from roteiro.usecases.records import erase
from tests.factories import an_event
from tests.harness import TestClock

HOOK: dict[str, Any] = {
    "url": "https://crm.example.com/hook",
    "secret_ref": "CRM",
    "timeout_s": 5,
    "retries": 6,
    "on_failure": "queue",
}
BODY = {"protocol": "20261121-4839201-75", "script_id": 105, "version": 3, "slots": {}, "resolution": "resolved"}
DELAYS = [30, 300, 1800, 7200, 28800, 86400]


@dataclass
class FakeSender:
    """Answers as it is told, the last answer for ever, and remembers what it sent."""

    outcomes: list[Delivered] = field(default_factory=lambda: [Delivered(200)])
    letters: list[Letter] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def check(self, url: str, secret: str) -> list[OwnFault]:
        faults = [OwnFault("hook_secret", found=secret)] if secret != "CRM" else []
        return [*faults, OwnFault("hook_host", found="evil")] if "evil" in url else faults

    def send(self, letter: Letter, at: datetime) -> Delivered:
        self.letters.append(letter)
        self.times.append(at)
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]


class Desk:
    """An office with a store in memory, a clock to move and a sender that obeys."""

    def __init__(self, *outcomes: Delivered, chance: float = 0.5) -> None:
        class Clock(TestClock):
            pass

        self.clock = Clock()
        self.store = SqliteStore(":memory:")
        self.sender = FakeSender(list(outcomes) or [Delivered(200)])
        self.office = Office(self.store, self.store, lambda: self.sender, self.clock, lambda: chance)

    def finish(self, *, stored: bool = True, count: int = 1, seq: int = 0, **hook: Any) -> Event:
        """Announce and store an event that tells others of a completed script."""
        outgoing = Outgoing("script.completed", HOOK | hook, BODY)
        event = an_event(seq, at=self.clock.now(), outbox=(outgoing,) * count, write_id=f"write-{seq}")
        announce(event, self.store, self.clock)
        if stored:
            self.store.append(event)
        return event

    def deliver(self, most: int = 10) -> list[str]:
        return [one.verdict for one in deliver_due(self.office, most)]

    def pass_time(self, **time: float) -> None:
        self.clock.sleep(timedelta(**time).total_seconds())

    def pending(self) -> list[Mapping[str, Any]]:
        return list(self.store.scan(PENDING))

    def dead(self) -> list[Mapping[str, Any]]:
        return list(list_dead("", 50, shelf=self.store)[0])


def test_what_an_event_sends_is_delivered_once_and_forgotten() -> None:
    desk = Desk()
    desk.finish()

    assert desk.deliver() == ["sent"]
    assert desk.deliver() == []

    assert (len(desk.sender.letters), desk.pending(), desk.dead()) == (1, [], [])


def test_the_letter_holds_the_body_the_id_the_seat_and_the_events_time() -> None:
    desk = Desk()
    event = desk.finish(seq=7)
    desk.pass_time(hours=1)

    desk.deliver()

    (letter,) = desk.sender.letters
    told = {"type": "script.completed", "id": letter.id, "timestamp": "2026-11-20T18:00:00.000Z", "seq": 7}
    assert json.loads(letter.body) == BODY | told
    assert (letter.url, letter.secret, letter.timeout_s) == ("https://crm.example.com/hook", "CRM", 5)
    assert letter.id == delivery_id(event, 0)
    assert event.conversation not in letter.id + letter.body.decode()


def test_an_event_that_sends_nothing_announces_nothing() -> None:
    desk = Desk()
    desk.finish(count=0)

    assert desk.pending() == []


def test_an_effect_without_an_address_stays_in_the_event() -> None:
    desk = Desk()
    announce(an_event(outbox=(Outgoing("cancellation_requested", {}, {}),)), desk.store, desk.clock)

    assert desk.pending() == []


def test_two_effects_of_one_event_have_ids_of_their_own() -> None:
    desk = Desk()
    desk.finish(count=2)

    assert desk.deliver() == ["sent", "sent"]

    assert len({letter.id for letter in desk.sender.letters}) == 2


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_the_tries_come_when_they_are_due_and_the_seventh_is_the_last(chance: float, share: float) -> None:
    desk = Desk(Delivered(500), chance=chance)
    desk.finish()
    verdicts = desk.deliver()

    for delay in DELAYS:
        desk.pass_time(seconds=delay * share - 0.01)
        assert desk.deliver() == []
        desk.pass_time(seconds=0.01)
        verdicts += desk.deliver()

    gaps = [later - earlier for earlier, later in zip(desk.sender.times, desk.sender.times[1:], strict=False)]
    assert verdicts == ["later"] * 6 + ["dead"]
    assert [gap.total_seconds() for gap in gaps] == pytest.approx([delay * share for delay in DELAYS], abs=0.002)
    assert len({(letter.id, letter.body) for letter in desk.sender.letters}) == 1


@pytest.mark.parametrize("retries", range(7))
def test_a_script_may_ask_for_fewer_tries(retries: int) -> None:
    desk = Desk(Delivered(0, "timeout"))
    desk.finish(retries=retries)

    for _ in range(10):
        desk.deliver()
        desk.pass_time(days=2)

    assert len(desk.sender.letters) == retries + 1
    assert [(dead["tries"], dead["reason"]) for dead in desk.dead()] == [(retries + 1, "timeout")]


@pytest.mark.parametrize("status", [300, 302, 408, 425, 429, 500, 502, 503, 0])
def test_what_may_pass_is_tried_again(status: int) -> None:
    desk = Desk(Delivered(status), Delivered(204))
    desk.finish()

    verdicts = desk.deliver()
    desk.pass_time(seconds=36)

    assert verdicts + desk.deliver() == ["later", "sent"]
    assert desk.dead() == []


@pytest.mark.parametrize("outcome", [*map(Delivered, (400, 401, 404, 422)), Delivered(0, "hook_address", True)])  # noqa: FBT003 - a value
def test_what_will_never_pass_is_dead_at_once(outcome: Delivered) -> None:
    desk = Desk(outcome)
    desk.finish()

    assert desk.deliver() == ["dead"]

    (dead,) = desk.dead()
    assert (dead["status"], dead["reason"], dead["tries"]) == (outcome.status, outcome.reason, 1)
    assert (dead["script_id"], dead["protocol"], dead["type"]) == (105, "20261121-4839201-75", "script.completed")
    assert desk.pending() == []


def test_a_script_that_does_not_care_leaves_no_dead_letter() -> None:
    desk = Desk(Delivered(404))
    desk.finish(on_failure="ignore")

    assert desk.deliver() == ["dead"]
    assert (desk.dead(), desk.pending()) == ([], [])


def test_a_receiver_that_is_gone_for_ever_is_never_asked_again() -> None:
    desk = Desk(Delivered(410))
    desk.finish(seq=0)
    desk.finish(seq=1)
    desk.finish(seq=2, url="https://crm.example.com/other")

    assert sorted(desk.deliver()) == ["dead", "off", "off"]

    assert [letter.url for letter in desk.sender.letters].count(HOOK["url"]) == 1
    assert sorted(dead["reason"] for dead in desk.dead()) == ["", "", "off"]


def test_the_event_that_lost_its_seat_sends_nothing() -> None:
    desk = Desk()
    desk.finish(stored=False)
    desk.store.append(an_event(0, write_id="the winner's"))

    assert desk.deliver() == []
    desk.pass_time(seconds=60)

    assert desk.deliver() == ["dropped"]
    assert (desk.sender.letters, desk.pending()) == ([], [])


def test_an_announcement_waits_for_its_event() -> None:
    desk = Desk()
    event = desk.finish(stored=False)
    assert desk.deliver() == []

    desk.store.append(event)

    assert desk.deliver() == ["sent"]


def test_two_who_compete_for_one_seat_each_announce_their_own() -> None:
    desk = Desk()
    loser = desk.finish(stored=False)
    winner = replace(loser, write_id="winner")
    announce(winner, desk.store, desk.clock)
    desk.store.append(winner)

    assert desk.deliver() == ["sent"]


def test_an_erased_conversation_sends_nothing_any_more() -> None:
    desk = Desk(Delivered(500))
    event = desk.finish()
    desk.deliver()

    erase(event.conversation, store=desk.store, shelf=desk.store, clock=desk.clock)
    desk.pass_time(minutes=2)

    assert (desk.pending(), desk.deliver()) == ([], [])
    assert len(desk.sender.letters) == 1


def test_a_letter_whose_event_is_gone_is_dropped() -> None:
    desk = Desk(Delivered(500))
    event = desk.finish()
    desk.deliver()

    desk.store.erase(event.conversation, event.seq + 1)
    desk.pass_time(minutes=2)

    assert desk.deliver() == ["dropped"]
    assert len(desk.sender.letters) == 1


def test_who_dies_after_sending_leaves_it_to_the_next_one_after_the_lease() -> None:
    desk = Desk()
    desk.finish()

    def die(letter: Letter, at: datetime) -> Delivered:
        FakeSender.send(desk.sender, letter, at)
        raise KeyboardInterrupt

    desk.sender.send = die  # type: ignore[method-assign] # this one dies after sending
    with pytest.raises(KeyboardInterrupt):
        desk.deliver()
    del desk.sender.send  # the next one does not

    assert desk.deliver() == []
    desk.pass_time(seconds=35)
    assert desk.deliver() == ["sent"]
    assert len({letter.id for letter in desk.sender.letters}) == 1
    assert len(desk.sender.letters) == 2


def test_what_one_process_sends_another_leaves_alone() -> None:
    desk = Desk()
    desk.finish()
    seen: list[list[str]] = []

    def meanwhile(letter: Letter, at: datetime) -> Delivered:
        seen.append(desk.deliver())
        return Delivered(200)

    desk.sender.send = meanwhile  # type: ignore[method-assign] # while it sends, somebody else looks

    assert desk.deliver() == ["sent"]
    assert seen == [[]]


def test_of_much_that_is_due_a_round_takes_the_oldest_few() -> None:
    desk = Desk()
    events = []
    for seq in range(5):
        events.append(desk.finish(seq=seq))
        desk.pass_time(seconds=1)

    assert desk.deliver(most=2) == ["sent", "sent"]

    assert [letter.id for letter in desk.sender.letters] == [delivery_id(event, 0) for event in events[:2]]
    assert len(desk.pending()) == 3


def test_a_round_begins_no_further_letter_when_its_time_is_over() -> None:
    desk = Desk()
    for seq in range(3):
        desk.finish(seq=seq)

    def slowly(letter: Letter, at: datetime) -> Delivered:
        desk.pass_time(seconds=0.3)
        return Delivered(200)

    desk.sender.send = slowly  # type: ignore[method-assign] # one that takes its time

    assert len(deliver_due(desk.office, 10, timedelta(seconds=0.2))) == 1


def test_a_dead_letter_that_is_sent_again_has_all_its_tries_and_its_old_id() -> None:
    desk = Desk(Delivered(404), Delivered(500), Delivered(200))
    desk.finish()
    desk.deliver()
    (dead,) = desk.dead()

    send_again(dead["id"], store=desk.store, shelf=desk.store, clock=desk.clock)

    assert desk.dead() == []
    assert desk.deliver() == ["later"]
    desk.pass_time(seconds=36)
    assert desk.deliver() == ["sent"]
    assert len({letter.id for letter in desk.sender.letters}) == 1


def test_sending_again_switches_the_address_on_again() -> None:
    desk = Desk(Delivered(410), Delivered(200))
    desk.finish()
    desk.deliver()

    send_again(desk.dead()[0]["id"], store=desk.store, shelf=desk.store, clock=desk.clock)

    assert desk.deliver() == ["sent"]
    desk.finish(seq=1)
    assert desk.deliver() == ["sent"]


def test_there_is_nothing_to_send_again_without_the_letter_or_its_words() -> None:
    desk = Desk(Delivered(404))
    event = desk.finish()
    desk.deliver()
    desk.store.erase(event.conversation, event.seq + 1)

    for letter in (desk.dead()[0]["id"], "wh_unknown"):
        with pytest.raises(NotFound):
            send_again(letter, store=desk.store, shelf=desk.store, clock=desk.clock)

    assert desk.dead() == []


def test_dead_letters_are_listed_page_by_page() -> None:
    desk = Desk(Delivered(404))
    for seq in range(5):
        desk.finish(seq=seq)
    desk.deliver()

    first, cursor = list_dead("", 3, shelf=desk.store)
    second, end = list_dead(cursor or "", 3, shelf=desk.store)

    assert (len(first), len(second), end) == (3, 2, None)
    assert len({letter["id"] for letter in [*first, *second]}) == 5


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (None, []),
        ({"url": "https://crm.example.com/", "secret_ref": "CRM"}, []),
        ({"url": "https://crm.example.com/", "secret_ref": "ERP"}, [("completion.action.secret_ref", "hook_secret")]),
        ({"url": "https://evil/", "secret_ref": "CRM"}, [("completion.action.url", "hook_host")]),
        (
            {"url": "https://evil/", "secret_ref": "ERP"},
            [("completion.action.secret_ref", "hook_secret"), ("completion.action.url", "hook_host")],
        ),
    ],
)
def test_a_hook_that_could_never_work_is_found_before_publishing(action: object, found: list[tuple[str, str]]) -> None:
    faults = hook_faults({"completion": {"action": action}}, FakeSender)

    assert [(fault.path, fault.code) for fault in faults] == found


def test_a_script_without_completion_has_no_hook_to_check() -> None:
    assert hook_faults({}, FakeSender) == []


def test_the_gate_refuses_a_hook_beside_what_lint_refuses() -> None:
    by_lint = {"code": "unreachable", "script": 1, "path": "script.2", "facts": {}}
    document = {"completion": {"action": {"url": "https://crm.example.com/", "secret_ref": "ERP"}}}

    found = with_hooks(lambda *_: [by_lint], FakeSender)({ScriptId(7): document, ScriptId(8): {}}, Mock())

    by_us = {"code": "hook_secret", "script": 7, "path": "completion.action.secret_ref", "facts": {"found": "ERP"}}
    assert found == [by_lint, by_us]


def test_a_moment_of_a_try_is_the_clocks() -> None:
    desk = Desk()
    desk.finish()

    desk.deliver()

    assert desk.sender.times == [datetime(2026, 11, 20, 18, 0, tzinfo=UTC)]
