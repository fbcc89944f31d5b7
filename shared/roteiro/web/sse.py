"""Server-sent events as existing clients read them: frames split at blank lines, `data: ` and one line of JSON."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

__all__ = ["CONTENT_TYPE", "HEADERS", "HEARTBEAT", "Frames", "frame"]

CONTENT_TYPE = "text/event-stream; charset=utf-8"
HEADERS: Mapping[str, str] = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
HEARTBEAT = b": ok\n\n"  # a comment: proxies see that somebody is there, clients pass over it


def frame(kind: str, fields: Mapping[str, Any]) -> bytes:
    r"""Return one event; its type comes first.

    >>> frame("chunk", {"content": "Olá\n"}).decode()
    'data: {"type":"chunk","content":"Olá\\n"}\n\n'
    """
    line = json.dumps({"type": kind, **fields}, ensure_ascii=False, separators=(",", ":"))
    return f"data: {line}\n\n".encode()


class Frames:
    """The body of a stream. The server closes it, read to its end or not; what is left to do is done then."""

    def __init__(self, frames: Generator[bytes, None, None], finish: Callable[[], object]) -> None:
        self._frames = frames
        self._finish = finish

    def __iter__(self) -> Iterator[bytes]:
        """Return the events, one a write."""
        return self._frames

    def close(self) -> None:
        """Say nothing more, and finish."""
        self._frames.close()
        self._finish()
