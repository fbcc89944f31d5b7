"""The kinds of text and number that documents are made of, with the faults that they refuse by."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from roteiro.domain.faults import OwnFault

__all__ = ["FileName", "Part", "ScriptNumber", "Sentence", "SlotName", "Slug", "StepId", "Text", "Title", "Word"]


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


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_legible)]
Sentence = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_legible)]
Title = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_legible)]
Word = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_legible)]
FileName = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,60}(?:\.yaml)?$")]  # of a list in the pack
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
SlotName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
StepId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Number = Annotated[int, Field(ge=1, le=999_999_999)]
_Digits = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]
ScriptNumber = Annotated[_Number | _Digits, WrapValidator(_one_sentence)]


class Part(BaseModel):
    """A part of a document: no key that we do not know, no value that must be converted."""

    model_config = ConfigDict(extra="forbid", strict=True)
