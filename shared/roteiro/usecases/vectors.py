"""The second tier's part of publishing: fetch the vectors of a catalogue's texts, teach from them, keep the result."""

import logging
from collections.abc import Sequence
from typing import NamedTuple

from roteiro.errors import ModelUnavailable
from roteiro.matching.entries import Entry
from roteiro.matching.fitting import fit_fusion, texts_to_embed
from roteiro.matching.index import read_index
from roteiro.ports import Embedder, Progress, Shelf, Vector
from roteiro.prompting.masking import mask
from roteiro.usecases.parts import has_parts, read_parts, write_parts

__all__ = ["Taught", "write_vectors"]

_BATCH = 64  # texts of one call; what hosted endpoints and small servers alike answer within seconds
_PATIENCE_S = 20.0  # seconds for one batch: an admin waits, no customer does
_FETCHING = 0.5  # share of the progress bar that fetching takes
_log = logging.getLogger("roteiro.vectors")


class Taught(NamedTuple):
    """The name of an index on the shelf, and what it was compiled from."""

    name: str
    entries: Sequence[Entry]
    background: Sequence[str]


def write_vectors(taught: Taught, name: str, embedder: Embedder, shelf: Shelf, progress: Progress) -> bool:
    """Write `vectors:<name>`, unless it is there; False, with a warning in the log, if vectors cannot be had."""
    if has_parts(f"vectors:{name}", shelf):
        return True
    texts = texts_to_embed(taught.entries, taught.background)
    try:
        vectors = _fetched(texts, embedder, progress)
    except ModelUnavailable as error:
        _log.warning("published without sentence vectors, words and letters alone will match: %s", error)
        return False
    temperature = read_index(read_parts(f"index:{taught.name}", shelf)).calibration.temperature
    fused = fit_fusion(
        taught.entries,
        taught.background,
        dict(zip(texts, vectors, strict=True)),
        temperature,
        lambda share: progress(_FETCHING + (1 - _FETCHING) * share),
    )
    write_parts(f"vectors:{name}", fused, shelf)
    return True


def _fetched(texts: Sequence[str], embedder: Embedder, progress: Progress) -> list[Vector]:
    vectors: list[Vector] = []
    for start in range(0, len(texts), _BATCH):
        vectors += embedder.embed([mask(text) for text in texts[start : start + _BATCH]], within=_PATIENCE_S).vectors
        progress(_FETCHING * len(vectors) / len(texts))
    if len({len(vector) for vector in vectors}) > 1:
        raise ModelUnavailable("vectors of different lengths came", reason="error")
    return vectors
