"""An investigation of one organ and period: what was found so far and where to go on, small enough for one document."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import Any

from roteiro.domain.anomalies.finding import Finding, finding_from, finding_to
from roteiro.domain.anomalies.tally import Tally, tally_from, tally_to
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Aggregate

__all__ = ["MOST_FINDINGS", "Investigation", "investigation_from", "investigation_to"]

MOST_FINDINGS = 200  # kept, the greatest; `by_rule` counts all (chosen: with 20 long ids each far below 900 kB)
_NEARLY = 0.99  # until the last sums are made


@dataclass(frozen=True, slots=True)
class Investigation:
    """What is known so far of one organ (SIAFI code) and period (both days included, ISO-8601).

    `after` is the place to go on from; `whole` what there is to read, as counted when it began, `seen` how much of it
    was. Only contracts within `bounds` are in the sums and the findings.
    """

    organ: str
    start: str
    end: str
    is_demo: bool
    sources: tuple[str, ...]
    whole: Aggregate
    after: str = ""
    is_done: bool = False
    tally: Tally = field(default_factory=Tally)
    findings: tuple[Finding, ...] = ()
    by_rule: Mapping[str, int] = field(default_factory=dict)
    bounds: Bounds = Bounds()
    seen: int = 0

    @property
    def progress(self) -> float:
        """Return the share done, 0..1; it is 1 only when the last sums are made too."""
        if self.is_done:
            return 1.0
        return min(max(self.seen, self.tally.contracts) / max(self.whole.contracts, 1), _NEARLY)

    def with_found(self, found: Sequence[Finding]) -> "Investigation":
        """Return it with more findings, of which the greatest are kept and all are counted."""
        greatest = nlargest(MOST_FINDINGS, [*self.findings, *found], key=lambda one: one.rank)
        by_rule = Counter(self.by_rule) + Counter(str(one.rule) for one in found)
        return replace(self, findings=tuple(greatest), by_rule=dict(by_rule))


def investigation_to(case: Investigation) -> dict[str, Any]:
    """Write an investigation as JSON values, for one document of the shelf."""
    return {
        "organ": case.organ,
        "start": case.start,
        "end": case.end,
        "is_demo": case.is_demo,
        "sources": list(case.sources),
        "whole": [case.whole.contracts, case.whole.suppliers, case.whole.cents],
        "after": case.after,
        "is_done": case.is_done,
        "tally": tally_to(case.tally),
        "findings": [finding_to(finding) for finding in case.findings],
        "by_rule": dict(case.by_rule),
        "bounds": [case.bounds.low, case.bounds.high],
        "strict": [case.bounds.is_above, case.bounds.is_below],  # apart: an older release reads two bounds
        "seen": case.seen,
    }


def investigation_from(document: Mapping[str, Any]) -> Investigation:
    """Read what `investigation_to` wrote."""
    return Investigation(
        organ=document["organ"],
        start=document["start"],
        end=document["end"],
        is_demo=document["is_demo"],
        sources=tuple(document["sources"]),
        whole=Aggregate(*document["whole"]),
        after=document["after"],
        is_done=document["is_done"],
        tally=tally_from(document["tally"]),
        findings=tuple(finding_from(finding) for finding in document["findings"]),
        by_rule=document["by_rule"],
        bounds=Bounds(*document.get("bounds", ()), *document.get("strict", ())),  # an older release kept none or two
        seen=document.get("seen", document["tally"]["contracts"]),
    )
