"""A published script as a conversation walks it: frozen, read from a stored document that was checked before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from roteiro.domain.ids import ScriptId

__all__ = ["Script", "Slot", "Step", "compile_script", "title_of"]

_LONGEST_TITLE = 80  # characters before the first colon of a description that are still a title


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the script says; `number` counts from 1."""

    number: int
    message: str
    guidelines: tuple[str, ...] = ()
    collect: tuple[str, ...] = ()  # names of the slots that the answer to this step fills


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing the script collects; `kind` is one of `values.parsing.KINDS`."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Script:
    """One immutable version of a script."""

    id: ScriptId
    version: int
    title: str
    description: str
    steps: tuple[Step, ...]
    closing: str | None = None
    guidelines: tuple[tuple[str, str], ...] = ()  # (when, then)
    knowledge: tuple[tuple[str, str], ...] = ()  # (question, answer)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    protected: str = ""  # "cancel": entered from any script without asking

    def step(self, number: int) -> Step:
        """Return step `number`, counted from 1."""
        return self.steps[number - 1]


def title_of(document: Mapping[str, Any]) -> str:
    """Return a script's title: its own, else what stands before the first colon of the description."""
    problem = document["problem"]
    before, colon, _ = problem["description"].partition(":")
    short = before.strip() if colon and len(before) <= _LONGEST_TITLE else problem["description"]
    return str(problem.get("title") or short)[:_LONGEST_TITLE].strip()


def compile_script(document: Mapping[str, Any], version: int) -> Script:
    """Return a checked document as the frozen script that conversations walk."""
    return Script(
        id=ScriptId(int(document["problem"]["id"])),
        version=version,
        title=title_of(document),
        description=document["problem"]["description"],
        steps=tuple(_step(step) for step in document["script"]),
        slots={name: Slot(slot["type"], slot.get("label", name)) for name, slot in document.get("slots", {}).items()},
        closing=document.get("completion", {}).get("message"),
        guidelines=tuple((rule["when"], rule["then"]) for rule in document.get("guidelines", ())),
        protected=(document.get("legal") or {}).get("protected", ""),
        knowledge=tuple((passage["q"], passage["a"]) for passage in document.get("knowledge", ())),
    )


def _step(step: Mapping[str, Any]) -> Step:
    return Step(step["step"], step["message"], tuple(step.get("guidelines", ())), tuple(step.get("collect", ())))
