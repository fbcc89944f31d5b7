"""How a script is written: the schema that a document must meet before it is stored, as it was given."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pydantic import ValidationError

from roteiro.domain.authoring.references import reference_faults
from roteiro.domain.authoring.rehearsal import read_tests
from roteiro.domain.authoring.schema.document import KNOWN_KEYS, ScriptDocument
from roteiro.domain.faults import MOST_FAULTS, faults_of
from roteiro.domain.ids import ScriptId
from roteiro.errors import Fault, InvalidRequest

__all__ = ["ScriptDocument", "check_script", "script_schema"]


def check_script(document: object) -> ScriptId:
    """Return the id of a document that may be stored as it is.

    Raises InvalidRequest with the faults and their paths (`script.2.message`; lists count from 0).
    """
    try:
        checked = ScriptDocument.model_validate(document)
    except ValidationError as error:
        found = faults_of(error.errors(include_url=False, include_input=False), KNOWN_KEYS)
        raise InvalidRequest("the script has faults", faults=found) from error
    if unfitting := list(islice(_unfitting(checked), MOST_FAULTS)):
        raise InvalidRequest("the script has faults", faults=unfitting)
    return ScriptId(int(checked.problem.id))


def script_schema() -> dict[str, Any]:
    """Return the JSON Schema of a script document."""
    return ScriptDocument.model_json_schema()


def _unfitting(checked: ScriptDocument) -> Iterator[Fault]:
    """Yield what is wrong with parts that are right each by itself, and with the script's tests."""
    for fault in reference_faults(checked):
        yield fault.as_fault()
    try:
        read_tests([test.model_dump() for test in checked.tests])
    except InvalidRequest as error:
        yield from error.faults
