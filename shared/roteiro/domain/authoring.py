"""How a script is written: the schema that a document must meet before it is stored, as it was given."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from roteiro.domain.faults import OwnFault, faults_of
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.errors import InvalidRequest

__all__ = ["ScriptDocument", "check_script", "script_schema"]


def _legible(text: str) -> str:
    if "\0" in text:
        raise OwnFault("bad_characters")
    if not text.strip():
        raise OwnFault("blank")
    return text


def _one_sentence(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """Say once what is wrong with an id, not once for the number and once for the text it might be."""
    try:
        return read(value)
    except ValidationError:
        raise OwnFault("bad_script_id") from None


_Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_legible)]
_Sentence = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_legible)]
_Title = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_legible)]
_Word = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_legible)]
_SlotName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Number = Annotated[int, Field(ge=1, le=999_999_999)]
_Digits = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(_Part):
    """What the customer has; `id` is the public key, 1..999999999, a digit string is kept as given."""

    id: Annotated[_Number | _Digits, WrapValidator(_one_sentence)]
    description: _Text
    title: _Title | None = None
    category: _Word | None = None


class Step(_Part):
    """One thing the script says; numbered from 1 without gaps."""

    step: int
    message: _Text
    guidelines: Annotated[list[_Sentence], Field(max_length=10)] = []
    collect: Annotated[list[_SlotName], Field(max_length=5)] = []


class Slot(_Part):
    """One thing a script collects; optional ones only: a script does not wait for a value yet."""

    type: Literal[
        "text", "long_text", "bool", "integer", "cpf", "cnpj", "cpf_or_cnpj", "phone_br", "email", "date", "period",
        "money_brl", "cep", "plate", "policy_number", "protocol",
    ]  # fmt: skip
    label: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_legible)] | None = None
    required: Literal[False]


class Match(_Part):
    """What customers write when they want this script, and near misses that they write when they do not."""

    examples: Annotated[list[_Sentence], Field(max_length=500)] = []
    negative_examples: Annotated[list[_Sentence], Field(max_length=200)] = []
    keywords: Annotated[list[_Word], Field(max_length=50)] = []
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    priority: Annotated[int, Field(ge=-10, le=10)] = 0
    enabled: bool = True

    @model_validator(mode="after")
    def _no_example_twice(self) -> Self:
        for name in ("examples", "negative_examples"):
            seen: dict[str, str] = {}
            for place, text in enumerate(getattr(self, name)):
                if (key := fold(text) or text) in seen:
                    raise OwnFault("example_twice", name, place, list=name, text=text)
                seen[key] = text
        return self


class Guideline(_Part):
    """A rule in plain words for the attendant and the model; it never moves a step."""

    when: _Sentence
    then: _Sentence
    criticality: Literal["low", "medium", "high"] = "medium"


class Passage(_Part):
    """A question customers ask on the side, and the answer."""

    q: _Sentence
    a: _Text


class Completion(_Part):
    """What is said to whoever writes on after the last step."""

    message: _Text | None = None


class Legal(_Part):
    """What the law protects: a cancellation is entered from any script without asking."""

    protected: Literal["cancel"]


class Meta(_Part):
    """Notes for those who keep the script."""

    locale: str = "pt-BR"
    tags: Annotated[list[_Word], Field(max_length=20)] = []
    owner: _Word | None = None


class ScriptDocument(_Part):
    """A whole script. `{steps, problem, script}` alone is a valid one: every other key is optional."""

    steps: int | None = None
    problem: Problem
    script: Annotated[list[Step], Field(min_length=1, max_length=100)]
    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    pack: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    intent: _Word | None = None
    match: Match = Match()
    guidelines: Annotated[list[Guideline], Field(max_length=50)] = []
    knowledge: Annotated[list[Passage], Field(max_length=200)] = []
    completion: Completion = Completion()
    legal: Legal | None = None
    slots: Annotated[dict[_SlotName, Slot], Field(max_length=40)] = {}
    meta: Meta = Meta()

    @model_validator(mode="after")
    def _steps_are_numbered_in_order(self) -> Self:
        for place, step in enumerate(self.script):
            if step.step != place + 1:
                raise OwnFault("step_out_of_order", "script", place, "step", found=step.step, expected=place + 1)
        if self.steps is not None and self.steps != len(self.script):
            raise OwnFault("steps_differ", "steps", found=self.steps, expected=len(self.script))
        return self

    @model_validator(mode="after")
    def _slots_are_known(self) -> Self:
        if taken := sorted(_RESERVED & set(self.slots)):
            raise OwnFault("reserved_name", "slots", taken[0], found=taken[0])
        for place, step in enumerate(self.script):
            if unknown := [name for name in step.collect if name not in self.slots]:
                raise OwnFault("unknown_slot", "script", place, "collect", found=unknown[0])
            names = {match[1] for match in _NAME.finditer(step.message) if match[1] is not None}
            if self.slots and (strange := sorted(names - _INSERTED - set(self.slots))):
                raise OwnFault("unknown_slot", "script", place, "message", found=strange[0])
        return self


def check_script(document: object) -> ScriptId:
    """Return the id of a document that may be stored as it is.

    Raises InvalidRequest with the faults and their paths (`script.2.message`; lists count from 0).
    """
    try:
        checked = ScriptDocument.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest(
            "the script has faults", faults=faults_of(error.errors(include_url=False, include_input=False), _KNOWN)
        ) from error
    return ScriptId(int(checked.problem.id))


def script_schema() -> dict[str, Any]:
    """Return the JSON Schema of a script document."""
    return ScriptDocument.model_json_schema()


# Names that a text may hold besides slots, and that no slot may take.
_RESERVED = frozenset("confirmed channel business_hours attempts protocol customer_name record_id locale".split())
_INSERTED = frozenset({"protocol", "customer_name"})
_NAME = re.compile(r"\{\{|\{([^{}]*)\}")
_KNOWN = frozenset(
    name
    for part in (ScriptDocument, Problem, Step, Match, Guideline, Passage, Completion, Legal, Slot, Meta)
    for name in part.model_fields
)
