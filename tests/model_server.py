"""A small OpenAI-compatible server that does what a test tells it to, and keeps a journal of what it was asked.

A chat that is asked for as a stream is answered as one, whole ones as JSON; the faults are told by `mode`.
"""

import json
import math
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = "Sim, enchente é coberta no plano completo."
_LENGTH = 64  # numbers of a made-up vector


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # five by default: of twenty callers at once some would wait a second to be let in


class ModelServer:
    """Answers /chat/completions and /embeddings as `mode` says; `journal` holds the bodies it was sent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.mode = "answer"
        self.text = ANSWER
        self.vote = '{"script": "none"}'  # the answer when a JSON schema is asked for
        self.means: dict[str, str] = {}  # a text -> another one that it is embedded as
        self.journal: list[dict[str, Any]] = []
        self.meter = 0  # tokens of chats that it has answered
        self.hold = threading.Event()  # set: a held answer may leave
        self.asked = threading.Event()  # set by the first request
        self.between: Callable[[int], bool] = lambda _: True  # before each word that is spoken; False: it breaks off


@contextmanager
def running_model() -> Iterator[ModelServer]:
    """Run the server on a free port of the loopback; it ends with the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    model = ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.daemon_threads = True
    server.model = model  # type: ignore[attr-defined] # the handler has no other way to it
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.hold.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def made_up_vector(text: str) -> list[float]:
    """Return a bag of the text's words: equal words, equal directions."""
    numbers = [0.0] * _LENGTH
    for word in text.lower().split():
        numbers[zlib.crc32(word.strip(".,!?").encode()) % _LENGTH] += 1.0
    return numbers


