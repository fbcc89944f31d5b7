"""Sentence vectors from an OpenAI-compatible `/embeddings`: whole, finite and all of one length, or nothing at all."""

import json
from array import array
from collections.abc import Callable, Sequence
from math import hypot, isfinite
from typing import TYPE_CHECKING

from roteiro.errors import ModelUnavailable
from roteiro.models.completions import tokens_used
from roteiro.models.deadlines import Workers
from roteiro.ports import Embedded, Vector

if TYPE_CHECKING:
    from roteiro.models.openai import Endpoint

__all__ = ["OpenAIEmbedder"]

_LARGEST_BODY = 16_000_000  # bytes; 64 vectors of 3,072 numbers written out take some 4 MB


class OpenAIEmbedder:
    """An Embedder; `make` gives the endpoint and runs inside the deadline: it imports the vendor's client, a second.

    So the first call of a cold instance may come too late: the turn goes on without, and the next one finds it ready.
    """

    def __init__(self, name: str, make: "Callable[[], Endpoint]", deadline_s: float) -> None:
        self.name = name
        self._make = make
        self._deadline_s = deadline_s
        self._workers = Workers("embedder")

    def embed(self, texts: Sequence[str], within: float | None = None) -> Embedded:
        """Return a vector per text, in order; raises ModelUnavailable within `within` seconds, or the turn's share."""
        return self._workers.run(lambda end: self._call(texts, end), within or self._deadline_s)

    def _call(self, texts: Sequence[str], end: float) -> Embedded:
        body = self._make().fetch(
            lambda client: client.embeddings.with_streaming_response.create(
                model=self.name, input=list(texts), encoding_format="float"
            ),
            end,
            _LARGEST_BODY,
        )
        return _embedded(body, len(texts))


def _embedded(body: bytes, wanted: int) -> Embedded:
    try:
        reply = json.loads(body)
        rows = sorted(reply["data"], key=lambda row: int(row["index"]))
        vectors = tuple(_unit([float(number) for number in row["embedding"]]) for row in rows)
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise ModelUnavailable("the reply holds no vectors", reason="error") from error
    if len(vectors) != wanted or len({len(vector) for vector in vectors}) > 1:
        raise ModelUnavailable(f"{wanted} vectors of one length were expected, {len(vectors)} came", reason="error")
    return Embedded(vectors, tokens_used(reply))


def _unit(numbers: Sequence[float]) -> Vector:
    """Return a vector of length 1; ValueError for one that is empty, zero or not finite."""
    length = hypot(*numbers)
    if not length or not isfinite(length):
        raise ValueError("a vector without a direction")
    return array("f", (number / length for number in numbers))
