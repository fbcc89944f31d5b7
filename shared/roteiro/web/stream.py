"""The second seed's stream (family B): POST /api/v1/chat/stream, the same turn as /message heard as it goes on.

The words are stored before the first byte leaves, so that whatever is refused is refused in plain JSON; but for a turn
whose deed takes long, such as reading many contracts: that it was begun is heard first.
"""

import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from roteiro.domain.acting import TakesLonger
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
from roteiro.web.chat import chat_headers, chat_words, message_body, session_keys
from roteiro.web.client_sessions import ChatSession, chat_session
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
    with acting(words, call, house) as deeds:
        turn = partial(
            say_live,
            words,
            store=house.store,
            catalogue=catalogue,
            clock=house.clock,
            speaker=house.speaker,
            act=deeds,
        )
        begun = _begun_soon(turn, deeds)
    live = _Live(turn, begun, deeds, session, call, house, began)
    frames = Frames(live.frames(words.locale), live.finish)
    headers = {**HEADERS, **(chat_headers(begun.answer) if begun else {})}
    has_errands = begun is None or bool(begun.rest or begun.answer.event.outbox)
    return Reply(frames, 200, headers, CONTENT_TYPE, has_errands=has_errands)


def _begun_soon(turn: Callable[[], Begun], deeds: Deeds) -> Begun | None:
    """Begin a turn unless its deed takes long: then somebody must hear first that it was begun."""
    try:
        with deeds.hurried():
            return turn()
    except TakesLonger:
        return None


@contextmanager
def _caught(failures: list[RoteiroError]) -> Iterator[None]:
    """Note what goes wrong once the response has begun; a bug too, because nobody else would hear of it."""
    try:
        yield
    except RoteiroError as error:
        failures.append(error)
    except Exception as error:  # noqa: BLE001 - the edge of a stream: a bug ends it and is logged
        bug = RoteiroError("a bug")
        bug.__cause__ = error
        failures.append(bug)


@dataclass(slots=True)
class _Live:
    """A turn that was begun, or that takes long and is begun behind the first events, and what they are made of."""

    turn: Callable[[], Begun]
    begun: Begun | None
    deeds: Deeds
    session: ChatSession
    call: Call
    house: House
    began: float
    was_tried: bool = False

    def frames(self, locale: str) -> Generator[bytes, None, None]:
        """Give the events in their order; an error takes the place of the last."""
        shown: list[str] = []
        failures: list[RoteiroError] = []
        with _caught(failures):
            begun, body = yield from self._begin(locale)
            answer = begun.answer
            if begun.rest is not None:
                answer = yield from self._heard(begun.rest, _told(body, answer), shown)
                body = self._body(answer)
            yield from _rest(body["message"], "".join(shown), is_instead=answer.event.reply is None)
            yield frame("complete", {**body, "data": {name: body[name] for name in _ALSO_IN_DATA}})
            self._note(answer)
        for error in failures:
            yield from self._refused(error, shown)

    def finish(self) -> None:
        """Take the turn to its end if the client has gone before: it is committed all the same."""
        failures: list[RoteiroError] = []
        with _caught(failures):
            begun = self._take() if self.begun is None and not self.was_tried else self.begun
            for _ in (begun and begun.rest) or ():
                pass
        for error in failures:
            self._undo(error)
            log.warning("a turn whose client had gone failed", extra={"code": error.code}, exc_info=error)

    def _take(self) -> Begun:
        """Take a turn that was put off, once: what it raises is the answer to the words."""
        self.was_tried = True
        self.begun = self.turn()
        return self.begun

    def _note(self, answer: Answer) -> None:
        """Log the whole turn: the line of the request was written before its first byte."""
        took = round((time.perf_counter() - self.began) * 1000, 1)
        fields = {"fn": self.house.function, "request_id": self.call.request_id, "total_ms": took}
        log.info("stream ended", extra=fields | turn_fields(chat_headers(answer)))

    def _body(self, answer: Answer) -> dict[str, Any]:
        return message_body(answer, self.session, self.house, self.began)

    def _begin(self, locale: str) -> Generator[bytes, None, tuple[Begun, dict[str, Any]]]:
        """Give the events before the text, and return the turn with its body; a turn that takes long begins here."""
        begun = self.begun
        body = self._body(begun.answer) if begun else session_keys(self.session, self.house)
        of_session = {name: body[name] for name in _OF_THE_SESSION if name in body}
        yield frame("start", {"timestamp": stamp(self.house.clock.now()), **of_session})
        yield frame("detecting", {"message": text("detecting", locale)})
        if begun is None:
            begun = self._take()
            body = self._body(begun.answer)
        yield frame("intent", {"intent": body["metadata"]["intent_type"], "confidence": body["confidence"]})
        yield frame("agent_selected", {"agent_id": body["agent_id"], "agent_name": body["agent_name"]})
        return begun, body

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
        if isinstance(error, SessionNotFound):  # the conversation was erased meanwhile, or is another customer's by now
            self.deeds.withdraw()

    def _refused(self, error: RoteiroError, shown: list[str]) -> Iterator[bytes]:
        """Give an error as the last event; what was shown in a conversation that is erased is taken back before."""
        self._undo(error)
        body = refusal(error, "B", self.call.locale, self.call.request_id).body
        if shown and isinstance(error, SessionNotFound):
            yield frame("replace", {"content": body["message"]})
        yield frame("error", body)


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
