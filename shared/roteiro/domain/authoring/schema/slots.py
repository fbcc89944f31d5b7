"""A slot as authors write it: what is collected, how it is checked, and what is said when it cannot be read."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from roteiro.domain.authoring.schema.fields import FileName, Part, Sentence, Word
from roteiro.domain.faults import OwnFault
from roteiro.domain.message import fold

__all__ = ["Option", "Slot"]

_Label = Annotated[str, Field(min_length=1, max_length=40)]


class Option(Part):
    """One option of a choice: what is stored, what is shown, what else customers call it."""

    value: Word
    label: Word
    aliases: Annotated[list[Word], Field(max_length=20)] = []


class Slot(Part):
    """One thing a script collects."""

    type: Literal[
        "text", "long_text", "bool", "integer", "choice", "entity", "cpf", "cnpj", "cpf_or_cnpj", "phone_br", "email",
        "date", "period", "money_brl", "cep", "plate", "policy_number", "protocol",
    ] = "text"  # fmt: skip
    label: _Label | None = None
    prompt: Sentence | None = None
    purpose: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    required: bool = True
    many: bool = False
    sensitive: bool | Literal["health"] | None = None
    pattern: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    choices: Annotated[list[Word | Option], Field(max_length=50)] = []
    list_name: Annotated[FileName | None, Field(alias="list")] = None  # a class with a field `list` has no lists
    min: int | float | str | None = None
    max: int | float | str | None = None
    examples: Annotated[list[Sentence], Field(max_length=20)] = []
    reprompts: Annotated[list[Sentence], Field(max_length=5)] = []
    max_attempts: Annotated[int, Field(ge=1, le=10)] = 3
    on_max_attempts: Literal["handoff", "skip", "end"] = "handoff"
    reuse: Literal["conversation", "never"] = "conversation"
    confirm: bool = False

    @model_validator(mode="after")
    def _list_fits(self) -> Self:
        if (self.type == "entity") != bool(self.list_name):
            raise OwnFault("list_does_not_fit", "list")
        return self

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise OwnFault("choices_do_not_fit", "choices")
        seen: set[str] = set()
        for place, option in enumerate(self.options()):
            for name in (option["label"], *option["aliases"]):
                if (key := fold(name) or name) in seen:
                    raise OwnFault("choice_twice", "choices", place, text=name)
                seen.add(key)
        return self

    def options(self) -> list[dict[str, Any]]:
        """Return the choices, each as `{value, label, aliases}`."""
        whole = (o if isinstance(o, Option) else Option(value=o, label=o) for o in self.choices)
        return [option.model_dump() for option in whole]
