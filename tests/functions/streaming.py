"""A strict reader of streams, as the two known clients read them, and a pack whose steps a model may word."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from flask.testing import FlaskClient

from roteiro.domain.ids import ScriptId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.published import Kept
from roteiro.usecases.publishing import Admin, Plan, change
from roteiro.wiring import SystemClock

PACK = "balcao"
PATH = "/api/v1/chat/stream"
STEP = "Sinto muito pelo acidente. Quando foi?"
WORDED = "Puxa, que susto com o acidente! Estou aqui para ajudar. Quando foi?"
SENTENCES = ["Puxa, que susto com o acidente! ", "Estou aqui para ajudar. ", "Quando foi?"]
SCRIPT = {
    "problem": {"id": 101, "description": "Sinistro: o cliente sofreu um acidente e quer saber de cobertura."},
    "script": [{"step": 1, "message": STEP, "llm": "assist"}, {"step": 2, "message": "Anotado. E onde foi?"}],
    "match": {"examples": ["bati o carro", "sofri um acidente", "tive uma batida"]},
    "knowledge": [{"q": "Cobre enchente?", "a": "A enchente é coberta no plano completo."}],
}
ORDER = ["start", "detecting", "intent", "agent_selected"]


def publish(database: Path) -> None:
    """Write the pack into a database."""
    store = SqliteStore(str(database))
    change(PACK, Admin(store, Kept(), SystemClock(), "tests"), Plan({ScriptId(101): SCRIPT}))
    store.close()


def read(raw: bytes) -> list[dict[str, Any]]:
    """Return the events of a stream; whatever a known client could trip over is an error."""
    *frames, rest = raw.split(b"\n\n")
    assert rest == b"", "the stream does not end with a blank line"
    told = [one for one in frames if one != b": ok"]
    assert all(one.startswith(b'data: {"type":"') and b"\n" not in one for one in told), told
    return [json.loads(one.removeprefix(b"data: ")) for one in told]


def text_of(events: list[dict[str, Any]]) -> str:
    """Return what a page shows at the end, joined as the known client does it: with a space where none is."""
    shown = ""
    for event in events:
        if event["type"] == "chunk":
            assert event["data"] == {"content": event["content"]}
            assert event["content"].strip(), "a chunk of blanks alone"
            assert not shown or shown[-1].isspace(), f"cut in a word: {shown!r} and {event['content']!r}"
            shown += event["content"]
        if event["type"] == "replace":
            shown = event["content"]
    return shown


class Listener:
    """A client of the stream, who keeps the session that the first one names."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.session = ""

    def open(self, message: str, **more: Any) -> Iterator[bytes]:
        """Say something; give the writes one by one, as they leave."""
        body = {"message": message, **({"session_id": self.session} if self.session else {}), **more}
        answer = self.client.post(PATH, json=body)
        assert answer.status_code == 200, answer.get_data()
        return iter(cast("Iterable[bytes]", answer.response))

    def hear(self, message: str, **more: Any) -> list[dict[str, Any]]:
        """Say something and hear the answer to its end."""
        events = read(b"".join(self.open(message, **more)))
        assert [event["type"] for event in events[:4]] == ORDER
        self.session = events[0]["session_id"]
        return events
