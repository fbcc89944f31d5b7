"""How well scripts are found by examples that the matcher did not learn from, before and after a change."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from roteiro.matching.background import BACKGROUND
from roteiro.matching.report import report_on
from roteiro.usecases.candidate import Candidate
from roteiro.usecases.published import PublishedCatalogue

__all__ = ["HeldOut", "Shares", "held_out"]

Shares = Mapping[int, tuple[int, int]]  # script -> (right, all) of its held-out examples


class HeldOut(NamedTuple):
    """The same folds and the same chance on both sides, so only the change differs; empty if nothing is rerouted."""

    before: Shares
    after: Shares


def held_out(candidate: Candidate) -> HeldOut:
    """Measure both sides of a change."""
    if not candidate.is_rerouting:
        return HeldOut({}, {})
    return HeldOut(_measured(candidate.before), _measured(candidate.after))


def _measured(catalogue: PublishedCatalogue) -> Shares:
    """Return what compiling measured; a small catalogue, or an index made by an older release, is measured now."""
    index = catalogue.index
    if not index.entries:
        return {}
    known: Shares = index.held_out or report_on(index.entries, _background(catalogue)).by_script
    return {script: share for script, share in known.items() if share[1]}


def _background(catalogue: PublishedCatalogue) -> Sequence[str]:
    return (*BACKGROUND, *catalogue.pack().background)
