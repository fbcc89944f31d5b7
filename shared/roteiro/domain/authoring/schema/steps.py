"""A step as authors write it: what is said, what is collected, and where the walk goes next."""

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from roteiro.domain.authoring.schema.fields import Part, Sentence, SlotName, StepId, Text, Word
from roteiro.domain.faults import OwnFault, faults_of

__all__ = ["Branch", "Step", "branches_of"]

ACTION = "^(?:create_record|lookup:[a-z][a-z0-9_]{0,39})$"
Condition = Annotated[str, Field(min_length=1, max_length=200)]
Target = int | str


class Branch(Part):
    """Where to go if a condition holds; without one it is the else."""

    when: Condition | None = None
    goto: Annotated[Target, Field()]


def _one_fault(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """Say once what is wrong with `next`, not once for each form that it might have."""
    if isinstance(value, list):
        return read([_branch(place, item) for place, item in enumerate(value)])
    try:
        return read(value)
    except ValidationError:
        raise OwnFault("bad_next") from None


def _branch(place: int, item: object) -> Branch:
    try:
        return Branch.model_validate(item)
    except ValidationError as error:
        fault = faults_of(error.errors(include_url=False, include_input=False), Branch.model_fields)[0]
        raise OwnFault(fault.code, place, *fault.path.split("."), **dict(fault.facts)) from None


class Step(Part):
    """One thing the script says; numbered from 1 without gaps."""

    step: int
    message: Text
    id: StepId | None = None
    kind: Literal["say", "ask", "confirm", "action"] | None = None
    action: Annotated[str, Field(pattern=ACTION)] | None = None
    collect: Annotated[list[SlotName], Field(max_length=5)] = []
    need: Literal["all", "any"] = "all"
    skip_if_filled: bool | None = None
    when: Condition | None = None
    next: Annotated[
        Target | Annotated[list[Branch], Field(min_length=1, max_length=10)] | None, WrapValidator(_one_fault)
    ] = None
    auto_advance: bool = False
    guidelines: Annotated[list[Sentence], Field(max_length=10)] = []
    llm: Literal["off", "rephrase", "assist"] | None = None
    agent: Word | None = None
    choices: Annotated[list[Word], Field(max_length=6)] = []

    @model_validator(mode="after")
    def _action_fits(self) -> Self:
        if (self.kind == "action") != bool(self.action):
            raise OwnFault("action_does_not_fit", "action")
        if self.kind == "action" and self.collect:
            raise OwnFault("action_asks_nothing", "collect")
        return self

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if self.kind == "ask" and not self.collect:
            raise OwnFault("ask_without_collect", "collect")
        if self.auto_advance and (self.collect or self.kind not in (None, "say")):
            raise OwnFault("only_say_advances", "auto_advance")
        branches = branches_of(self.next)
        if any(branch.when is None for branch in branches[:-1]):
            raise OwnFault("else_not_last", "next")
        return self


def branches_of(given: Target | list[Branch] | None) -> list[Branch]:
    """Return `next` as a list of branches, whatever form it was given in."""
    if given is None:
        return []
    return given if isinstance(given, list) else [Branch(goto=given)]
