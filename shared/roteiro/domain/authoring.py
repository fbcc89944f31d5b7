"""How a script is written: the schema that a document must meet before it is stored, as it was given."""

from typing import Any

from pydantic import ValidationError

from roteiro.domain.faults import faults_of
from roteiro.domain.ids import ScriptId
from roteiro.domain.schema.document import KNOWN_KEYS, ScriptDocument
from roteiro.errors import InvalidRequest

__all__ = ["ScriptDocument", "check_script", "script_schema"]


def check_script(document: object) -> ScriptId:
    """Return the id of a document that may be stored as it is.

    Raises InvalidRequest with the faults and their paths (`script.2.message`; lists count from 0).
    """
    try:
        checked = ScriptDocument.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest(
            "the script has faults", faults=faults_of(error.errors(include_url=False, include_input=False), KNOWN_KEYS)
        ) from error
    return ScriptId(int(checked.problem.id))


def script_schema() -> dict[str, Any]:
    """Return the JSON Schema of a script document."""
    return ScriptDocument.model_json_schema()
