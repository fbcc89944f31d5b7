"""What bounds an answer that was given: "só acima de 500 mil", "e abaixo de 1 milhão?", "sem limite de valor"."""

from dataclasses import replace

from roteiro.domain.acting import BOUNDS, BOUNDS_BEFORE, BY_WORDS, LOOKUP
from roteiro.domain.contracts.narrowing import frees, only_bounds
from roteiro.domain.turn.demands import matched
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.stepping import told_again
from roteiro.domain.turn.verdict import Verdict

__all__ = ["bounded"]

_BOUNDED = BY_WORDS | {f"{LOOKUP}analysis"}  # what these tell goes by the amounts in the words


def bounded(heard: Heard) -> Verdict | None:
    """Tell what has just been told once more, within the amounts that words name; organ and period stay."""
    if heard.state.script is None or not only_bounds(heard.words):
        return None
    if heard.reading.filled or heard.reading.changed or not _BOUNDED & {step.action for step in heard.script.steps}:
        return None
    if matched(heard, besides=heard.script.id) and not frees(heard.words):
        return None
    known = heard.state.sources
    before = {BOUNDS_BEFORE: known[BOUNDS]} if BOUNDS in known else {}  # to which "e abaixo de 1 milhão?" adds
    return told_again(heard, replace(heard.state, sources={**known, **before, BOUNDS: heard.occasion.seq}))