def completion(text: Any, finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    """Return a chat completion."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def piece(text: str | None = None, finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """Return one piece of a streamed chat completion."""
    choice = {"index": 0, "finish_reason": finish, "delta": {"content": text, **delta}}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def event(data: dict[str, Any]) -> bytes:
    """Return a server-sent event."""
    return f"data: {json.dumps(data)}\n\n".encode()


def usage_of(asked: dict[str, Any], text: str) -> dict[str, int]:
    """Return made-up but plausible counts: four characters a token."""
    told = sum(len(message["content"]) for message in asked["messages"]) // 4
    return {"prompt_tokens": told, "completion_tokens": len(text) // 4 + 1, "total_tokens": told + len(text) // 4 + 1}


def _said(model: ModelServer, asked: dict[str, Any]) -> str:
    if model.mode == "echo":
        return "\n".join(message["content"] for message in asked["messages"])
    return model.vote if "response_format" in asked else model.text


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: dict[str, Any]

    def do_POST(self) -> None:
        model: ModelServer = self.server.model  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked = json.loads(body)
        model.journal.append(self.asked)
        model.asked.set()
        getattr(self, f"_{model.mode}")(model)

    def log_message(self, *_: object) -> None:
        """Say nothing: the journal is the record."""

    def _answer(self, model: ModelServer) -> None:
        if "input" in self.asked:
            self._vectors([made_up_vector(model.means.get(text, text)) for text in self.asked["input"]])
        elif self.asked.get("stream"):
            self._stream_answer(model)
        else:
            self._json(200, {**completion(_said(model, self.asked)), "usage": {"total_tokens": 70}})

    _echo = _answer

    def _stream_answer(self, model: ModelServer) -> None:
        """Say it in pieces of a few letters, then how it ended, then what it cost."""
        text = _said(model, self.asked)
        usage = usage_of(self.asked, text)
        model.meter += usage["total_tokens"]
        pieces = [piece(text[at : at + 7]) for at in range(0, len(text), 7)]
        counted = {**piece(), "choices": [], "usage": usage}
        self._stream([*map(event, [*pieces, piece(finish="stop"), counted]), b"data: [DONE]\n\n"])

    def _spoken(self, model: ModelServer) -> None:
        """Say it word by word, as `between` lets each of them go."""
        text = _said(model, self.asked)
        pieces = [piece(word) for word in re.findall(r"\S+\s*", text)]
        counted = {**piece(), "choices": [], "usage": usage_of(self.asked, text)}
        events = [*map(event, [*pieces, piece(finish="stop"), counted]), b"data: [DONE]\n\n"]
        self._send(200, b"", {"Content-Type": "text/event-stream", "Content-Length": str(sum(map(len, events)))})
        for number, one in enumerate(events):
            if not model.between(number):
                self.close_connection = True
                return
            self.wfile.write(one)

    def _held(self, model: ModelServer) -> None:
        model.hold.wait(timeout=10)
        self._answer(model)

    def _short(self, _: ModelServer) -> None:
        """Vectors of another length than before."""
        self._vectors([[1.0, 2.0] for _ in self.asked["input"]])

    def _nan(self, _: ModelServer) -> None:
        self._vectors([[math.nan] * _LENGTH for _ in self.asked["input"]])

    def _zero(self, _: ModelServer) -> None:
        self._vectors([[0.0] * _LENGTH for _ in self.asked["input"]])

    def _huge(self, _: ModelServer) -> None:
        self._vectors([[1e999] * _LENGTH for _ in self.asked["input"]])

    def _too_few(self, _: ModelServer) -> None:
        self._vectors([])

    def _words(self, _: ModelServer) -> None:
        self._vectors([["a"] * _LENGTH for _ in self.asked["input"]])

    def _vectors(self, vectors: list[list[Any]]) -> None:
        rows = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
        self._json(200, {"object": "list", "data": rows[::-1], "usage": {"total_tokens": 7}})

    def _error(self, _: ModelServer) -> None:
        self._json(500, {"error": {"message": "broken"}})

    def _throttled(self, _: ModelServer) -> None:
        self._json(429, {"error": {"message": "slow down"}}, {"Retry-After": "60"})

    def _html(self, _: ModelServer) -> None:
        self._send(200, b"<html>gateway</html>", {"Content-Type": "text/html"})

    def _garbage(self, _: ModelServer) -> None:
        self._stream([event(piece("Sim")), b'data: {"choices": [\n\n'])

    def _empty(self, _: ModelServer) -> None:
        self._stream([event({**piece(), "choices": []}), b"data: [DONE]\n\n"])

    def _unfinished(self, _: ModelServer) -> None:
        """End the stream as if all was said, without a word on why it ended."""
        self._stream([event(piece("Sim, e")), b"data: [DONE]\n\n"])

    def _whole(self, _: ModelServer) -> None:
        """Answer as a server that does not stream."""
        self._json(200, completion(ANSWER))

    def _long(self, _: ModelServer) -> None:
        self._stream([event(piece("Sim, e")), event(piece(finish="length")), b"data: [DONE]\n\n"])

    def _tool(self, _: ModelServer) -> None:
        calls = [{"index": 0, "id": "t", "type": "function", "function": {"name": "cancel", "arguments": "{}"}}]
        self._stream([event(piece(tool_calls=calls)), event(piece(finish="tool_calls"))])

    def _oversize(self, _: ModelServer) -> None:
        self._stream([event(piece("a" * 400_000)), event(piece(finish="stop"))])

    def _cut(self, _: ModelServer) -> None:
        self._send(200, event(piece("Sim, e")), {"Content-Type": "text/event-stream", "Content-Length": "5000"})
        self.close_connection = True

    def _drip(self, model: ModelServer) -> None:
        """Send a byte now and then: each read is quick, the first token never comes."""
        self._drop(model, b" ")

    def _drip_stream(self, model: ModelServer) -> None:
        """Send a letter now and then: each read brings a token, the answer never ends."""
        self._drop(model, event(piece("a")))

    def _drop(self, model: ModelServer, drop: bytes) -> None:
        self._send(200, b"", {"Content-Type": "text/event-stream", "Content-Length": "500000"})
        while not model.hold.wait(timeout=0.1):
            try:
                self.wfile.write(drop)
            except OSError:
                return

    def _hang(self, model: ModelServer) -> None:
        model.hold.wait(timeout=10)
        self.close_connection = True

    def _stream(self, events: list[bytes]) -> None:
        self._send(200, b"".join(events), {"Content-Type": "text/event-stream"})

    def _json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
