"""The second seed's stream (family B): POST /api/v1/chat/stream, the same turn as /message heard as it goes on.

The words are stored before the first byte leaves: whatever is refused is refused in plain JSON.
"""

import logging
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roteiro.domain.moments import stamp
from roteiro.domain.texts import text
from roteiro.errors import RoteiroError, SessionNotFound
from roteiro.prompting.sentences import cut
from roteiro.usecases.acting import Deeds
from roteiro.usecases.customer import Begun, say_live
from roteiro.usecases.turns import Answer
from roteiro.web.acting import acting
from roteiro.web.answers import Reply, refusal, turn_fields
from roteiro.web.call import Call
from roteiro.web.chat import chat_words, message_body
from roteiro.web.client_sessions import ChatSession, chat_session
from roteiro.web.front import turn_headers
from roteiro.web.house import House
from roteiro.web.sse import CONTENT_TYPE, HEADERS, HEARTBEAT, Frames, frame

__all__ = ["stream"]

log = logging.getLogger("roteiro")

_HEARTBEAT_S = 15.0  # seconds without a word after which a comment shows that somebody is there; documented
_OF_THE_SESSION = ("session_id", "session_token", "protocol_key")
# Existing clients look for these there.
_ALSO_IN_DATA = ("session_id", "agent_id", "agent_name", "confidence", "suggested_actions")


def stream(call: Call, house: House) -> Reply:
    """Answer a message event by event: what was understood, who answers, the text as it comes, the whole turn."""
    began = time.perf_counter()
    session = chat_session(call, house)
    words = chat_words(session, call, house)
    catalogue = house.catalogue(session.pack)
    store, clock, speaker = house.store, house.clock, house.speaker
    with acting(words, call, house) as act:
        begun = say_live(words, store=store, catalogue=catalogue, clock=clock, speaker=speaker, act=act)
    live = _Live(begun, act, session, call, house, began)
    frames = Frames(live.frames(words.locale), live.finish)
    headers = {**HEADERS, **turn_headers(begun.answer)}
    return Reply(frames, 200, headers, CONTENT_TYPE, has_errands=bool(begun.rest or begun.answer.event.outbox))


@dataclass(frozen=True, slots=True)
class _Live:
    """A turn that was begun, and what its events are made of."""

    begun: Begun
    deeds: Deeds
    session: ChatSession
    call: Call
    house: House
    began: float

    def frames(self, locale: str) -> Generator[bytes, None, None]:
        """Give the events in their order; an error takes the place of the last."""
        shown: list[str] = []
        try:
            answer = self.begun.answer
            body = self._body(answer)
            yield from _opening(body, stamp(self.house.clock.now()), locale)
            if self.begun.rest is not None:
                answer = yield from self._heard(self.begun.rest, _told(body, answer), shown)
                body = self._body(answer)
            yield from _rest(body["message"], "".join(shown), is_instead=answer.event.reply is None)
            yield frame("complete", {**body, "data": {name: body[name] for name in _ALSO_IN_DATA}})
            self._note(answer)
        except RoteiroError as error:
            yield from self._refused(error, shown)
        except Exception as error:  # noqa: BLE001 - the edge, once the response has begun: a bug ends it and is logged
            bug = RoteiroError("a bug")
            bug.__cause__ = error
            yield from self._refused(bug, shown)

    def finish(self) -> None:
        """Take the turn to its end if the client has gone before: it is committed all the same."""
        try:
            for _ in self.begun.rest or ():
                pass
        except RoteiroError as error:
            self._undo(error)
            log.warning("a turn whose client had gone failed", extra={"code": error.code})

    def _note(self, answer: Answer) -> None:
        """Log the whole turn: the line of the request was written before its first byte."""
        took = round((time.perf_counter() - self.began) * 1000, 1)
        fields = {"fn": self.house.function, "request_id": self.call.request_id, "total_ms": took}
        log.info("stream ended", extra=fields | turn_fields(turn_headers(answer)))

    def _body(self, answer: Answer) -> dict[str, Any]:
        return message_body(answer, self.session, self.house, self.began)

    def _heard(self, rest: Generator[str, None, Answer], told: str, shown: list[str]) -> Generator[bytes, None, Answer]:
        """Give what people said before, then the model's sentences, and return the answer that was committed."""
        for chunk in cut(told):
            shown.append(chunk)
            yield _chunk(chunk)
        spoke = time.monotonic()
        while True:
            try:
                sentence = next(rest)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            if sentence or time.monotonic() - spoke >= _HEARTBEAT_S:
                shown.append(sentence)
                yield _chunk(sentence) if sentence else HEARTBEAT
                spoke = time.monotonic()

    def _undo(self, error: RoteiroError) -> None:
        if isinstance(error, SessionNotFound):  # the conversation was erased meanwhile
            self.deeds.forget()

    def _refused(self, error: RoteiroError, shown: list[str]) -> Iterator[bytes]:
        """Give an error as the last event; what was shown in a conversation that is erased is taken back before."""
        self._undo(error)
        body = refusal(error, "B", self.call.locale, self.call.request_id).body
        if shown and isinstance(error, SessionNotFound):
            yield frame("replace", {"content": body["message"]})
        yield frame("error", body)


def _opening(body: Mapping[str, Any], now: str, locale: str) -> Iterator[bytes]:
    yield frame("start", {"timestamp": now, **{name: body[name] for name in _OF_THE_SESSION if name in body}})
    yield frame("detecting", {"message": text("detecting", locale)})
    yield frame("intent", {"intent": body["metadata"]["intent_type"], "confidence": body["confidence"]})
    yield frame("agent_selected", {"agent_id": body["agent_id"], "agent_name": body["agent_name"]})


def _told(body: Mapping[str, Any], promise: Answer) -> str:
    """Return what people said since the customer's last turn, with which any answer begins."""
    return str(body["message"]).removesuffix(promise.event.reply or "")


def _rest(whole: str, shown: str, *, is_instead: bool) -> Iterator[bytes]:
    """Give what is left to say; a text that does not begin with what was shown replaces it."""
    if not whole.startswith(shown):
        yield frame("replace", {"content": whole})
    elif is_instead and not shown:
        yield _chunk(whole)
    else:
        yield from map(_chunk, cut(whole[len(shown) :]))


def _chunk(content: str) -> bytes:
    return frame("chunk", {"content": content, "data": {"content": content}})
