"""A whole script document: its parts, and that its steps are numbered; `references` says whether the parts fit."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from roteiro.domain.authoring.schema import parts
from roteiro.domain.authoring.schema.fields import Part, SlotName, Slug, Text, Word
from roteiro.domain.authoring.schema.slots import Option, Slot
from roteiro.domain.authoring.schema.steps import Branch, Step
from roteiro.domain.faults import OwnFault

__all__ = ["KNOWN_KEYS", "ScriptDocument"]

_Path = Annotated[str, Field(pattern=r"^[a-z][a-zA-Z0-9_.]{0,99}$")]


class ScriptDocument(Part):
    """A whole script. `{steps, problem, script}` alone is a valid one: every other key is optional."""

    steps: int | None = None
    problem: parts.Problem
    script: Annotated[list[Step], Field(min_length=1, max_length=100)]
    slug: Slug | None = None
    pack: Slug | None = None
    intent: Word | None = None
    agent: Word | None = None
    slots: Annotated[dict[SlotName, Slot], Field(max_length=40)] = {}
    match: parts.Match = parts.Match()
    guidelines: Annotated[list[parts.Guideline], Field(max_length=50)] = []
    knowledge: Annotated[list[parts.Passage], Field(max_length=200)] = []
    completion: parts.Completion = parts.Completion()
    handoff: parts.Handoff = parts.Handoff()
    legal: parts.Legal | None = None
    suggested_actions: Annotated[list[Word], Field(max_length=20)] = []
    translations: dict[Literal["en", "es"], Annotated[dict[_Path, Text], Field(max_length=500)]] = {}
    tests: Annotated[list[parts.Rehearsal], Field(max_length=100)] = []
    meta: parts.Meta = parts.Meta()

    @model_validator(mode="after")
    def _steps_are_numbered_in_order(self) -> Self:
        for place, step in enumerate(self.script):
            if step.step != place + 1:
                raise OwnFault("step_out_of_order", "script", place, "step", found=step.step, expected=place + 1)
        if self.steps is not None and self.steps != len(self.script):
            raise OwnFault("steps_differ", "steps", found=self.steps, expected=len(self.script))
        return self


_PARTS = (ScriptDocument, Step, Branch, Slot, Option, *(getattr(parts, name) for name in parts.__all__))
KNOWN_KEYS = frozenset(
    field.alias or name for part in _PARTS for name, field in part.model_fields.items()
)  # for "did you mean"
