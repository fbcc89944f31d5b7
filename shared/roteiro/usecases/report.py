"""What a check of a catalogue change found: the publish gate's report, as the API and the command line show it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from roteiro.domain.ids import ScriptId

__all__ = ["Check", "Conditions", "Gate", "Report", "Rerouted"]


@dataclass(frozen=True)
class Check:
    """One check; a blocking one that did not pass refuses the publish unless it is forced."""

    name: str  # document, tests, replay, confusion, own, own_tests
    passed: bool
    blocking: bool
    detail: Sequence[dict[str, Any]] = ()  # findings, each with a `code` and what a sentence about it needs
    note: str = ""  # such as "not enough data"
    figures: Sequence[dict[str, Any]] = ()  # what was measured, whether it passed or not


@dataclass(frozen=True)
class Rerouted:
    """A past first message, masked, that would now be answered otherwise; scripts are ids, None: no script starts."""

    text: str
    before: int | None
    after: int | None
    label: int | None = None  # the script that a person confirmed for it


@dataclass(frozen=True)
class Report:
    """The whole gate run; `took_ms` leaves out the fit of the new index."""

    checks: Sequence[Check]
    rerouted: Sequence[Rerouted] = ()
    took_ms: int = 0

    @property
    def passed(self) -> bool:
        """Say whether nothing blocks the publish."""
        return all(check.passed or not check.blocking for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the API answers it."""
        return {"passed": self.passed, **asdict(self)}


# What is asked before a publish: a pack, and the documents that would be published in it.
Gate: TypeAlias = Callable[[str, Mapping[ScriptId, Mapping[str, Any]]], Report]


@dataclass(frozen=True)
class Conditions:
    """What a publish must pass."""

    gate: Gate
    needs_approval: bool = False  # by another person than the draft's last author
