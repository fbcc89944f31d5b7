"""Players of told conversations over HTTP, each on the routes that its `via` names, and what every turn showed."""

import json
import uuid
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.authoring.expectation import differences, seen_after
from roteiro.domain.authoring.rehearsal import DeskTurn, Rehearsal, Turn
from roteiro.domain.conversation import Event, Kind
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.presenting import presented
from roteiro.domain.values.periods import year_told
from roteiro.domain.values.told import told
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.publishing import Admin, Plan, change
from roteiro.usecases.rehearsed_deeds import republished
from tests.harness import STAFF, Customer, TestClock

__all__ = ["Play", "Seen", "parsed_stream"]

Seen = dict[str, Any]
ORDER = ["start", "detecting", "intent", "agent_selected", "chunk", "complete"]


class Front:
    """The first seed's chat: a name, then /chat and /chat_ai."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.customer = Customer(client)
        self.customer.open(name)
        self.session = self.customer.session

    def say(self, turn: Turn) -> TestResponse:
        return self.customer.say(turn.say, "/chat_ai" if turn.ai else "/chat")

    def shown(self, answer: TestResponse) -> Seen:
        body: Seen = answer.json or {}
        shown: Seen = {"step": int(answer.headers["Roteiro-Step"]), "status": answer.headers["Roteiro-Status"]}
        if "steps" in body:
            shown |= {"steps": body["steps"], "final": body["is_final_step"] == "True"}
        return shown | {"answer": body["answer"]}


class Message:
    """The second seed's chat in one answer, in a session that the client names."""

    path = "/api/v1/chat/message"

    def __init__(self, client: FlaskClient, pack: str) -> None:
        self.client = client
        self.pack = pack
        self.session = str(uuid.uuid4())

    def say(self, turn: Turn) -> TestResponse:
        body = {"message": turn.say, "session_id": self.session, "pack": self.pack}
        return self.client.post(self.path, json=body)

    def shown(self, answer: TestResponse) -> Seen:
        return shown_in(answer.json or {})


class Stream(Message):
    """The same as server-sent events; the last one carries all that the other answers."""

    path = "/api/v1/chat/stream"

    def shown(self, answer: TestResponse) -> Seen:
        events = parsed_stream(answer.get_data(as_text=True))
        kinds = [event["type"] for event in events]
        complete = events[-1]
        assert list(dict.fromkeys(kinds)) == ORDER
        assert len(kinds) - kinds.count("chunk") == len(ORDER) - 1  # every other one once
        assert "".join(event["content"] for event in events if event["type"] == "chunk") == complete["message"]
        assert events[2]["intent"] == complete["metadata"]["intent_type"]
        assert events[3]["agent_id"] == complete["agent_id"]
        return shown_in(complete)


def parsed_stream(text: str) -> list[Seen]:
    """Return the events of a stream; comments are left out."""
    assert text.endswith("\n\n")
    parts = [part for part in text.split("\n\n") if part and not part.startswith(":")]
    assert all(part.startswith("data: ") and "\n" not in part for part in parts)
    return [json.loads(part.removeprefix("data: ")) for part in parts]


def shown_in(body: Seen) -> Seen:
    """Return what a body of the second seed shows, by the names that tests use."""
    same = ("step", "steps", "status", "owner", "slots", "suggested_actions")
    metadata = body["metadata"]
    return {name: body[name] for name in same} | {
        "intent": metadata["intent_type"],
        "agent": body["agent_id"],
        "requires_input": list(body["requires_input"] or {}),
        "script": body["script_id"],
        "final": body["is_final_step"],
        "answer": body["message"],
        "entities": metadata["entities"],
    }


class Play:
    """A told conversation under way over HTTP; `seen` keeps what every turn showed."""

    def __init__(self, rehearsal: Rehearsal, via: str, client: FlaskClient, clock: type[TestClock], file: Path) -> None:
        self.rehearsal, self.via, self.client, self.clock, self.file = rehearsal, via, client, clock, file
        self.customers: dict[str, Front | Message] = {}
        self.seen: list[Seen] = []
        clock.time = rehearsal.clock
        self.here = self._met(rehearsal.customer)

    def to_the_end(self) -> list[str]:
        """Return the transcript up to the first turn that went otherwise, and how; nothing if none did."""
        transcript: list[str] = []
        for turn in self.rehearsal.turns:
            self.seen.append(self._taken(turn))
            transcript += [f"C: {turn.say or turn.desk}", f"R: {self.seen[-1]}"]
            if wrong := differences(turn.expect, self.seen[-1]):
                return [*transcript, *map(str, wrong)]
        return []

    def trail(self) -> list[tuple[Any, ...]]:
        """Play on whatever is seen, and return where every turn led: script, step, slots, status."""
        self.seen = [self._taken(turn) for turn in self.rehearsal.turns]
        return [tuple(one.get(name) for name in ("script", "step", "slots", "status", "error")) for one in self.seen]

    def _met(self, name: str) -> Front | Message:
        if name not in self.customers:
            self.customers[name] = self._player(name)
        return self.customers[name]

    def _player(self, name: str) -> Front | Message:
        if self.via == "front":
            return Front(self.client, name)
        return (Stream if self.via == "stream" else Message)(self.client, self.rehearsal.pack)

    def _taken(self, turn: Turn) -> Seen:
        self.clock.time += turn.wait
        if turn.desk:
            return {} if turn.is_pause else self._done(turn.desk)
        if turn.say is None:
            return {}
        self.here = self._met(turn.customer or self.rehearsal.customer)
        answer = self.here.say(turn)
        if answer.status_code != 200:
            return {"error": (answer.json or {})["code"]}
        shown = self.here.shown(answer)
        stored = self._stored(shown["answer"])
        assert shown.get("entities", stored["entities"]) == stored["entities"]
        return stored | shown

    def _stored(self, answer: str) -> Seen:
        """Return what the stored event tells beside the answer; a message tells the same entities by itself."""
        with closing(SqliteStore(str(self.file))) as store:
            events = store.load(ConversationId(self.here.session), 500)
            catalogue = PublishedCatalogue(self.rehearsal.pack, store, Kept())
            greeted = (one for one in events if not (one.kind is Kind.MARK and one.covers == one.seq))
            history = sum((one.text is not None) + (one.reply is not None) for one in greeted)
            seen = seen_after(events[-1], answer, presented(events[-1], catalogue), history)
            return seen | {"entities": entities_in(events[-1], catalogue)}

    def _done(self, deed: DeskTurn) -> Seen:
        if deed.action == "publish":
            self._publish(deed)
            return {}
        path = f"/api/v1/desk/conversations/{self.here.session}/{deed.action}"
        answer = self.client.post(path, json=body_of(deed), headers=STAFF)
        body: Seen = answer.json or {}
        if answer.status_code != 200:
            return {"error": body["code"]}
        shown = {"status": body["status"], "owner": body["owner"], "script": body["script_id"], "step": body["step"]}
        return self._stored(body["message"] or "") | shown

    def _publish(self, deed: DeskTurn) -> None:
        script, pack = ScriptId(deed.script or 0), self.rehearsal.pack
        with closing(SqliteStore(str(self.file))) as store:
            catalogue = PublishedCatalogue(pack, store, Kept())
            stored = catalogue.document(script, catalogue.script(script).version)
            admin = Admin(store, Kept(), self.clock(), "ana")
            change(pack, admin, Plan({script: republished(deed, stored["script"])}))


def entities_in(event: Event, catalogue: PublishedCatalogue) -> Seen:
    """Return what the words of an event tell by themselves."""
    year = year_told(event.state.slots.values())
    today = event.at.astimezone(COMPANY_ZONE).date()
    return told(event.text or "", catalogue.pack().lists.get("organs", ()), today, year).as_json()


def body_of(deed: DeskTurn) -> Mapping[str, object]:
    """Return the body of the route that does such a deed."""
    wanted: dict[str, dict[str, object]] = {
        "reply": {"message": deed.message},
        "handback": {"message": deed.message, "step": deed.step},
        "close": {"outcome": deed.outcome},
        "script": {"script_id": deed.script, "step": deed.step},
        "step": {"action": deed.do, "step": deed.step, "message": deed.message},
    }
    return {name: value for name, value in wanted.get(deed.action, {}).items() if value is not None}
